import type { Activities } from '../activities/index.ts';
import type { Flow } from '../flow.ts';
import { attended } from './attended.ts';
import { saga, setAside, type Undoing } from './saga.ts';
import { untilNews, untilSettled } from './until-news.ts';

export interface DocumentWork {
  readonly organizationId: string;
  readonly documentId: string;
  readonly traceParent: string | null;
}

/** One document from its bytes to a scheduled payment, or to wherever else it belongs; one that is set aside leaves nothing to pay. */
export async function handleDocument(flow: Flow<Activities>, work: DocumentWork): Promise<void> {
  const { organizationId, documentId } = work;
  await saga(flow, { organizationId, documentId }, async (undo) => {
    const end = await attended(flow, { organizationId, documentId }, () => fromPageToPayment(flow, work, undo));
    if (end === null) throw setAside('The document was set aside.');
  });
}

async function fromPageToPayment(flow: Flow<Activities>, work: DocumentWork, undo: Undoing): Promise<'done'> {
  const { organizationId, documentId } = work;
  const read = await flow.run('readDocument', { organizationId, documentId });
  const invoiceId = read.outcome === 'asking' ? await enteredByHand(flow, work) : read.invoiceId;
  if (invoiceId !== null) await settleInvoice(flow, { organizationId, invoiceId }, undo);
  else if (read.isAsking === true) await untilSettled(flow, { organizationId, documentId });
  return 'done';
}

/** Nothing usable was read, or nothing known: a person may still type it in, with the page beside it. */
async function enteredByHand(flow: Flow<Activities>, { organizationId, documentId }: DocumentWork): Promise<string | null> {
  for (;;) {
    // Asked before waiting: work that is tried again finds the answer that was given before.
    const entry = await flow.run('enterByHand', { organizationId, documentId });
    if (entry.isDecided) return entry.invoiceId;
    await untilNews(flow, { organizationId, documentId });
  }
}

/** Asks until nothing is in doubt, then for approval, then schedules the payment. */
async function settleInvoice(
  flow: Flow<Activities>,
  subject: { readonly organizationId: string; readonly invoiceId: string },
  undo: Undoing,
): Promise<void> {
  undo.by('the invoice', 'closeInvoice', subject);
  for (;;) {
    const assessed = await flow.run('assessInvoice', subject);
    if (assessed.outcome === 'closed') return;
    const decided = assessed.outcome === 'clean' ? await flow.run('askApproval', subject) : assessed;
    if (decided.outcome === 'closed') return;
    if (decided.outcome === 'approved') {
      undo.by('the scheduled payment', 'cancelPayment', subject);
      await flow.run('schedulePayment', subject);
      return;
    }
    await untilNews(flow, subject);
  }
}
