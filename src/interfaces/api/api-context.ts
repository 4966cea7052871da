import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyRequest,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { DeskhandError } from '#domain/errors';
import type { Actor } from '#domain/identity';
import type { Office } from '#orchestration';
import type { Log } from '#platform';
import { interfaceErrors } from '../errors.ts';
import type { Auth } from '../sign-in/create-auth.ts';
import type { Authenticator } from './authenticate.ts';
import type { ChangeFeed } from './change-feed.ts';
import type { Commands } from './commands.ts';

/** Fastify whose requests and answers are the contract's zod schemas. */
export type Api = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** A member of the sample office, shown on the sign-in page so that a visitor can try each part. */
export interface SampleMember {
  readonly name: string;
  readonly email: string;
  readonly roles: readonly string[];
  readonly password: string;
}

/** What routes work with. */
export interface ApiContext {
  readonly office: Office;
  readonly commands: Commands;
  readonly auth: Auth;
  readonly authenticator: Authenticator;
  readonly log: Log;
  readonly changes: ChangeFeed;
  readonly sampleMembers: () => Promise<readonly SampleMember[]>;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; set before any route under `/v1` that is not public. */
    actor: Actor | null;
  }
}

/** @throws DH_INTERFACES_NOT_SIGNED_IN */
export function actorOf(request: FastifyRequest): Actor {
  if (request.actor !== null) return request.actor;
  throw new DeskhandError(interfaceErrors.notSignedIn, 'Sign in first: POST /api/auth/sign-in/email with email and password.');
}
