import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { headerFieldNames } from '#domain/documents';
import type { Reading } from '#domain/documents';
import type { IsolatedDocumentReader, LabelledReading } from '#intelligence';

/** One row of `index.jsonl`, as far as training asks. */
interface IndexRow {
  readonly id: string;
  readonly path: string;
  readonly set: string;
  readonly kind: string;
  readonly language: string | null;
  readonly issuer: string | null;
  readonly layout: string | null;
  readonly labelled?: readonly string[];
  readonly flags?: readonly string[];
  readonly truth: (Readonly<Record<string, string | number | null>> & { readonly lines?: LabelledReading['truth']['lines'] }) | null;
  readonly redistribution: string;
}

/** Labelled readings and what they were made from, so that a model can name its data. */
export interface Dataset {
  readonly name: string;
  readonly documents: readonly LabelledReading[];
  /** Over the index rows and the bytes of every file. */
  readonly sha256: string;
  /** Over what our reader made of them: another reader, or OCR on another kind of processor, gives another model. */
  readonly readingsSha256: string;
}

/** Reads the documents of a folder with `index.jsonl` that may be trained on: those whose licence lets what is learnt be passed on. */
export async function readDataset(name: string, folder: string, kept: string, reader: IsolatedDocumentReader): Promise<Dataset> {
  const text = await readFile(path.join(folder, 'index.jsonl'), 'utf8');
  const rows = text
    .split('\n')
    .filter(Boolean)
    .map((row) => JSON.parse(row) as IndexRow)
    .filter(isUsable);
  await mkdir(kept, { recursive: true });
  const hash = createHash('sha256');
  const readingsHash = createHash('sha256');
  const documents: LabelledReading[] = [];
  for (const row of rows) {
    const bytes = await readFile(path.join(folder, row.path));
    hash.update(JSON.stringify(row)).update(bytes);
    const reading = await readingOf(kept, { fileName: path.basename(row.path), bytes }, reader);
    readingsHash.update(JSON.stringify(reading));
    if (reading.pages.some((page) => page.words.length > 0)) documents.push(labelledReading(name, row, reading));
  }
  return { name, documents, sha256: hash.digest('hex'), readingsSha256: readingsHash.digest('hex') };
}

/** XML alone needs no model; files whose licence does not allow it are never learnt from. */
function isUsable({ truth, labelled, redistribution, kind }: IndexRow): boolean {
  return truth !== null && labelled !== undefined && redistribution === 'ok under licence' && kind !== 'xml';
}

/** The reading of a file by our own reader, kept under the hash of its bytes: OCR is slow. */
async function readingOf(kept: string, file: { fileName: string; bytes: Uint8Array }, reader: IsolatedDocumentReader): Promise<Reading> {
  const target = path.join(kept, `${createHash('sha256').update(file.bytes).digest('hex').slice(0, 32)}.json`);
  if (existsSync(target)) return JSON.parse(await readFile(target, 'utf8')) as Reading;
  const { reading } = await reader.read(file);
  // A slow moment must not become a document without words for good.
  if (reading.problems.some(({ code }) => code === 'timed-out')) {
    throw new Error(`${file.fileName} was not read in time. Run again while the machine has less to do.`);
  }
  await writeFile(`${target}.${process.pid}`, JSON.stringify(reading));
  await rename(`${target}.${process.pid}`, target);
  return reading;
}

function labelledReading(name: string, row: IndexRow, reading: Reading): LabelledReading {
  const labelled = new Set(row.labelled);
  // The chain's name stands for the shop's there: whether a name is right can't be told.
  if (row.flags?.includes('vendor-is-chain-name') === true) labelled.delete('supplierName');
  const fields = headerFieldNames.filter((field) => labelled.has(field)).map((field) => [field, row.truth?.[field] ?? null]);
  return {
    id: row.id,
    reading,
    truth: { fields: Object.fromEntries(fields), lines: labelled.has('lines') ? (row.truth?.lines ?? null) : null },
    keys: keysOf(name, row),
    slices: [`data ${name}`, `language ${row.language ?? 'unknown'}`, `kind ${kindOf(row)}`, ...qualityOf(row)],
  };
}

/** A style sheet that prints any issuer's XML is no layout of that issuer's own. */
function keysOf(name: string, { issuer, layout, id }: IndexRow): string[] {
  const keys = [
    issuer === null ? null : `issuer ${issuer}`,
    layout === null || layout.startsWith('xmlprint') ? null : `layout ${name} ${layout}`,
  ];
  const known = keys.filter((key) => key !== null);
  return known.length > 0 ? known : [id];
}

function kindOf({ kind, set }: IndexRow): string {
  return /receipt|softmatic/.test(`${kind} ${set}`)
    ? 'receipt'
    : kind.startsWith('text')
      ? 'text PDF'
      : /photo/.test(kind)
        ? 'photo'
        : 'scan';
}

function qualityOf({ flags = [], kind }: IndexRow): string[] {
  if (kind.startsWith('text')) return [];
  const known = [/^clean/, /^skew/, /^rot\d/, /^fax/, /^photo/].find((one) => flags.some((flag) => one.test(flag)));
  const found = flags.find((flag) => known?.test(flag) === true);
  return [`quality ${found ?? 'as found'}`];
}
