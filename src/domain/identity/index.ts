export { lockMinutesAfter, triesLeftAfter } from './code-attempts.ts';
export { mayDo, roles, rightsOf } from './roles.ts';
export type { Actor, Right, Role } from './roles.ts';
