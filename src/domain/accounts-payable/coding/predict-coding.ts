import { codeKinds, type CodeKind } from './coding.ts';
import {
  acquaintanceWith,
  countBooking,
  pairKey,
  wordsOf,
  type CodingModel,
  type Counts,
  type KindCounts,
  type LineToCode,
  type PastBooking,
} from './coding-model.ts';
import { calibrated, observe } from './confidence-bins.ts';
import { explainCode, type CodingGround } from './explain-coding.ts';

/** One code for a line, how sure, and why. */
export interface CodePrediction {
  /** The likeliest code; null means none of this kind. Meant only where `isSure`. */
  readonly code: string | null;
  /** Calibrated: of predictions with 0.9, nine of ten come true. */
  readonly confidence: number;
  /** Whether it is sure enough to be used; otherwise a person is asked. */
  readonly isSure: boolean;
  readonly ground: CodingGround | null;
}
export type CodingPrediction = Readonly<Record<CodeKind, CodePrediction>>;

/** From here on a prediction is used without asking. */
const sureFrom = 0.9;
/** How many bookings the more general experience counts for against the more special one. */
const weight = { supplier: 2, word: 2, supplierWord: 1 } as const;
/** So many words speak in full; of more, each speaks the less. */
const fullVoices = 4;

/** Codes a line as lines like it were booked, kind by kind, by supplier and words (naive Bayes with back-off). */
export function predictCoding(model: CodingModel, line: LineToCode): CodingPrediction {
  const words = wordsOf(line);
  const one = (kind: CodeKind): CodePrediction => {
    const { code, score } = bestCode(model.kinds[kind], line.supplierId ?? '', words);
    if (code === null) return { code: null, confidence: 0, isSure: false, ground: null };
    const confidence = calibrated(model.kinds[kind].bins[acquaintanceWith(model, line.supplierId)], score);
    const ground = explainCode(model, line, kind, code);
    return { code: code === '' ? null : code, confidence, isSure: confidence >= sureFrom, ground };
  };
  return { account: one('account'), costCentre: one('costCentre'), project: one('project'), taxCode: one('taxCode') };
}

/** Learns a line as it was booked: first how well it would have been predicted, then the booking itself. */
export function learnBooking(model: CodingModel, booking: PastBooking): void {
  const words = wordsOf(booking);
  const acquaintance = acquaintanceWith(model, booking.supplierId);
  for (const kind of codeKinds) {
    const { code, score } = bestCode(model.kinds[kind], booking.supplierId ?? '', words);
    if (code !== null) observe(model.kinds[kind].bins[acquaintance], score, code === (booking[kind] ?? ''));
  }
  countBooking(model, booking);
}

/** The likeliest code and its share of all that is likely, 0–1; null while nothing was booked. */
function bestCode(
  counts: KindCounts,
  supplier: string,
  words: readonly string[],
): { readonly code: string | null; readonly score: number } {
  const voices = words.map((word) => ({
    own: counts.bySupplierWord.get(pairKey(supplier, word)),
    any: counts.byWord.get(word),
  }));
  const ofSupplier = counts.bySupplier.get(supplier);
  const known = [ofSupplier, ...voices.flatMap(({ own, any }) => [own, any])];
  const mentioned = new Set(known.flatMap((table) => [...(table?.byCode.keys() ?? [])]));
  const candidates = mentioned.size > 0 ? mentioned : new Set(counts.all.byCode.keys());
  const loudness = Math.min(1, fullVoices / Math.max(1, voices.length));
  // A code nobody mentioned is as likely as one booked half a time.
  const least = 0.5 / (counts.all.total + 1);
  const logs = [...candidates].map((code) => {
    const general = ((counts.all.byCode.get(code) ?? 0) + 0.5) / (counts.all.total + 1);
    const bySupplier = share(ofSupplier, code, general, weight.supplier);
    const said = voices.map(({ own, any }) => {
      const byWord = share(any, code, general, weight.word);
      // What the word says in general, carried over to this supplier, with half its voice.
      const expected = Math.min(1, bySupplier * Math.sqrt(byWord / general));
      return Math.log(share(own, code, expected, weight.supplierWord) / bySupplier);
    });
    return { code, log: Math.log(bySupplier) + loudness * said.reduce((total, voice) => total + voice, 0) };
  });
  const [first, ...others] = logs.toSorted((left, right) => right.log - left.log || (left.code < right.code ? -1 : 1));
  if (first === undefined) return { code: null, score: 0 };
  const rest = others.reduce((total, { log }) => total + Math.exp(log - first.log), least / Math.exp(first.log));
  return { code: first.code, score: 1 / (1 + rest) };
}

function share(counts: Counts | undefined, code: string, expected: number, expectedWeight: number): number {
  if (counts === undefined) return expected;
  return ((counts.byCode.get(code) ?? 0) + expectedWeight * expected) / (counts.total + expectedWeight);
}
