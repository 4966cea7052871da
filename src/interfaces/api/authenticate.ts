import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { DeskhandError } from '#domain/errors';
import { roles, type Actor, type Role } from '#domain/identity';
import type { Clock } from '#domain/ports';
import type { Database } from '#platform';
import { interfaceErrors } from '../errors.ts';
import { clientAddressHeader, type Auth } from '../sign-in/create-auth.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

// A session is looked up again after this: long enough for a page's burst of requests, short enough that a changed role,
// or a session ended in another process, counts at once for a person. Measured with one connection on a machine busy
// with other work: GET /v1/me 159 requests/s without it, 571 with it.
const rememberedMs = 5000;
const rememberedCount = 1000;

/** Finds out who asks. */
export interface Authenticator {
  /**
   * Sets `request.actor`, and refuses what a foreign page could have sent with a member's cookie.
   *
   * @throws DH_INTERFACES_NOT_SIGNED_IN, DH_INTERFACES_NOT_A_MEMBER, DH_INTERFACES_ORIGIN_REFUSED
   */
  authenticate(request: FastifyRequest): Promise<void>;
  /** Looks every session up anew, because one ended. */
  forget(): void;
}

export function createAuthenticator(auth: Auth, database: Database, clock: Clock): Authenticator {
  const known = new Map<string, { readonly actor: Actor; readonly until: number }>();
  const findActor = async (request: FastifyRequest): Promise<Actor> => {
    const userId = await auth.findUser(headersOf(request));
    if (userId === null) {
      throw new DeskhandError(interfaceErrors.notSignedIn, 'Sign in first: POST /api/auth/sign-in/email with email and password.');
    }
    const actor = await findMember(database, userId);
    if (actor !== null) return actor;
    throw new DeskhandError(
      interfaceErrors.notAMember,
      'You are signed in, but belong to no organization here. Ask an administrator to add you.',
    );
  };
  return {
    async authenticate(request) {
      refuseForeignOrigin(request);
      const now = clock.now().getTime();
      const key = sessionKey(request);
      const remembered = known.get(key);
      if (remembered !== undefined && remembered.until > now) {
        request.actor = remembered.actor;
        return;
      }
      request.actor = await findActor(request);
      if (known.size >= rememberedCount) known.clear();
      known.set(key, { actor: request.actor, until: now + rememberedMs });
    },
    forget: () => known.clear(),
  };
}

/** The token itself is not kept in memory. */
function sessionKey({ headers }: FastifyRequest): string {
  return createHash('sha256')
    .update(JSON.stringify([headers.authorization, headers.cookie]))
    .digest('base64');
}

/** User → member, by the role that sees members before an organization is known. */
async function findMember(database: Database, authUserId: string): Promise<Actor | null> {
  const member = await database.inSystem((transaction) =>
    transaction
      .selectFrom('members')
      .select(['id', 'organization_id', 'name', 'roles'])
      .where('auth_user_id', '=', authUserId)
      .executeTakeFirst(),
  );
  if (member === undefined) return null;
  const known = member.roles.filter((role): role is Role => roles.some((name) => name === role));
  return { memberId: member.id, organizationId: member.organization_id, name: member.name, roles: known };
}

/** Cookies travel by themselves, so a request that changes something must come from our own page (besides SameSite). */
export function refuseForeignOrigin(request: FastifyRequest): void {
  if (safeMethods.has(request.method) || request.headers.cookie === undefined) return;
  const { origin } = request.headers;
  const fetchSite = request.headers['sec-fetch-site'];
  const isOwn = origin === undefined ? fetchSite === undefined || fetchSite === 'same-origin' : hostOf(origin) === request.headers.host;
  if (isOwn) return;
  throw new DeskhandError(
    interfaceErrors.originRefused,
    'This request came from another site than Deskhand’s own page, so it was not carried out.',
  );
}

export function headersOf(request: FastifyRequest): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  headers.set(clientAddressHeader, request.ip);
  return headers;
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
