/** A text made ready for many comparisons. */
export interface ComparableText {
  /** Folded words: lower case, no diacritics, look-alike characters merged. */
  readonly words: readonly string[];
  /** Folded text without spaces, as pairs of characters with their count. */
  readonly pairs: ReadonlyMap<string, number>;
  readonly pairCount: number;
}

/** Words below this likeness are different words: two of five letters wrong is still the same word, three are not. */
const SAME_WORD = 0.6;

const lookAlikes: Readonly<Record<string, string>> = { '0': 'o', '1': 'l', i: 'l', '|': 'l', '5': 's', '8': 'b', '2': 'z', '6': 'g' };

const isAscii = /^[\0-\x7f]*$/;

/** Lower case without diacritics: `Müller ß` becomes `muller ss`. */
export function plainText(text: string): string {
  if (isAscii.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('æ', 'ae')
    .replaceAll('œ', 'oe')
    .replaceAll('ø', 'o')
    .replaceAll('ł', 'l');
}

/**
 * Merges characters that scanners confuse (0/O, 1/I/l, 5/S, 8/B, 2/Z, 6/G, rn/m). Digits stay distinct from each
 * other, so two different numbers never become equal.
 */
export function foldLookAlikes(plain: string): string {
  return plain
    .replaceAll(/[01258i|6]/g, (character) => lookAlikes[character] ?? character)
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w');
}

/** Letters and digits only, folded: how identifiers (numbers, item codes) are compared. */
export function foldIdentifier(text: string): string {
  return foldLookAlikes(plainText(text).replaceAll(/[^\p{L}\p{N}]/gu, ''));
}

/** Runs of letters and digits, plain. */
export function wordsOf(text: string): string[] {
  return plainText(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

export function comparable(text: string): ComparableText {
  const words = wordsOf(text).map(foldLookAlikes);
  const joined = words.join('');
  const pairs = new Map<string, number>();
  for (let at = 0; at + 1 < joined.length; at += 1) {
    const pair = joined.slice(at, at + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return { words, pairs, pairCount: Math.max(0, joined.length - 1) };
}

/**
 * How alike two texts are, 0–1, whatever the order of their words, with single misread characters and lost spaces.
 * The better of two views: words (half how much of both is shared, half how much of the shorter is contained), and
 * pairs of characters (Dice), which survives lost spaces.
 */
export function similarityOf(left: ComparableText, right: ComparableText): number {
  if (left.words.length === 0 || right.words.length === 0) return 0;
  return Math.max(wordLikeness(left.words, right.words), pairLikeness(left, right));
}

export function textSimilarity(left: string, right: string): number {
  return similarityOf(comparable(left), comparable(right));
}

// One row of the table, used again by each call: an invoice of 300 lines asks two million times.
let distances = new Uint16Array(64);

/**
 * Levenshtein distance.
 *
 * @param atMost - a larger distance need not be known: any number above it may be returned.
 */
export function editDistance(left: string, right: string, atMost = Infinity): number {
  const width = right.length;
  if (width >= distances.length) distances = new Uint16Array(2 * width);
  const row = distances;
  for (let column = 0; column <= width; column += 1) row[column] = column;
  for (let line = 1; line <= left.length; line += 1) {
    const letter = left.charCodeAt(line - 1);
    let diagonal = line - 1;
    let before = line;
    let least = line;
    row[0] = line;
    for (let column = 1; column <= width; column += 1) {
      const above = row[column] ?? 0;
      const change = letter === right.charCodeAt(column - 1) ? diagonal : diagonal + 1;
      before = Math.min(above + 1, before + 1, change);
      row[column] = before;
      diagonal = above;
      if (before < least) least = before;
    }
    // No later row is below the least of this one.
    if (least > atMost) return least;
  }
  return row[width] ?? 0;
}

function wordLikeness(left: readonly string[], right: readonly string[]): number {
  const [shorter, longer] = left.length <= right.length ? [left, right] : [right, left];
  const used = new Set<number>();
  let sharedShorter = 0;
  let sharedLonger = 0;
  for (const word of shorter) {
    let best = -1;
    let bestLikeness = 0;
    for (let index = 0; index < longer.length && bestLikeness < 1; index += 1) {
      const likeness = used.has(index) ? 0 : oneWordLikeness(word, longer[index] ?? '');
      if (likeness <= bestLikeness) continue;
      best = index;
      bestLikeness = likeness;
    }
    if (best < 0) continue;
    used.add(best);
    sharedShorter += word.length * bestLikeness;
    sharedLonger += (longer[best]?.length ?? 0) * bestLikeness;
  }
  const [shorterSize, longerSize] = [sizeOf(shorter), sizeOf(longer)];
  const both = (sharedShorter + sharedLonger) / (shorterSize + longerSize);
  return (both + Math.max(sharedShorter / shorterSize, sharedLonger / longerSize)) / 2;
}

function oneWordLikeness(left: string, right: string): number {
  if (left === right) return 1;
  const [short, long] = left.length <= right.length ? [left.length, right.length] : [right.length, left.length];
  // Words of three characters or fewer must agree whole: "A4" is not "A3".
  if (long <= 3 || short / long < SAME_WORD) return 0;
  const likeness = 1 - editDistance(left, right, long - SAME_WORD * long) / long;
  return likeness < SAME_WORD ? 0 : likeness;
}

function pairLikeness(left: ComparableText, right: ComparableText): number {
  const [small, large] = left.pairs.size <= right.pairs.size ? [left, right] : [right, left];
  let shared = 0;
  for (const [pair, count] of small.pairs) shared += Math.min(count, large.pairs.get(pair) ?? 0);
  const total = left.pairCount + right.pairCount;
  return total === 0 ? 0 : (2 * shared) / total;
}

function sizeOf(words: readonly string[]): number {
  return words.reduce((size, word) => size + word.length, 0);
}
