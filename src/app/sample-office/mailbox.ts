import type { DocumentType } from '#domain/documents';
import type { IncomingMessage } from '#domain/messages';
import { bareMails, type BareMail } from './bare-mails.ts';
import { composeMail, type Attachment, type Correspondent } from './compose-mail.ts';
import { covering } from './covering-letters.ts';
import { dealOf, deals, invoiceOf, type Deal, type Expectation } from './deals.ts';
import { drawReminder, drawStatement } from './draw-letter.ts';
import type { SampleInvoice } from './invoice.ts';
import { invoiceFile, zipped } from './invoice-files.ts';
import { daysBefore, organization } from './office.ts';
import { supplierOf, type SampleSupplier } from './suppliers.ts';

/** What a document says and what should become of it. */
export interface ExpectedDocument extends Expectation {
  readonly fileName: string;
  /** Null for files that are no document. */
  readonly documentType: DocumentType | null;
  /** What its page or XML says; absent where nothing can be read. */
  readonly invoice?: SampleInvoice;
}

/** A mail, and what should become of the documents in it. `expected` is for tests and checks, never for the server. */
export interface SampleMail {
  readonly key: string;
  readonly message: IncomingMessage;
  readonly expected: { readonly documents: readonly ExpectedDocument[] };
}

export interface MailboxOptions {
  readonly seed: number;
  /** `YYYY-MM-DD`; the newest mail is of the day before. */
  readonly today: string;
}

interface Draft {
  readonly from: Correspondent;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  readonly attachments: readonly Attachment[];
  readonly calendar?: string;
  readonly expected: readonly ExpectedDocument[];
}

interface Planned {
  readonly key: string;
  readonly daysAgo: number;
  readonly make: () => Promise<Draft>;
}

/** Deals whose invoices come with the named one: two files on one mail, or in one zip. */
const together: Readonly<Record<string, readonly string[]>> = { desks: ['chairs'], posters: ['flyers'] };
const inOtherMails = new Set(Object.values(together).flat());
const zips: Readonly<Record<string, string>> = { posters: 'Rechnungen.zip' };
/** What reached a colleague first and was passed on. */
const forwardedKeys = new Set(['network']);

const inbox: Correspondent = { name: 'Invoices', address: 'invoices@sample-office.example' };
const ana: Correspondent = { name: 'Ana Lindqvist', address: 'ana@sample-office.example' };
const bo: Correspondent = { name: 'Bo Hansen', address: 'bo@sample-office.example' };

/**
 * The mailbox of the sample office, in the order of arrival, made while it is read: the first mail is there at once.
 * The same seed and day give the same bytes.
 */
export async function* sampleMailbox(options: MailboxOptions): AsyncGenerator<SampleMail> {
  const arrivals = plan(options).toSorted((left, right) => right.daysAgo - left.daysAgo);
  for (const [index, planned] of arrivals.entries()) {
    const ofDay = arrivals.slice(0, index).filter(({ daysAgo }) => daysAgo === planned.daysAgo).length;
    yield await deliver(planned, { index, ofDay }, options);
  }
}

/** How many mails there are. */
export function mailboxSize(options: MailboxOptions): number {
  return plan(options).length;
}

function plan(options: MailboxOptions): Planned[] {
  const { today } = options;
  return [
    ...deals
      .filter(({ key }) => !inOtherMails.has(key))
      .map((deal) => ({ key: deal.key, daysAgo: deal.daysAgo, make: () => invoiceMail(deal, options) })),
    { key: 'paper-sent-twice', daysAgo: 5, make: () => sentTwice(dealOf('paper'), options) },
    { key: 'paper-scanned-again', daysAgo: 3, make: () => scannedAgain(dealOf('paper'), options) },
    { key: 'statement', daysAgo: 1, make: () => statementMail(today) },
    { key: 'reminder', daysAgo: 1, make: () => reminderMail(today) },
    ...bareMails(today).map((mail) => ({ key: mail.key, daysAgo: mail.daysAgo, make: () => Promise.resolve(bareDraft(mail)) })),
  ];
}

async function invoiceMail(deal: Deal, options: MailboxOptions): Promise<Draft> {
  const all = [deal, ...(together[deal.key] ?? []).map(dealOf)];
  const { supplier } = invoiceOf(deal, options.today);
  const files: Attachment[] = [];
  for (const member of all) files.push(await invoiceFile(member, options));
  const numbers = all.map((member) => invoiceOf(member, options.today).number);
  const zip = zips[deal.key];
  return {
    from: billingOf(supplier),
    ...covering(supplier, numbers, deal.change === 'credit-note'),
    attachments: zip === undefined ? files : [zipped(zip, files)],
    expected: all.map((member, index) => expectation(member, files[index]?.fileName ?? '', options.today)),
  };
}

function expectation(deal: Deal, fileName: string, today: string): ExpectedDocument {
  const { outcome, reason } = deal;
  const isReadable = outcome !== 'unreadable';
  return {
    fileName,
    outcome,
    documentType: isReadable ? (deal.documentType ?? 'invoice') : null,
    ...(reason === undefined ? {} : { reason }),
    ...(isReadable ? { invoice: invoiceOf(deal, today) } : {}),
  };
}

/** The very same file once more. */
async function sentTwice(deal: Deal, options: MailboxOptions): Promise<Draft> {
  const file = await invoiceFile(deal, options);
  const { supplier, number } = invoiceOf(deal, options.today);
  return {
    from: billingOf(supplier),
    subject: `Kopie Ihrer Rechnung ${number}`,
    text: 'Guten Tag,\n\nanbei wie telefonisch gewünscht die Rechnung noch einmal.\n\nMit freundlichen Grüßen\nJens Petersen\n',
    attachments: [file],
    expected: [duplicate(deal, file, options.today)],
  };
}

/** The paper of an invoice that came by mail before, scanned by a colleague. */
async function scannedAgain(deal: Deal, options: MailboxOptions): Promise<Draft> {
  const scan = { ...(await invoiceFile({ ...deal, form: 'grey' }, options)), fileName: 'Scan_0417.jpg' };
  return {
    from: bo,
    subject: 'Found on my desk',
    text: 'Hi Ana,\n\nthis was still lying on my desk. Has it been paid?\n\nBo\n',
    attachments: [scan],
    expected: [duplicate(deal, scan, options.today)],
  };
}

function duplicate(deal: Deal, file: Attachment, today: string): ExpectedDocument {
  return { ...expectation(deal, file.fileName, today), outcome: 'exception', reason: 'duplicate' };
}

async function statementMail(today: string): Promise<Draft> {
  const supplier = supplierOf('nordwind');
  const issuedOn = daysBefore(today, 2);
  const entries = deals
    .filter(({ order, change }) => order !== null && change === undefined)
    .map((deal) => invoiceOf(deal, today))
    .filter((invoice) => invoice.supplier.key === supplier.key)
    .map(({ number, issuedOn: day, gross }) => ({ number, issuedOn: day, amount: gross }));
  const bytes = await drawStatement({ supplier, buyer: organization, issuedOn, entries, currency: supplier.currency });
  const text =
    'Sehr geehrte Frau Lindqvist,\n\nanbei Ihr Kontoauszug. Bitte gleichen Sie die offenen Posten ab.\n\nMit freundlichen Grüßen\nJens Petersen\n';
  return paper(supplier, { subject: `Kontoauszug ${supplier.customerNumber}`, text }, { fileName: 'Kontoauszug.pdf', bytes }, 'statement');
}

/** For an invoice of two months ago that never reached the office. */
async function reminderMail(today: string): Promise<Draft> {
  const supplier = supplierOf('lumiere');
  const lost = { number: 'FA26-0319', amount: '486.00' };
  const bytes = await drawReminder({
    supplier,
    buyer: organization,
    issuedOn: daysBefore(today, 1),
    ...lost,
    currency: supplier.currency,
    level: 1,
  });
  const text = `Bonjour,\n\nSauf erreur de notre part, la facture ${lost.number} reste impayée. Veuillez trouver notre rappel ci-joint.\n\nCordialement,\nCamille Aubert\n`;
  return paper(
    supplier,
    { subject: `Rappel de paiement ${lost.number}`, text },
    { fileName: `Rappel-${lost.number}.pdf`, bytes },
    'reminder',
  );
}

function paper(
  supplier: SampleSupplier,
  letter: { readonly subject: string; readonly text: string },
  file: { readonly fileName: string; readonly bytes: Uint8Array },
  documentType: DocumentType,
): Draft {
  return {
    from: billingOf(supplier),
    ...letter,
    attachments: [{ ...file, mediaType: 'application/pdf' }],
    expected: [{ fileName: file.fileName, documentType, outcome: 'set-aside' }],
  };
}

function bareDraft({ attachment, from, subject, text, html, calendar }: BareMail): Draft {
  return {
    from,
    subject,
    text,
    ...(html === undefined ? {} : { html }),
    ...(calendar === undefined ? {} : { calendar }),
    attachments: attachment === undefined ? [] : [attachment],
    expected: attachment === undefined ? [] : [{ fileName: attachment.fileName, documentType: null, outcome: 'unreadable' }],
  };
}

const desks = { de: 'rechnung', 'de-ch': 'buchhaltung', fr: 'comptabilite', es: 'facturacion', 'en-gb': 'accounts', 'en-us': 'billing' };

function billingOf(supplier: SampleSupplier): Correspondent {
  return { name: supplier.name, address: `${desks[supplier.manner]}@${supplier.emailDomains[0] ?? 'mail.example'}` };
}

/** Puts a draft into its envelope. Mails of one day come three quarters of an hour apart, from half past seven on. */
async function deliver(
  planned: Planned,
  place: { readonly index: number; readonly ofDay: number },
  options: MailboxOptions,
): Promise<SampleMail> {
  const draft = await planned.make();
  const { key } = planned;
  const minutes = 450 + place.ofDay * 45 + ((place.index * 7 + options.seed) % 40);
  const receivedAt = new Date(Date.parse(`${daysBefore(options.today, planned.daysAgo)}T00:00:00Z`) + minutes * 60_000);
  const messageId = `<${options.today.replaceAll('-', '')}.${options.seed}.${key}@${draft.from.address.split('@')[1] ?? 'mail.example'}>`;
  const isForwarded = forwardedKeys.has(key);
  const original = await composeMail({ ...draft, to: isForwarded ? bo : inbox, date: receivedAt, messageId });
  const forwardedId = `<${options.today.replaceAll('-', '')}.${options.seed}.fwd.${key}@sample-office.example>`;
  const bytes = isForwarded
    ? await forwarded(draft, original, { date: new Date(receivedAt.getTime() + 1_320_000), messageId: forwardedId })
    : original;
  const message = {
    externalId: isForwarded ? forwardedId : messageId,
    kind: 'mail',
    fileName: `${key}.eml`,
    bytes,
    receivedAt,
    sequence: place.index + 1,
  } as const;
  return { key, message, expected: { documents: draft.expected } };
}

function forwarded(
  { subject }: Draft,
  original: Uint8Array,
  envelope: { readonly date: Date; readonly messageId: string },
): Promise<Uint8Array> {
  const attachments = [{ fileName: `${subject}.eml`, mediaType: 'message/rfc822', bytes: original }];
  return composeMail({
    from: bo,
    to: ana,
    subject: `Fwd: ${subject}`,
    text: 'Ana, this came to me instead of you. Bo\n',
    attachments,
    ...envelope,
  });
}
