import { z } from 'zod';
import { invoiceSummary } from './contract-invoices.ts';
import { codeDigits, deviceData, signingKind } from './contract-signing.ts';
import { day, instant, money, person } from './contract-words.ts';

/** The part of the contract about payments, and runs of them on their way to the bank. */

export const paymentView = z
  .object({
    id: z.string(),
    invoice: invoiceSummary,
    supplier: person,
    iban: z.string(),
    amount: money,
    discount: money,
    executeOn: day,
    reason: z.string(),
    reference: z.string(),
    status: z.enum(['scheduled', 'in-run', 'released', 'cancelled']),
    paymentRunId: z.string().nullable(),
    bank: z
      .object({ state: z.enum(['accepted', 'rejected', 'settled', 'returned']), on: day, note: z.string() })
      .nullable()
      .describe('What the bank said of it; settled is a booking of exactly this amount. Null as long as nothing was heard.'),
  })
  .meta({ id: 'Payment' });

export const submissionState = z.enum(['hand-in', 'waiting', 'sent', 'in-doubt', 'accepted', 'refused', 'taken-back']);
const submission = z
  .object({
    state: submissionState.describe(
      'hand-in: no bank is connected, a person downloads the file. in-doubt: it left, and nobody knows yet whether it arrived.',
    ),
    since: instant,
    sentTimes: z.number().int(),
    askedTimes: z.number().int().describe('Questions to the bank that brought nothing clear.'),
    bankReference: z.string().nullable(),
    lastWord: z.string().nullable().describe('What the bank said last, or why nothing is known.'),
    next: z.string().describe('What happens next, in words.'),
  })
  .meta({ id: 'Submission' });
const paymentRunStep = z
  .object({
    what: z.enum([
      'proposed',
      'released',
      'sent',
      'not-sent',
      'no-answer',
      'asked',
      'accepted',
      'confirmed',
      'refused',
      'taken-back',
      'answered',
    ]),
    at: instant,
    lastAt: instant.describe('Of the last of several in a row.'),
    times: z.number().int(),
    by: person.nullable().describe('Null is Deskhand.'),
    note: z.string().nullable(),
    decision: z.string().nullable().describe('What a person answered to a question about the run.'),
  })
  .meta({ id: 'PaymentRunStep' });

export const paymentRunSummary = z
  .object({
    id: z.string(),
    status: z.enum(['proposed', 'released', 'cancelled']),
    createdBy: person,
    createdAt: instant,
    releasedBy: person.nullable(),
    releasedAt: instant.nullable(),
    count: z.number().int(),
    totals: z.array(money),
    fileSha256: z.string().nullable(),
    submission: submission.nullable().describe('Where it stands with the bank; null before its release.'),
    bank: z
      .object({ settled: z.number().int(), failed: z.number().int() })
      .describe('How many of its payments the bank booked, to the cent, and how many it rejected or sent back.'),
  })
  .meta({ id: 'PaymentRunSummary' });

export const paymentRunDetail = paymentRunSummary
  .extend({
    payments: z.array(paymentView),
    digest: z
      .string()
      .nullable()
      .describe('SHA-256 over payments, amounts, accounts and days: of what would be released, or of what was. Null where neither is so.'),
    signing: deviceData
      .nullable()
      .describe('Where the one who asks has a passkey: what it is asked with (WebAuthn request options), the digest as challenge.'),
    asksForCode: z.boolean().describe('Whether the one who asks has an authenticator app, whose code may be given with the release.'),
    signedWith: z
      .object({ kind: signingKind, name: z.string() })
      .nullable()
      .describe('What the release was signed with: a passkey signed the digest itself; a code proved that its holder was there.'),
    /** Why it cannot be released as it stands; empty when it can. */
    obstacles: z.array(z.string()),
    /** Whether the one who asks may release it (another person than who proposed it). */
    mayRelease: z.boolean(),
    mayTakeBack: z.boolean().describe('After its release: nothing of it left or the bank refused it, and the one who asks may release.'),
    path: z.array(paymentRunStep).describe('Its way so far; the same several times in a row is one step.'),
    questions: z.array(z.object({ taskId: z.string(), kind: z.string(), title: z.string(), question: z.string() })),
  })
  .meta({ id: 'PaymentRun' });

export const remittanceAdvices = z
  .object({
    items: z.array(
      z
        .object({ supplier: person, language: z.enum(['en', 'de', 'fr', 'es']), total: money, subject: z.string(), text: z.string() })
        .meta({ id: 'RemittanceAdvice' }),
    ),
  })
  .meta({ id: 'RemittanceAdvices' });
export type RemittanceAdvice = z.infer<typeof remittanceAdvices>['items'][number];

export const paymentRunReleaseBody = z
  .strictObject({
    digest: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional()
      .describe('`digest` of the run as it was shown: another by now is refused with 409, so that nobody releases what they did not see.'),
    signature: deviceData
      .optional()
      .describe('Of the passkey over the digest (WebAuthn authentication response). This or `code` is needed from who has one of the two.'),
    code: codeDigits.optional().describe('Of an authenticator app, for the digest, which must be given with it. Each counts once.'),
  })
  .meta({ id: 'PaymentRunReleaseBody' });
export const paymentRunCancelBody = z
  .strictObject({ reason: z.string().max(500).optional().describe('Must be said of a run that was released.') })
  .meta({ id: 'PaymentRunCancelBody' });
export const paymentRunBody = z.strictObject({ paymentIds: z.array(z.string()).min(1).max(1000) }).meta({ id: 'PaymentRunBody' });

export type PaymentView = z.infer<typeof paymentView>;
export type PaymentRunSummary = z.infer<typeof paymentRunSummary>;
export type PaymentRunDetail = z.infer<typeof paymentRunDetail>;
