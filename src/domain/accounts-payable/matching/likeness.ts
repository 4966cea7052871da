import { chargeKindOf, type ChargeKind } from './charge-lines.ts';
import { comparable, editDistance, foldLookAlikes, similarityOf, wordsOf, type ComparableText } from './text-similarity.ts';
import { coloursIn } from './variant-words.ts';

/** What a line is about, made ready for comparing with many others. */
export interface ItemText {
  readonly text: ComparableText;
  /** Words of two characters or more that hold a digit (item codes, sizes, models): folded, with the word as printed. */
  readonly codes: ReadonlyMap<string, string>;
  /** Folded runs of up to four neighbouring words: an item code may be printed with spaces or dashes. */
  readonly runs: ReadonlySet<string>;
  readonly colours: ReadonlyMap<string, string>;
  readonly charge: ChargeKind | null;
  /** Folded, of an order line whose code is long enough to tell. */
  readonly itemCode: string | null;
}

/** How sure the words say that two lines are about the same thing. */
export interface Likeness {
  /** 0–1. */
  readonly identity: number;
  readonly reason: string;
  /** What tells two sister articles apart, here and in the order: `['cf259a', 'cf259x']`, `['a3', 'a4']`, `['cyan', 'black']`. */
  readonly conflict: readonly [string, string] | null;
}

const MAX_RUN_WORDS = 4;
/** Shorter codes ("A4", "10") also occur as sizes and quantities. */
const MIN_CODE_LENGTH = 3;
const MIN_DIGIT_CODE_LENGTH = 4;
/** Numbers of up to three digits are sizes: any two different ones differ. */
const MAX_SIZE_LENGTH = 3;
const LONG_CODE_LENGTH = 6;

const dates = /\b(\d{4}-\d{2}-\d{2}|\d{1,2}[./-]\d{1,2}[./-](\d{4}|\d{2}))\b/g;

/** @param itemCode - of the order line; null when it has none. */
export function itemText(description: string, itemCode: string | null = null): ItemText {
  const words = wordsOf(description);
  const runs = new Set<string>();
  for (let start = 0; start < words.length; start += 1) {
    for (let size = 1; size <= MAX_RUN_WORDS && start + size <= words.length; size += 1) {
      runs.add(foldLookAlikes(words.slice(start, start + size).join('')));
    }
  }
  const codes = wordsOf(description.replaceAll(dates, ' ')).filter((word) => word.length >= 2 && /\d/.test(word));
  const telling = itemCode !== null && isTellingCode(itemCode) ? [wordsOf(itemCode).join('')] : [];
  return {
    text: comparable(description),
    codes: new Map([...codes, ...telling].map((code) => [foldLookAlikes(code), code])),
    runs,
    colours: coloursIn(description),
    charge: chargeKindOf(description),
    itemCode: telling[0] === undefined ? null : foldLookAlikes(telling[0]),
  };
}

export function likenessOf(invoiced: ItemText, ordered: ItemText): Likeness {
  if (ordered.itemCode !== null && invoiced.runs.has(ordered.itemCode)) {
    return { identity: 1, reason: 'same item code', conflict: null };
  }
  if (invoiced.charge !== null && invoiced.charge === ordered.charge) {
    return { identity: 0.9, reason: `both name ${invoiced.charge}`, conflict: null };
  }
  const identity = similarityOf(invoiced.text, ordered.text);
  const conflict = codeConflict(invoiced, ordered) ?? colourConflict(invoiced.colours, ordered.colours);
  return { identity, reason: `description ${Math.round(identity * 100)} % alike`, conflict };
}

function isTellingCode(itemCode: string): boolean {
  const bare = wordsOf(itemCode).join('');
  return bare.length >= (/^\d+$/.test(bare) ? MIN_DIGIT_CODE_LENGTH : MIN_CODE_LENGTH);
}

/** A code that stands only here and one that stands only there, nearly the same. */
function codeConflict(invoiced: ItemText, ordered: ItemText): readonly [string, string] | null {
  for (const [folded, code] of invoiced.codes) {
    if (ordered.codes.has(folded) || ordered.runs.has(folded)) continue;
    for (const [otherFolded, other] of ordered.codes) {
      if (!invoiced.runs.has(otherFolded) && isNearCode(code, other, folded, otherFolded)) return [code, other];
    }
  }
  return null;
}

function isNearCode(code: string, other: string, folded: string, otherFolded: string): boolean {
  if (code.length !== other.length) return false;
  if (code.length <= MAX_SIZE_LENGTH && /^\d+$/.test(code) && /^\d+$/.test(other)) return true;
  const mostChanges = code.length >= LONG_CODE_LENGTH ? 2 : 1;
  return editDistance(folded, otherFolded, mostChanges) <= mostChanges;
}

function colourConflict(here: ReadonlyMap<string, string>, there: ReadonlyMap<string, string>): readonly [string, string] | null {
  const [[, hereWord] = [null, null]] = here;
  const [[, thereWord] = [null, null]] = there;
  if (hereWord === null || thereWord === null || [...here.keys()].some((colour) => there.has(colour))) return null;
  return [hereWord, thereWord];
}
