import { asDeskhandError } from '#domain/errors';
import type { FolderFault } from '#domain/audit-folder';
import { platformErrors, type Transaction } from '#platform';
import type { Office } from '../tasks/office.ts';
import { allRowsOf, invoiceEvidence, rowsOf, textIn, threadsOf, type Row } from './evidence-rows.ts';
import type { PeriodSegment } from './period-segment.ts';

/** One file of the folder. */
export interface FolderFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What the folder is written from: within one snapshot of the database. */
export interface Writing {
  readonly office: Office;
  readonly transaction: Transaction;
  readonly segment: PeriodSegment;
  /** Filled on the way: what was already gone. */
  readonly missing: FolderFault[];
}

/** What a browser or a reader of pictures opens as nothing but that; any other original gets an ending that runs nowhere. */
const harmless = new Map([
  ['application/pdf', 'pdf'],
  ['image/png', 'png'],
  ['image/jpeg', 'jpg'],
  ['image/tiff', 'tif'],
  ['image/webp', 'webp'],
]);

/** Everything that the period's log speaks about, file by file; one original at a time is held in memory. */
export async function* folderFiles(writing: Writing): AsyncGenerator<FolderFile> {
  const { transaction, segment } = writing;
  yield { path: 'audit/entries.jsonl', bytes: textBytes(segment.entries.map((entry) => `${JSON.stringify(entry)}\n`).join('')) };
  for (const table of ['members', 'policies', 'policy_versions', 'policy_activations', 'delegations'] as const)
    yield json(`office/${table}.json`, (await allRowsOf(transaction, table)).map(withoutSignIn));
  yield* messageFiles(writing);
  const documents = await rowsOf(transaction, 'documents', 'id', segment.subjects);
  for (const document of documents) yield* documentFiles(writing, document);
  const invoices = await rowsOf(transaction, 'invoices', 'id', segment.subjects);
  for (const invoice of invoices) {
    const id = textIn(invoice, 'id');
    yield json(`invoices/${id}/invoice.json`, await invoiceEvidence(transaction, id));
    const threads = await threadsOf(transaction, id);
    if (threads.length > 0) yield json(`invoices/${id}/questions.json`, threads);
  }
  const agreements = [...new Set([...segment.subjects, ...invoices.flatMap((invoice) => agreementOf(invoice) ?? [])])];
  for (const agreement of await rowsOf(transaction, 'agreements', 'id', agreements))
    yield json(`agreements/${textIn(agreement, 'id')}.json`, agreement);
  yield* supplierFiles(writing, invoices);
  const tasks = await rowsOf(transaction, 'tasks', 'id', segment.subjects);
  const others = tasks.filter((task) => task['invoice_id'] === null);
  if (others.length > 0) yield json('tasks/without-invoice.json', others);
  yield* runFiles(writing);
  yield* bankFiles(writing);
}

async function* messageFiles({ office, transaction, segment, missing }: Writing): AsyncGenerator<FolderFile> {
  for (const message of await rowsOf(transaction, 'events', 'id', segment.subjects)) {
    const folder = `messages/${textIn(message, 'id')}`;
    yield json(`${folder}/message.json`, message);
    // A mail is text to a browser under this name, whatever is written in it.
    const path = `${folder}/original.${message['kind'] === 'mail' ? 'eml.txt' : 'bin'}`;
    yield* blobFile(office, { path, sha256: textIn(message, 'content_sha256'), missing });
  }
}

async function* documentFiles({ office, missing }: Writing, document: Row): AsyncGenerator<FolderFile> {
  const folder = `documents/${textIn(document, 'id')}`;
  const { extraction, ...row } = document;
  yield json(`${folder}/document.json`, row);
  yield json(`${folder}/extraction.json`, extraction ?? null);
  const ending = harmless.get(textIn(document, 'media_type')) ?? 'bin';
  yield* blobFile(office, { path: `${folder}/original.${ending}`, sha256: textIn(document, 'sha256'), missing });
  const reading = textIn(document, 'reading_sha256');
  if (reading !== '') yield* blobFile(office, { path: `${folder}/reading.json`, sha256: reading, missing });
}

/** The agreement that an invoice was held against, whether it covered it or not. */
function agreementOf(invoice: Row): string | null {
  const assessment = invoice['assessment'] as { readonly agreement?: { readonly agreementId?: string } } | null;
  return assessment?.agreement?.agreementId ?? null;
}

async function* supplierFiles({ transaction, segment }: Writing, invoices: readonly Row[]): AsyncGenerator<FolderFile> {
  const ids = [...new Set([...invoices.map((invoice) => textIn(invoice, 'supplier_id')), ...segment.subjects])];
  for (const supplier of await rowsOf(transaction, 'suppliers', 'id', ids)) {
    const id = textIn(supplier, 'id');
    const accounts = await rowsOf(transaction, 'supplier_bank_accounts', 'supplier_id', [id]);
    const accountIds = accounts.map((account) => textIn(account, 'id'));
    const steps = await rowsOf(transaction, 'bank_account_steps', 'bank_account_id', accountIds);
    yield json(`suppliers/${id}.json`, { supplier, accounts, steps });
  }
}

async function* runFiles({ office, transaction, segment, missing }: Writing): AsyncGenerator<FolderFile> {
  for (const run of await rowsOf(transaction, 'payment_runs', 'id', segment.subjects)) {
    const id = textIn(run, 'id');
    const payments = await rowsOf(transaction, 'payments', 'payment_run_id', [id]);
    const events = await rowsOf(transaction, 'stream_events', 'stream_id', [id]);
    yield json(`payment-runs/${id}/run.json`, { run, payments, events, ...(await stepUpsOf(transaction, id)) });
    const sha256 = textIn(run, 'file_sha256');
    if (sha256 !== '') yield* blobFile(office, { path: `payment-runs/${id}/bank-file.txt`, sha256, missing });
  }
}

/** What the release was signed with: a passkey's signature with its public key, or a code that was given for the digest. */
async function stepUpsOf(transaction: Transaction, runId: string): Promise<Readonly<Record<string, readonly Row[]>>> {
  const signatures = await rowsOf(transaction, 'release_signatures', 'payment_run_id', [runId]);
  const codes = await rowsOf(transaction, 'signing_code_uses', 'payment_run_id', [runId]);
  const keyIds = [...signatures, ...codes].map((row) => textIn(row, 'signing_key_id'));
  return { signatures, codes, signingKeys: await rowsOf(transaction, 'signing_keys', 'id', keyIds) };
}

async function* bankFiles({ office, transaction, segment, missing }: Writing): AsyncGenerator<FolderFile> {
  for (const message of await rowsOf(transaction, 'bank_messages', 'id', segment.subjects)) {
    const id = textIn(message, 'id');
    const entries = await rowsOf(transaction, 'bank_entries', 'bank_message_id', [id]);
    yield json(`bank-messages/${id}/message.json`, { message, entries });
    yield* blobFile(office, { path: `bank-messages/${id}/original.txt`, sha256: textIn(message, 'sha256'), missing });
  }
}

/** What the store has lost or finds damaged is told, and the rest goes on: an auditor must learn of it, not the exporter alone. */
async function* blobFile(
  office: Office,
  { path, sha256, missing }: { readonly path: string; readonly sha256: string; readonly missing: FolderFault[] },
): AsyncGenerator<FolderFile> {
  try {
    yield { path, bytes: await office.blobs.get(sha256) };
  } catch (thrown) {
    const error = asDeskhandError(thrown);
    if (error?.code !== platformErrors.blobMissing.code && error?.code !== platformErrors.blobDamaged.code) throw thrown;
    missing.push({ path, message: error.message });
  }
}

function withoutSignIn({ auth_user_id: _, ...row }: Row): Row {
  return row;
}

export function json(path: string, value: unknown): FolderFile {
  return { path, bytes: textBytes(`${JSON.stringify(value, null, 1)}\n`) };
}

export function textBytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
