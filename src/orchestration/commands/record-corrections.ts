import type { Actor } from '#domain/identity';
import type { Transaction } from '#platform';
import { append, reserveIds } from '../streams/append.ts';
import type { EventData, RecordedCorrection } from '../streams/events.ts';

/** What a person said of values, and the columns and lines that follow from it. */
type Said = Omit<EventData['invoice.corrected'], 'corrections'> & { readonly corrections: readonly Omit<RecordedCorrection, 'id'>[] };

/** Records what a person said of an invoice's values. What was read stays as it is (G10). */
export async function recordCorrections(transaction: Transaction, actor: Actor, invoiceId: string, said: Said): Promise<void> {
  const ids = await reserveIds(transaction, 'corrections', said.corrections.length);
  const corrections = said.corrections.map((correction, index) => ({ id: ids[index] ?? '', ...correction }));
  await append(transaction, {
    kind: 'invoice',
    id: invoiceId,
    actor: actor.memberId,
    events: [{ type: 'invoice.corrected', data: { ...said, corrections } }],
  });
}
