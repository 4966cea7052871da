import { chargeKindOf, type ChargeKind } from './charge-lines.ts';
import { comparable, editDistance, foldIdentifier, plainText, similarityOf, type ComparableText } from './text-similarity.ts';

/** What a line is about, made ready for comparing with many others. */
export interface ItemText {
  readonly text: ComparableText;
  /** Folded words that hold a digit, at least three characters: item codes, sizes, models. */
  readonly codes: ReadonlySet<string>;
  /** Folded runs of up to four neighbouring words: an item code may be printed with spaces or dashes. */
  readonly runs: ReadonlySet<string>;
  readonly charge: ChargeKind | null;
}

/** How sure the words say that two lines are about the same thing. */
export interface Likeness {
  /** 0–1. */
  readonly identity: number;
  readonly reason: string;
  /** Two codes that differ by a character or two, `['CF259X', 'CF259A']`: a sister article, or a misread one. */
  readonly nearCodes: readonly [string, string] | null;
}

const MAX_RUN_WORDS = 4;
/** Shorter codes ("A4", "10") also occur as sizes and quantities. */
const MIN_CODE_LENGTH = 3;
const MIN_DIGIT_CODE_LENGTH = 4;

export function itemText(description: string): ItemText {
  const words = plainText(description)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const runs = new Set<string>();
  for (let start = 0; start < words.length; start += 1) {
    for (let size = 1; size <= MAX_RUN_WORDS && start + size <= words.length; size += 1) {
      runs.add(foldIdentifier(words.slice(start, start + size).join('')));
    }
  }
  const codes = new Set(words.filter((word) => word.length >= MIN_CODE_LENGTH && /\d/.test(word)).map(foldIdentifier));
  return { text: comparable(description), codes, runs, charge: chargeKindOf(description) };
}

/** @param itemCode - of the order line; null when it has none. */
export function likenessOf(invoiced: ItemText, ordered: ItemText, itemCode: string | null): Likeness {
  if (itemCode !== null && isTellingCode(itemCode) && invoiced.runs.has(foldIdentifier(itemCode))) {
    return { identity: 1, reason: 'same item code', nearCodes: null };
  }
  if (invoiced.charge !== null && invoiced.charge === ordered.charge) {
    return { identity: 0.9, reason: `both name ${invoiced.charge}`, nearCodes: null };
  }
  const identity = similarityOf(invoiced.text, ordered.text);
  const reason = `description ${Math.round(identity * 100)} % alike`;
  return { identity, reason, nearCodes: nearCodes(invoiced, ordered, itemCode) };
}

function isTellingCode(itemCode: string): boolean {
  const bare = plainText(itemCode).replaceAll(/[^\p{L}\p{N}]/gu, '');
  return bare.length >= (/^\d+$/.test(bare) ? MIN_DIGIT_CODE_LENGTH : MIN_CODE_LENGTH);
}

function nearCodes(invoiced: ItemText, ordered: ItemText, itemCode: string | null): readonly [string, string] | null {
  const expected = new Set(ordered.codes);
  if (itemCode !== null && isTellingCode(itemCode)) expected.add(foldIdentifier(itemCode));
  for (const code of invoiced.codes) {
    if (expected.has(code) || ordered.runs.has(code)) continue;
    for (const other of expected) {
      const isMissingHere = !invoiced.runs.has(other);
      if (isMissingHere && other.length === code.length && editDistance(code, other) <= (code.length >= 6 ? 2 : 1)) return [code, other];
    }
  }
  return null;
}
