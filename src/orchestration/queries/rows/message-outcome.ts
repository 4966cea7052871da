import type { DocumentSummaryView, InvoiceStatus } from '../views.ts';

export interface OutcomeFacts {
  readonly status: 'received' | 'handled';
  readonly classification: string | null;
  readonly documents: readonly Pick<DocumentSummaryView, 'status' | 'documentType'>[];
  readonly invoices: readonly {
    readonly kind: 'invoice' | 'credit-note';
    readonly number: string | null;
    readonly status: InvoiceStatus;
  }[];
  /** Invoices about which it answers a question, as people name them. */
  readonly answersAbout: readonly string[];
  /** Titles of open tasks about the message, its documents and its invoices. */
  readonly openTasks: readonly string[];
}

const inWords: Readonly<Record<InvoiceStatus, string>> = {
  'in-review': 'is in review',
  'awaiting-approval': 'awaits approval',
  approved: 'is approved',
  scheduled: 'is scheduled for payment',
  paid: 'is paid',
  rejected: 'was rejected',
};

/** What became of a message, in one line: `Invoice RE-1001 awaits approval`. */
export function describeOutcome(facts: OutcomeFacts): string {
  const invoices = facts.invoices.map(
    ({ kind, number, status }) =>
      `${kind === 'invoice' ? 'Invoice' : 'Credit note'}${number === null ? '' : ` ${number}`} ${inWords[status]}`,
  );
  if (invoices.length > 0) return shorten(invoices);
  if (facts.answersAbout.length > 0) return shorten(facts.answersAbout.map((invoice) => `Answers a question about ${invoice}`));
  if (facts.openTasks.length > 0) return `Waits for a person: ${shorten(facts.openTasks)}`;
  if (facts.documents.some((document) => document.status === 'received')) return 'Being read';
  if (facts.status === 'received') return 'Just arrived';
  const unreadable = facts.documents.filter((document) => document.status === 'unreadable').length;
  if (unreadable > 0) return unreadable === 1 ? 'One file could not be read' : `${unreadable} files could not be read`;
  const kind = facts.classification ?? facts.documents[0]?.documentType ?? null;
  return kind === null || kind === 'other' ? 'Filed, nothing to do' : `Filed as ${kind.replaceAll(/[_-]/g, ' ')}`;
}

function shorten(parts: readonly string[]): string {
  const [first = '', ...others] = parts;
  return others.length === 0 ? first : `${first}, and ${others.length} more`;
}
