import { plainText } from '../matching/text-similarity.ts';
import { codeKinds, type CodeKind, type Coding } from './coding.ts';
import { newBins, type ConfidenceBins } from './confidence-bins.ts';

/** What is known of a line before it is coded. */
export interface LineToCode {
  readonly supplierId: string | null;
  readonly description: string;
  /** Percent, decimal text. */
  readonly taxRate: string | null;
}

/** A line as it was booked, by which the next ones are coded. */
export interface PastBooking extends LineToCode, Coding {
  /** The number of its invoice, to find it again. */
  readonly reference: string;
  readonly bookedOn: string;
}

/** A booking with its words, which are looked for often. */
export interface RememberedBooking {
  readonly booking: PastBooking;
  readonly words: ReadonlySet<string>;
}

/** How often each code was booked; older bookings count less. `''` stands for none. */
export interface Counts {
  total: number;
  readonly byCode: Map<string, number>;
}

/** What one kind of code was learned from. */
export interface KindCounts {
  readonly all: Counts;
  readonly bySupplier: Map<string, Counts>;
  readonly byWord: Map<string, Counts>;
  readonly bySupplierWord: Map<string, Counts>;
  /** How sure predictions were and how often right, by how well the supplier is known. */
  readonly bins: Readonly<Record<Acquaintance, ConfidenceBins>>;
}

/** How many lines of a supplier were booked: none, under five, more. */
export type Acquaintance = 'new' | 'young' | 'known';

/** Everything learned from one organization's bookings. Changed by `learnBooking`; the same bookings in the same order make the same model. */
export interface CodingModel {
  readonly kinds: Readonly<Record<CodeKind, KindCounts>>;
  /** The newest of each supplier, and of each word whoever the supplier, oldest first. */
  readonly pastOfSupplier: Map<string, RememberedBooking[]>;
  readonly pastWithWord: Map<string, RememberedBooking[]>;
  readonly sizeOfSupplier: Map<string, number>;
}

const pastKept = { supplier: 200, word: 8 } as const;
/** What one booking leaves of the weight of those before: some 25 bookings of a supplier, 2,000 of all, halve it. */
const keep = { all: 0.99965, word: 0.995, supplier: 0.973 } as const;
/** Longer texts are terms and conditions. */
const mostWords = 24;

export function newCodingModel(): CodingModel {
  const kindCounts = (): KindCounts => ({
    all: newCounts(),
    bySupplier: new Map(),
    byWord: new Map(),
    bySupplierWord: new Map(),
    bins: { new: newBins(0.4), young: newBins(0.7), known: newBins(0.9) },
  });
  const kinds = Object.fromEntries(codeKinds.map((kind) => [kind, kindCounts()])) as Record<CodeKind, KindCounts>;
  return { kinds, pastOfSupplier: new Map(), pastWithWord: new Map(), sizeOfSupplier: new Map() };
}

/** Adds a booking to the counts. Whether it was predicted well is `learnBooking`'s to note. */
export function countBooking(model: CodingModel, booking: PastBooking): void {
  const words = wordsOf(booking);
  const supplier = booking.supplierId ?? '';
  for (const kind of codeKinds) {
    const code = booking[kind] ?? '';
    const { all, bySupplier, byWord, bySupplierWord } = model.kinds[kind];
    count(all, code, keep.all);
    count(entry(bySupplier, supplier), code, keep.supplier);
    for (const word of words) {
      count(entry(byWord, word), code, keep.word);
      count(entry(bySupplierWord, pairKey(supplier, word)), code, keep.supplier);
    }
  }
  model.sizeOfSupplier.set(supplier, (model.sizeOfSupplier.get(supplier) ?? 0) + 1);
  const remembered = { booking, words: new Set(words) };
  remember(model.pastOfSupplier, supplier, remembered, pastKept.supplier);
  for (const word of words) remember(model.pastWithWord, word, remembered, pastKept.word);
}

/** The words of a line that can tell its account, folded, each once; its tax rate is one of them. Figures tell nothing. */
export function wordsOf({ description, taxRate }: Pick<LineToCode, 'description' | 'taxRate'>): readonly string[] {
  const words = plainText(description)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => /\p{L}{2}/u.test(word));
  return [...new Set([...words.slice(0, mostWords), ...(taxRate === null ? [] : [`tax ${Number(taxRate)}`])])];
}

export function pairKey(supplier: string, word: string): string {
  return `${supplier}\n${word}`;
}

export function acquaintanceWith(model: CodingModel, supplierId: string | null): Acquaintance {
  const size = supplierId === null ? 0 : (model.sizeOfSupplier.get(supplierId) ?? 0);
  return size === 0 ? 'new' : size < 5 ? 'young' : 'known';
}

function newCounts(): Counts {
  return { total: 0, byCode: new Map() };
}

function count(counts: Counts, code: string, kept: number): void {
  for (const [other, before] of counts.byCode) counts.byCode.set(other, before * kept);
  counts.byCode.set(code, (counts.byCode.get(code) ?? 0) + 1);
  counts.total = counts.total * kept + 1;
}

function entry(table: Map<string, Counts>, key: string): Counts {
  const found = table.get(key) ?? newCounts();
  table.set(key, found);
  return found;
}

function remember(table: Map<string, RememberedBooking[]>, key: string, booking: RememberedBooking, most: number): void {
  const past = table.get(key) ?? [];
  past.push(booking);
  if (past.length > most) past.shift();
  table.set(key, past);
}
