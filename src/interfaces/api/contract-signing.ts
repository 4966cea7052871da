import { z } from 'zod';
import { instant, person } from './contract-words.ts';

/** The part of the contract about passkeys that sign payment runs. */

/** WebAuthn's own JSON, as the browser makes and takes it; what it says is checked by the signature, not by its shape. */
export const deviceData = z.record(z.string(), z.unknown());

export const signingKey = z
  .object({
    id: z.string(),
    name: z.string(),
    holder: person,
    site: z.string().describe('The host name it is bound to.'),
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
  })
  .meta({ id: 'SigningKeyQuestion' });
export const signingKeyAnswer = z.strictObject({ answer: deviceData, approval: deviceData.optional() }).meta({ id: 'SigningKeyAnswer' });
export const signingKeyRevocation = z.strictObject({ reason: z.string().trim().min(1).max(500) }).meta({ id: 'SigningKeyRevocation' });

export type SigningKey = z.infer<typeof signingKey>;
export type SigningKeyList = z.infer<typeof signingKeyList>;
export type SigningKeyQuestion = z.infer<typeof signingKeyQuestion>;
