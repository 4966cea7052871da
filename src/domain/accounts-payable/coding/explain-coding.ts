import type { CodeKind } from './coding.ts';
import { wordsOf, type CodingModel, type LineToCode, type RememberedBooking } from './coding-model.ts';

/** The past bookings a prediction rests on, which anybody can look up. */
export interface CodingGround {
  /** One plain sentence, such as “Like 7 of the last 8 lines from this supplier with ‘toner’.” */
  readonly sentence: string;
  /** Numbers of the newest invoices among them that say the same, at most three. */
  readonly references: readonly string[];
}

/** So many of the newest are told of. */
const told = 8;

/**
 * Tells which bookings speak for a code: of the lines from this supplier, else of all lines, those with the word that
 * speaks for it most clearly. Null when none does.
 */
export function explainCode(model: CodingModel, line: LineToCode, kind: CodeKind, code: string): CodingGround | null {
  const words = wordsOf(line);
  const own = line.supplierId === null ? [] : (model.pastOfSupplier.get(line.supplierId) ?? []);
  const from = own.some(({ booking }) => (booking[kind] ?? '') === code) ? 'this supplier' : 'any supplier';
  const groups = [
    ...(from === 'this supplier' ? [{ word: null, past: own.slice(-told) }] : []),
    ...words.map((word) => ({ word, past: from === 'this supplier' ? withWord(own, word) : (model.pastWithWord.get(word) ?? []) })),
  ];
  const speaking = groups.map(({ word, past }) => ({ word, past, same: past.filter(({ booking }) => (booking[kind] ?? '') === code) }));
  const [best] = speaking.toSorted((left, right) => clarity(right) - clarity(left));
  if (best === undefined || best.same.length === 0) return null;
  const references = [...new Set(best.same.toReversed().map(({ booking }) => booking.reference))].slice(0, 3);
  return { sentence: sentenceOf(best.same.length, best.past.length, from, best.word), references };
}

function withWord(past: readonly RememberedBooking[], word: string): RememberedBooking[] {
  return past.filter(({ words }) => words.has(word)).slice(-told);
}

/** The share that says the same, cautious where there are few (rule of succession). */
function clarity({ past, same }: { readonly past: readonly unknown[]; readonly same: readonly unknown[] }): number {
  return (same.length + 1) / (past.length + 2);
}

function sentenceOf(same: number, of: number, from: string, word: string | null): string {
  const lines = of === 1 ? 'the last line' : same === of ? `all of the last ${of} lines` : `${same} of the last ${of} lines`;
  const about = word === null ? '' : word.startsWith('tax ') ? ` taxed at ${word.slice(4)} %` : ` with ‘${word}’`;
  return `Like ${lines} from ${from}${about}.`;
}
