import { betterAuth } from 'better-auth';
import { bearer } from 'better-auth/plugins/bearer';
import type { Dialect } from 'kysely';
import type { Log } from '#platform';
import { authTables } from './auth-tables.ts';
import { openSignInPool } from './sign-in-pool.ts';

/** Header in which the API hands the caller's address to better-auth; a value sent from outside is overwritten. */
export const clientAddressHeader = 'x-deskhand-client-address';

export interface AuthOptions {
  /** Of `deskhand_sign_in`, the only role that reaches passwords and sessions. */
  readonly databaseUrl: string;
  /** Signs cookies and tokens; at least 32 characters. */
  readonly secret: string;
  /** Where people open Deskhand, where that is fixed. With `https` cookies are Secure. */
  readonly publicUrl?: string | null | undefined;
  /** Hears what better-auth says. @default nobody */
  readonly log?: Log;
  /**
   * Tries to sign in per address and minute: a guesser gets nowhere, an office behind one address still gets in.
   *
   * @default 20
   */
  readonly signInsPerMinute?: number;
}

export interface SignInDraft {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** Sign-in: who holds this cookie or token. Passwords and sessions stay behind it. */
export interface Auth {
  /** Answers `/api/auth/*`. @throws DH_PLATFORM_DATABASE_AWAY */
  handle(request: Request): Promise<Response>;
  /** The user who holds the session of these headers (`members.auth_user_id`); null without a valid one. @throws DH_PLATFORM_DATABASE_AWAY */
  findUser(headers: Headers): Promise<string | null>;
  /** See {@link createSignIn}. */
  addUser(draft: SignInDraft): Promise<string>;
  close(): Promise<void>;
}

const secondsPerDay = 86_400;

/** Joins better-auth to our tables. It makes no outside call: no telemetry, no social sign-in, no mail. */
export function createAuth(options: AuthOptions): Auth {
  const pool = openSignInPool(options.databaseUrl, options.log);
  const auth = makeAuth(options, pool.dialect);
  return {
    handle: (request) =>
      pool.run(
        () => auth.handler(request.clone()),
        (response) => response.status >= 500,
      ),
    async findUser(headers) {
      if (!headers.has('cookie') && !headers.has('authorization')) return null;
      const session = await pool.run(
        () => auth.api.getSession({ headers }),
        (found) => found === null,
      );
      return session?.user.id ?? null;
    },
    addUser: (draft) => addUser(auth, draft),
    close: () => pool.close(),
  };
}

/**
 * Makes a sign-in with a password, or finds the one this address has (its password stays).
 *
 * @returns the id to store as `members.auth_user_id`.
 */
export async function createSignIn(auth: Auth, draft: SignInDraft): Promise<string> {
  return await auth.addUser(draft);
}

// The return type is better-auth's own, made from these very options.
// oxlint-disable-next-line typescript/explicit-function-return-type
function makeAuth({ secret, publicUrl, log, signInsPerMinute = 20 }: AuthOptions, dialect: Dialect) {
  // Without a fixed address each request's own host counts, which the origin rule below covers.
  const baseUrl = publicUrl ?? 'http://127.0.0.1';
  const isSecure = baseUrl.startsWith('https:');
  return betterAuth({
    database: { dialect, type: 'postgres', transaction: true },
    secret,
    baseURL: baseUrl,
    basePath: '/api/auth',
    // The API checks Origin against the host that was asked before a request gets here; here the same rule again.
    trustedOrigins: (request) => (request === undefined ? [baseUrl] : [baseUrl, new URL(request.url).origin]),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 8 },
    session: { ...authTables.session, expiresIn: 7 * secondsPerDay, updateAge: secondsPerDay },
    user: authTables.user,
    account: authTables.account,
    verification: authTables.verification,
    rateLimit: {
      ...authTables.rateLimit,
      enabled: true,
      storage: 'database',
      window: 60,
      max: 300,
      customRules: { '/sign-in/email': { window: 60, max: signInsPerMinute }, '/get-session': false },
    },
    plugins: [bearer()],
    telemetry: { enabled: false },
    logger: {
      log: (level, message) => log?.[level === 'error' || level === 'warn' ? 'warn' : 'debug']({ event: 'sign-in.note' }, message),
    },
    advanced: {
      cookiePrefix: 'deskhand',
      useSecureCookies: isSecure,
      // Strict works: the page itself needs no session, and its own requests come from the same site.
      defaultCookieAttributes: { httpOnly: true, sameSite: 'strict', secure: isSecure },
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
    },
  });
}

async function addUser(auth: ReturnType<typeof makeAuth>, { name, email, password }: SignInDraft): Promise<string> {
  const context = await auth.$context;
  const known = await context.internalAdapter.findUserByEmail(email);
  if (known !== null) return known.user.id;
  const user = await context.internalAdapter.createUser({ name, email, emailVerified: true }, { method: 'email-password' });
  const hash = await context.password.hash(password);
  await context.internalAdapter.createAccount({ userId: user.id, accountId: user.id, providerId: 'credential', password: hash });
  return user.id;
}
