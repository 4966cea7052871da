import { Secret as SharedSecret, TOTP } from 'otpauth';

/** What the apps do, and many of them nothing else: RFC 6238 with SHA-1, 6 digits, 30 s. */
const kind = { algorithm: 'SHA1', digits: 6, period: 30 } as const;

/** 160 bits, as RFC 4226 (section 4, R6) recommends. @returns 32 letters and digits of base32 (RFC 4648). */
export function newAuthenticatorSecret(): string {
  return new SharedSecret({ size: 20 }).base32;
}

/** What the app reads from the square on the page: `otpauth://totp/…`. @param label - whose account, and where. */
export function authenticatorUri({ secret, label }: { readonly secret: string; readonly label: string }): string {
  return new TOTP({ ...kind, issuer: 'Deskhand', label, secret }).toString();
}

/**
 * The time step that a code belongs to, if it is one of the present step or its neighbours: clocks differ, people type.
 *
 * @returns 30-second steps since 1970; null when the code is none of the three.
 * Source: RFC 6238, section 5.2.
 */
export function timeStepOf(code: string, secret: string, now: Date): number | null {
  const timestamp = now.getTime();
  const delta = TOTP.validate({ ...kind, token: code, secret: SharedSecret.fromBase32(secret), timestamp, window: 1 });
  return delta === null ? null : TOTP.counter({ period: kind.period, timestamp }) + delta;
}
