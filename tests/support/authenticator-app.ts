import { Secret, TOTP } from 'otpauth';

/** What an authenticator app shows at a moment. @param secret - base32, as the page gives it. */
export function codeShown(secret: string, at: Date): string {
  return TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: at.getTime() });
}

/** Six digits that are none of the codes near a moment. */
export function wrongCode(secret: string, at: Date): string {
  const near = [-60, -30, 0, 30, 60].map((seconds) => codeShown(secret, new Date(at.getTime() + seconds * 1000)));
  return ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !near.includes(code)) ?? '';
}
