import { headerFieldNames } from '#domain/documents';
import type { FieldName } from '#domain/documents';
import type { LabelledReading } from '#intelligence';
import { imagesToPdf, scanPage } from '../../src/app/sample-office/scan.ts';
import { contentFor } from './content.ts';
import type { Content, Item } from './content.ts';
import { diceFrom } from './dice.ts';
import { drawPaper } from './draw-paper.ts';
import { printedVatId } from './paper.ts';
import { programFrom } from './program.ts';
import type { Program } from './program.ts';

/** A drawn paper with what a person would say stands on it. */
export interface SyntheticDocument extends Omit<LabelledReading, 'reading'> {
  readonly program: Program;
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

export interface SyntheticOptions {
  readonly seed: number;
  /** Layout programs; each is an issuer of its own. */
  readonly programs: number;
  /** Papers of each. */
  readonly papers: number;
  /** So many of the papers are printed and scanned. */
  readonly scans: number;
}

/** Draws papers one after another: the same options give the same bytes. */
export async function* syntheticDocuments({ seed, programs, papers, scans }: SyntheticOptions): AsyncGenerator<SyntheticDocument> {
  const scanEvery = scans === 0 ? Number.POSITIVE_INFINITY : Math.max(1, Math.floor(programs / scans));
  for (let index = 0; index < programs; index += 1) {
    const program = programFrom(seed * 100_000 + index);
    for (let paper = 0; paper < papers; paper += 1) {
      const isScan = paper === 0 && index % scanEvery === 0 && index / scanEvery < scans;
      yield await documentOf(program, paper, isScan);
    }
  }
}

async function documentOf(program: Program, paper: number, wantsScan: boolean): Promise<SyntheticDocument> {
  const dice = diceFrom(program.seed * 31 + paper * 1_000_003 + 5);
  const content = contentFor(program, dice);
  const { bytes, said } = await drawPaper(program, content);
  const kind = dice.pick(['flatbed', 'grey', 'fax', 'photo'] as const);
  // A scan shows one page, so only papers that have one are scanned.
  const isScan = wantsScan && content.items.length < 8;
  const scan = isScan ? await imagesToPdf([await scanPage(bytes, { kind, seed: program.seed })], content.issued) : bytes;
  return {
    id: `synthetic/${program.seed}-${paper}`,
    program,
    fileName: `${program.seed}-${paper}.pdf`,
    bytes: scan,
    truth: { fields: fieldsOf(program, content, said), lines: linesOf(program, content) },
    keys: [`layout synthetic ${program.seed}`],
    isSynthetic: true,
    slices: [
      `language ${program.vocabulary.language}`,
      `kind ${program.kind === 'receipt' ? 'receipt' : isScan ? 'scan' : 'text PDF'}`,
      ...(isScan ? [`quality ${kind}`] : []),
    ],
  };
}

type Value = string | number | null;

/** What is printed, null for what is asked for and is not there; what nobody could say is left out. */
function fieldsOf(program: Program, content: Content, said: ReadonlySet<FieldName>): Partial<Record<FieldName, Value>> {
  const all: Readonly<Record<FieldName, Value>> = {
    invoiceNumber: content.number,
    issueDate: content.issued,
    dueDate: content.due,
    supplierName: program.issuer.name,
    supplierTaxId: program.issuer.vatId === null ? null : printedVatId(program.issuer.vatId, program.seed),
    iban: program.issuer.iban,
    buyerName: content.buyer.name,
    poNumber: content.purchaseOrder,
    currency: program.manner.currency,
    netTotal: content.net / 100,
    taxTotal: content.tax / 100,
    grossTotal: content.gross / 100,
  };
  const isReceipt = program.kind === 'receipt';
  const absent = new Set<FieldName>(
    isReceipt
      ? ['buyerName', 'iban', 'poNumber']
      : ['iban', 'poNumber', 'supplierTaxId', ...(program.dueIn === 'none' ? (['dueDate'] as const) : [])],
  );
  // Where no sum is printed with its currency and no column names it, nobody can say what it is.
  const isCurrencySaid = program.manner.money(0) !== program.manner.bare(0);
  const entries = headerFieldNames
    .filter((name) => (said.has(name) || absent.has(name)) && (name !== 'currency' || isCurrencySaid))
    .map((name): [FieldName, Value] => [name, said.has(name) ? all[name] : null]);
  return Object.fromEntries(entries);
}

function linesOf(program: Program, content: Content): LabelledReading['truth']['lines'] {
  if (program.kind === 'receipt' || program.isGrossPriced) return null;
  const has = (name: 'quantity' | 'net'): boolean => program.table.columns.includes(name);
  return content.items.map(({ description, quantity, net }: Item) => ({
    description,
    quantity: has('quantity') ? quantity : null,
    netAmount: has('net') ? net / 100 : null,
  }));
}
