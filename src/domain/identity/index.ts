export { mayDo, roles, rightsOf } from './roles.ts';
export type { Actor, Right, Role } from './roles.ts';
