import type { FastifyRequest } from 'fastify';
import { DeskhandError } from '#domain/errors';
import { interfaceErrors } from '../errors.ts';
import { clientAddressHeader, type Auth } from '../sign-in/create-auth.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Finds out who asks, and refuses what a foreign page could have sent with a member's cookie.
 *
 * @throws DH_INTERFACES_NOT_SIGNED_IN, DH_INTERFACES_NOT_A_MEMBER, DH_INTERFACES_ORIGIN_REFUSED
 */
export async function authenticate(request: FastifyRequest, auth: Auth): Promise<void> {
  refuseForeignOrigin(request);
  const actor = await auth.findActor(headersOf(request));
  if (actor === 'stranger') {
    throw new DeskhandError(interfaceErrors.notAMember, 'You are signed in, but belong to no organization here. Ask an administrator to add you.');
  }
  if (actor === null) {
    throw new DeskhandError(interfaceErrors.notSignedIn, 'Sign in first: POST /api/auth/sign-in/email with email and password.');
  }
  request.actor = actor;
}

/** Cookies travel by themselves, so a request that changes something must come from our own page (besides SameSite). */
export function refuseForeignOrigin(request: FastifyRequest): void {
  if (safeMethods.has(request.method) || request.headers.cookie === undefined) return;
  const { origin } = request.headers;
  const fetchSite = request.headers['sec-fetch-site'];
  const isOwn = origin === undefined ? fetchSite === undefined || fetchSite === 'same-origin' : hostOf(origin) === request.headers.host;
  if (isOwn) return;
  throw new DeskhandError(interfaceErrors.originRefused, 'This request came from another site than Deskhand’s own page, so it was not carried out.');
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
