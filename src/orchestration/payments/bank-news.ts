import { explainReason } from '#domain/accounts-payable';
import type { BankReason } from '#domain/ports';
import { appendAudit, type AuditRecord, type Transaction } from '#platform';
import type { BankPayment } from './bank-orders.ts';
import { lockName } from '../locks.ts';
import type { BankQuestion, Failure } from './bank-tasks.ts';
import { append, type Entry } from '../streams/append.ts';
import type { BankNews } from '../streams/events.ts';

/** Until commit nobody else of the organization takes in what the bank says, or decides about it. */
export async function takeBankTurn(transaction: Transaction, organizationId: string): Promise<void> {
  await lockName(transaction, `bank-files:${organizationId}`);
}

export type BankEvent = 'payment.bank-accepted' | 'payment.bank-rejected' | 'payment.settled' | 'payment.bank-returned';

/** What a bank's message does to one payment. */
export interface Effect {
  readonly payment: BankPayment;
  readonly type: BankEvent;
  /** `YYYY-MM-DD`. */
  readonly on: string;
  /** A plain sentence. */
  readonly note: string;
  readonly reason: BankReason | null;
}

/** Everything that one message comes to, before it is written. */
export interface Outcome {
  readonly effects: readonly Effect[];
  readonly questions: readonly BankQuestion[];
  /** What does not fit in the message itself, in sentences. */
  readonly problems: readonly string[];
}

interface By {
  readonly organizationId: string;
  /** A member's id. */
  readonly actor: string;
  readonly bankMessageId: string;
  readonly now: Date;
}

/** Writes what the bank says of payments: their events, what follows for their invoices, and the audit log. */
export async function applyEffects(transaction: Transaction, effects: readonly Effect[], by: By): Promise<void> {
  const failed = effects.filter(({ type }) => type === 'payment.bank-rejected' || type === 'payment.bank-returned');
  await append(
    transaction,
    ...(await unpaid(transaction, failed, by)),
    ...[...Map.groupBy(effects, ({ payment }) => payment.id)].map(([id, own]): Entry => ({
      kind: 'payment',
      id,
      actor: 'deskhand',
      causedBy: by.bankMessageId,
      events: own.map(({ type, on, note }) => ({ type, data: { on, note, bank_message_id: by.bankMessageId } satisfies BankNews })),
    })),
  );
  const records = effects.map(({ payment, type, on, note, reason }): AuditRecord => ({
    actor: 'deskhand',
    action: type,
    subjects: [payment.id, payment.invoiceId, by.bankMessageId, ...(payment.runId === null ? [] : [payment.runId])],
    details: { on, note, code: reason?.code ?? null },
  }));
  if (records.length > 0) await appendAudit(transaction, by.organizationId, by.now, ...records);
}

/** The money did not reach the supplier: the invoice is approved and not paid. */
async function unpaid(transaction: Transaction, failed: readonly Effect[], by: By): Promise<Entry[]> {
  if (failed.length === 0) return [];
  const rows = await transaction
    .selectFrom('invoices')
    .select('id')
    .where(
      'id',
      'in',
      failed.map(({ payment }) => payment.invoiceId),
    )
    .where('status', '=', 'paid')
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => ({
    kind: 'invoice',
    id,
    actor: 'deskhand',
    causedBy: by.bankMessageId,
    events: [{ type: 'invoice.unscheduled', data: {} }],
  }));
}

/** Failed payments by run and reason: each group is one question. */
export function failuresOf(effects: readonly Effect[]): Failure[] {
  const failed = effects.flatMap((effect) => {
    const how = howFailed[effect.type];
    return how === undefined ? [] : [{ ...effect, how }];
  });
  const groups = Map.groupBy(failed, ({ how, payment, reason }) =>
    JSON.stringify([how, payment.runId, reason?.code ?? null, reason?.text ?? null]),
  );
  return [...groups.values()].flatMap((own) => {
    const [first] = own;
    return first === undefined ? [] : [{ how: first.how, reason: first.reason, payments: own.map(({ payment }) => payment) }];
  });
}

const howFailed: Readonly<Partial<Record<BankEvent, Failure['how']>>> = {
  'payment.bank-rejected': 'rejected',
  'payment.bank-returned': 'returned',
};

/** The bank's reason as a sentence for the payment. */
export function noteOf(reason: BankReason | null): string {
  return explainReason(reason).what.slice(0, 500);
}
