type Details = Readonly<Record<string, unknown>>;
type Describe = (details: Details, actor: string) => string;

/** Every action of the audit log as one plain sentence. What is not here yet still reads: `Did recount the stock`. */
const sentences: Readonly<Record<string, Describe>> = {
  'message.received': ({ kind }) => (kind === 'mail' ? 'A mail arrived and was kept as it came.' : 'A file arrived and was kept as it came.'),
  'message.unpacked': ({ documents }) => `The message was opened: ${countOf(documents, 'document')}.`,
  'message.handled': ({ classification }) => `The message was handled${after(' as ', classification)}.`,
  'document.read': ({ documentType, source, pages, pageCount }) =>
    `The document was read${after(' by ', source)}${pageCountOf(pages ?? pageCount)}${after(' and taken for a ', documentType)}.`,
  'document.unreadable': ({ problem, code }) => `The document could not be read${after(': ', problem ?? code)}.`,
  'document.filed': ({ documentType }) => `The document was filed${after(' as ', documentType)}.`,
  'invoice.recorded': ({ kind, number }) => `${kind === 'credit-note' ? 'Credit note' : 'Invoice'}${after(' ', number)} was recorded.`,
  'invoice.assessed': ({ outcome, exceptions }) => describeAssessment(outcome, exceptions),
  'invoice.corrected': ({ fields }, actor) => `${actor} corrected ${listOf(fields, 'a value')}.`,
  'invoice.approved': ({ automatic }, actor) =>
    automatic === true || actor === 'Deskhand' ? 'Approved without a person, as the policy allows.' : `${actor} approved the invoice.`,
  'invoice.rejected': (_, actor) => `${actor} rejected the invoice.`,
  'task.opened': ({ title }) => `A person was asked${after(': ', title)}.`,
  'task.cancelled': ({ title }) => `A question was taken back${after(': ', title)}.`,
  'task.reminded': ({ title }) => `A person was reminded${after(': ', title)}.`,
  'task.decided': ({ decision, title }, actor) => `${actor} decided “${words(decision)}”${after(' on ', title)}.`,
  'bank-account.verified': (_, actor) => `${actor} verified the supplier’s bank account.`,
  'payment.scheduled': ({ executeOn }) => `The payment was scheduled${after(' for ', executeOn)}.`,
  'payment.cancelled': (_, actor) => `${actor} cancelled the payment.`,
  'payment-run.proposed': (_, actor) => `${actor} put the payment into a payment run.`,
  'payment-run.released': (_, actor) => `${actor} released the payment run; the bank file was written.`,
  'payment-run.cancelled': (_, actor) => `${actor} cancelled the payment run.`,
  'records.imported': ({ kind, count, imported }, actor) => `${actor} imported ${words(count ?? imported)} ${words(kind)}.`,
};

export function describeAction(action: string, details: Details, actor: string): string {
  const describe = sentences[action];
  if (describe !== undefined) return describe(details, actor);
  const [noun = action, verb = ''] = action.split('.');
  return `Did ${`${verb} ${noun}`.trim().replaceAll('-', ' ')}.`;
}

function describeAssessment(outcome: unknown, exceptions: unknown): string {
  const reasons = Array.isArray(exceptions) ? exceptions : [];
  const isMatched = outcome === 'matched' || (reasons.length === 0 && exceptions !== undefined && outcome !== 'exception');
  if (isMatched) return 'Compared with order, receipts and supplier: all agrees.';
  return `Compared with order, receipts and supplier: ${reasons.length === 0 ? 'something differs' : listOf(reasons, '')}.`;
}

function after(prefix: string, value: unknown): string {
  return value === undefined || value === null || value === '' ? '' : `${prefix}${words(value)}`;
}

function pageCountOf(pages: unknown): string {
  return typeof pages === 'number' ? ` (${pages === 1 ? '1 page' : `${pages} pages`})` : '';
}

function countOf(value: unknown, noun: string): string {
  const count = Array.isArray(value) ? value.length : Number(value ?? 0);
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}

function listOf(value: unknown, otherwise: string): string {
  if (!Array.isArray(value) || value.length === 0) return otherwise;
  return value.map((item) => words(isNamed(item) ? item.reason : item)).join(', ');
}

function isNamed(item: unknown): item is { readonly reason: unknown } {
  return item !== null && typeof item === 'object' && 'reason' in item;
}

/** `missing-receipt` and `grossTotal` as people write them; titles and dates stay as they are. */
function words(value: unknown): string {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value ?? '');
  if (!/^[a-z][A-Za-z]*(?:[-_][a-z]+)*$/.test(text)) return text;
  return text.replaceAll(/[-_]/g, ' ').replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
