import { DeskhandError } from '#domain/errors';
import { isSameAccount, shortIban } from '#domain/accounts-payable';
import type { Actor } from '#domain/identity';
import type { BankFile, BookedReport } from '#domain/ports';
import { appendAudit, newId, type Transaction } from '#platform';
import { applyEffects, takeBankTurn, type Outcome } from '../payments/bank-news.ts';
import { askAboutProblems, bankWorkflowId } from '../payments/bank-tasks.ts';
import { orchestrationErrors } from '../errors.ts';
import type { Office } from '../tasks/office.ts';
import { readBankBookings, storeEntries, type Bookings } from '../payments/read-bank-bookings.ts';
import { readBankStatus } from '../payments/read-bank-status.ts';
import { openTask } from '../tasks/tasks.ts';
import { todayOf } from '../today.ts';
import { requireRight } from './require-right.ts';

/** What a bank's file came to. */
export interface BankFileSummary {
  /** Movements of our account in it; of a status report, payments it speaks of. */
  readonly entries: number;
  /** Payments, by what became of them. */
  readonly accepted: number;
  readonly rejected: number;
  readonly settled: number;
  readonly returned: number;
  /** Movements that another message had told of. */
  readonly known: number;
  /** Money that came and is not about our payments. */
  readonly credits: number;
  /** Questions that people were asked. */
  readonly questions: number;
}

export interface BankFileReceipt {
  readonly bankMessageId: string;
  readonly kind: BankFile['kind'];
  readonly messageId: string;
  /** False: the very same file was taken before. */
  readonly isNew: boolean;
  readonly summary: BankFileSummary;
}

/**
 * Takes in what a bank says: an answer to a payment file (pain.002), a statement or a notification (camt.053, camt.054).
 * The file is kept by its hash; each payment is settled, rejected or returned, to the cent; what does not fit becomes a
 * question to a person. The same file again changes nothing, nor does a movement that another message told of.
 *
 * @throws DH_CONNECTORS_BANK_FILE_INVALID, DH_ORCHESTRATION_BANK_ACCOUNT_UNKNOWN when it is of no account of ours
 */
export async function importBankFile(
  office: Office,
  actor: Actor,
  { fileName, bytes }: { readonly fileName: string; readonly bytes: Uint8Array },
): Promise<BankFileReceipt> {
  requireRight(actor, 'bank-files:import');
  const file = office.bankFiles.read(bytes);
  const { sha256 } = await office.blobs.put(bytes);
  return await office.database.inOrganization(actor.organizationId, async (transaction) => {
    await takeBankTurn(transaction, actor.organizationId);
    const earlier = await transaction.selectFrom('bank_messages').selectAll().where('sha256', '=', sha256).executeTakeFirst();
    if (earlier !== undefined)
      return {
        bankMessageId: earlier.id,
        kind: earlier.kind,
        messageId: earlier.message_id,
        isNew: false,
        summary: earlier.summary as BankFileSummary,
      };
    const now = office.clock.now();
    const found = await outcomeOf(office, transaction, file, now);
    const questions = [...found.questions, ...(found.problems.length === 0 ? [] : [askAboutProblems(found.problems)])];
    const bankMessageId = newId('bnk');
    const summary = summaryOf(found, questions.length);
    const by = { organizationId: actor.organizationId, actor: actor.memberId, bankMessageId, now };
    await applyEffects(transaction, found.effects, by);
    await transaction
      .insertInto('bank_messages')
      .values({
        id: bankMessageId,
        organization_id: actor.organizationId,
        kind: file.kind,
        format: file.format,
        message_id: file.messageId,
        sha256,
        file_name: fileName.slice(0, 200),
        summary: JSON.stringify(summary),
        imported_by: actor.memberId,
        imported_at: now,
      })
      .execute();
    if (isBookings(found)) await storeEntries(transaction, found.fresh, { id: bankMessageId, organizationId: actor.organizationId });
    for (const question of questions)
      await openTask(transaction, actor.organizationId, { workflowId: bankWorkflowId(bankMessageId), ...question });
    await appendAudit(transaction, actor.organizationId, now, {
      actor: actor.memberId,
      action: 'bank-file.imported',
      subjects: [bankMessageId],
      details: { kind: file.kind, messageId: file.messageId, sha256, ...summary },
    });
    return { bankMessageId, kind: file.kind, messageId: file.messageId, isNew: true, summary };
  });
}

async function outcomeOf(office: Office, transaction: Transaction, file: BankFile, now: Date): Promise<Outcome | Bookings> {
  if (file.kind === 'payment-status') return await readBankStatus(transaction, file, { now, today: todayOf(office.clock) });
  return await readBankBookings(transaction, file, await ownAccount(transaction, file));
}

/** @throws DH_ORCHESTRATION_BANK_ACCOUNT_UNKNOWN */
async function ownAccount(transaction: Transaction, file: BookedReport): Promise<string> {
  const { iban, name } = await transaction.selectFrom('organizations').select(['iban', 'name']).executeTakeFirstOrThrow();
  if (iban !== null && file.accounts.some(({ account }) => isSameAccount(account, iban))) return iban;
  const accounts = file.accounts.map(({ account }) => shortIban(account)).join(', ');
  const ours = iban === null ? `${name} has none to pay from` : `${name} pays from ${shortIban(iban)}`;
  throw new DeskhandError(
    orchestrationErrors.bankAccountUnknown,
    `This file is about ${accounts === '' ? 'no account' : `the account ${accounts}`}; ${ours}. Nothing was changed.`,
  );
}

function isBookings(found: Outcome | Bookings): found is Bookings {
  return 'fresh' in found;
}

function summaryOf(found: Outcome | Bookings, questions: number): BankFileSummary {
  const count = (type: string): number => found.effects.filter((effect) => effect.type === type).length;
  const of = (outcome: string): number => (isBookings(found) ? found.fresh.filter(({ finding }) => finding.outcome === outcome).length : 0);
  return {
    entries: isBookings(found) ? found.fresh.length + found.known : found.effects.length,
    accepted: count('payment.bank-accepted'),
    rejected: count('payment.bank-rejected'),
    settled: count('payment.settled'),
    returned: count('payment.bank-returned'),
    known: isBookings(found) ? found.known + of('told-again') : 0,
    credits: of('credit'),
    questions,
  };
}
