import { sampleMailbox, type ExpectedDocument, type SampleInvoice } from '../../src/app/sample-office/index.ts';
import type { CorrectionBody, FieldName, InvoiceDetail, LineView, MessageSummary, TaskSummary } from '../../src/interfaces/api/contract.ts';
import type { TestClient } from './client.ts';

/** A document of the sample mailbox as it stands in the office, beside what is known of it. */
export interface KnownDocument {
  readonly key: string;
  readonly expected: ExpectedDocument;
  readonly document: MessageSummary['documents'][number];
  readonly message: MessageSummary;
}

/** Every document of the sample mailbox, found again by the minute its mail came. */
export async function knownDocuments(client: TestClient, today: string): Promise<KnownDocument[]> {
  const messages = new Map((await client.all<MessageSummary>('/v1/messages')).map((message) => [message.receivedAt, message]));
  const known: KnownDocument[] = [];
  for await (const { key, message: sent, expected } of sampleMailbox({ seed: 1, today })) {
    const message = messages.get(sent.receivedAt.toISOString());
    for (const want of expected.documents) {
      const document = message?.documents.find((candidate) => candidate.fileName === want.fileName);
      if (message === undefined || document === undefined) throw new Error(`${key}: ${want.fileName} never arrived.`);
      known.push({ key, expected: want, document, message });
    }
  }
  return known;
}

/**
 * Does what a careful person would: wherever something was read wrongly or with doubt, says what the page says.
 *
 * @returns how many invoices needed it.
 */
export async function putRight(client: TestClient, known: readonly KnownDocument[]): Promise<number> {
  const doubted = new Map<string, Set<string>>();
  for (const task of await client.all<TaskSummary>('/v1/tasks?view=all')) {
    if (task.status !== 'open' || task.reason !== 'doubtful-value' || task.invoice === null) continue;
    doubted.set(task.invoice.id, new Set(doubted.get(task.invoice.id)).add(task.facts.field ?? 'grossTotal'));
  }
  let corrected = 0;
  for (const { document, expected } of known) {
    if (document.invoiceId === null || expected.invoice === undefined) continue;
    const read = await client.get<InvoiceDetail>(`/v1/invoices/${document.invoiceId}`);
    if (read.status !== 'in-review' && read.status !== 'awaiting-approval') continue;
    const body = correctionOf(read, expected.invoice, doubted.has(read.id));
    if (body === null) continue;
    await client.post(`/v1/invoices/${read.id}/corrections`, body, { 'if-match': `"${read.version}"` });
    corrected += 1;
  }
  return corrected;
}

function correctionOf(read: InvoiceDetail, page: SampleInvoice, isDoubted: boolean): CorrectionBody | null {
  const fields = Object.fromEntries(
    Object.entries(printedOn(page)).filter(([name, value]) => {
      const field = read.fields[name as FieldName];
      const isUnsure = isDoubted && (field.standing === 'contradicted' || field.standing === 'unproven');
      const isAboutSupplier = name === 'supplierName' || name === 'supplierTaxId';
      if (isAboutSupplier) return read.supplier?.name !== page.supplier.name && page.poNumber !== null;
      return !isSame(field.value, value) || (isUnsure && value !== null);
    }),
  );
  const isSameLines =
    read.lines.length === page.lines.length && page.lines.every((line: PrintedLine, index: number) => isSameLine(read.lines[index], line));
  if (Object.keys(fields).length === 0 && isSameLines) return null;
  return { fields, ...(isSameLines ? {} : { lines: page.lines.map(lineOf) }) };
}

type PrintedLine = SampleInvoice['lines'][number];

function printedOn(page: SampleInvoice): Readonly<Partial<Record<FieldName, string | null>>> {
  return {
    invoiceNumber: page.number,
    issueDate: page.issuedOn,
    supplierName: page.supplier.name,
    supplierTaxId: page.supplier.vatId,
    poNumber: page.poNumber,
    currency: page.currency,
    netTotal: page.net,
    taxTotal: page.tax,
    grossTotal: page.gross,
    // A credit note asks for no money.
    ...(page.kind === 'credit-note' ? {} : { iban: page.iban }),
  };
}

function isSameLine(read: LineView | undefined, printed: PrintedLine): boolean {
  if (read === undefined) return false;
  const { quantity, price, net } = printed;
  return isSame(read.quantity.value, quantity) && isSame(read.unitPrice.value, price) && isSame(read.netAmount.value, net);
}

function lineOf({ description, quantity, price, net, taxRate }: PrintedLine): NonNullable<CorrectionBody['lines']>[number] {
  return { description, quantity, unitPrice: price, netAmount: net, taxRate };
}

function isSame(read: string | null, printed: string | null): boolean {
  if (read === null || printed === null) return read === printed;
  if (/^-?[\d.]+$/.test(read) && /^-?[\d.]+$/.test(printed) && Number(read) === Number(printed)) return true;
  return read.replaceAll(/\s/g, '') === printed.replaceAll(/\s/g, '');
}
