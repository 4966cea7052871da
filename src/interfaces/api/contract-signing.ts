import { z } from 'zod';
import { instant, person } from './contract-words.ts';

/** The part of the contract about passkeys and authenticator apps, with which payment runs are released. */

/** WebAuthn's own JSON, as the browser makes and takes it; what it says is checked by the signature, not by its shape. */
export const deviceData = z.record(z.string(), z.unknown());

/** As the app shows them; spaces are the reader's, not the code's. */
export const codeDigits = z.string().regex(/^\d{6}$/);
export const signingKind = z
  .enum(['passkey', 'authenticator'])
  .describe('passkey: signs the digest of what is shown. authenticator: an app whose codes prove that its holder is there (RFC 6238).');

export const signingKey = z
  .object({
    id: z.string(),
    kind: signingKind,
    name: z.string(),
    holder: person,
    site: z.string().describe('The host name that a passkey is bound to, and where an app was added.'),
    addedAt: instant,
    revoked: z.object({ at: instant, by: person, reason: z.string() }).nullable(),
    mayRevoke: z.boolean(),
  })
  .meta({ id: 'SigningKey' });
export const signingKeyList = z.object({ items: z.array(signingKey) }).meta({ id: 'SigningKeyList' });
export const signingKeyBody = z
  .strictObject({ name: z.string().trim().min(1).max(80).describe('How its holder tells it from others: “my laptop”.') })
  .meta({ id: 'SigningKeyBody' });
export const signingKeyQuestion = z
  .object({
    signingKeyId: z.string(),
    creation: deviceData.describe('WebAuthn creation options for the device.'),
    approval: deviceData
      .nullable()
      .describe('Request options for a passkey that is on file, which signs for the new one; null for the first.'),
    asksForCode: z.boolean().describe('Whether a code of an authenticator app on file may be given instead.'),
  })
  .meta({ id: 'SigningKeyQuestion' });
const approvals = {
  approval: deviceData.optional().describe('Of a passkey that is on file (WebAuthn authentication response).'),
  approvalCode: codeDigits.optional().describe('Instead: of an authenticator app that is on file.'),
};
export const signingKeyAnswer = z.strictObject({ answer: deviceData, ...approvals }).meta({ id: 'SigningKeyAnswer' });
export const authenticatorQuestion = z
  .object({
    signingKeyId: z.string(),
    secret: z.string().describe('Base32, to type into the app. Said here and never again.'),
    uri: z.string().describe('`otpauth://totp/…`, to show as a square that the app scans.'),
    approval: deviceData.nullable().describe('Request options for a passkey that is on file, which signs for the new app.'),
    asksForCode: z.boolean().describe('Whether a code of an authenticator app on file may be given instead.'),
  })
  .meta({ id: 'AuthenticatorQuestion' });
export const authenticatorAnswer = z
  .strictObject({ code: codeDigits.describe('That the new app shows.'), ...approvals })
  .meta({ id: 'AuthenticatorAnswer' });
export const signingKeyRevocation = z.strictObject({ reason: z.string().trim().min(1).max(500) }).meta({ id: 'SigningKeyRevocation' });

export type SigningKey = z.infer<typeof signingKey>;
export type SigningKeyList = z.infer<typeof signingKeyList>;
export type AuthenticatorQuestion = z.infer<typeof authenticatorQuestion>;
export type SigningKeyQuestion = z.infer<typeof signingKeyQuestion>;
