export type { Api, SampleMember } from './api/api-context.ts';
export type { Commands } from './api/commands.ts';
export { createApi } from './api/create-api.ts';
export type { ApiOptions } from './api/create-api.ts';
export { interfaceErrors } from './errors.ts';
export { createAuth, createSignIn } from './sign-in/create-auth.ts';
export type { Auth, AuthOptions, SignInDraft } from './sign-in/create-auth.ts';
