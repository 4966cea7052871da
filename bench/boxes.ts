import { headerFieldNames, type Box, type Extraction, type Reading, type Word } from '#domain/documents';
import { printTable } from './figures.ts';

/** A document with what is true of it and what was extracted. */
export interface BoxedDocument {
  readonly id: string;
  readonly set: string;
  readonly truth: Readonly<Record<string, unknown>>;
  readonly reading: Reading;
  readonly extraction: Extraction;
}

interface Tally {
  right: number;
  known: number;
  hit: number;
  /** Any of several places counts. */
  someKnown: number;
  someHit: number;
}

const least = 0.5;
const amounts: ReadonlySet<string> = new Set(['netTotal', 'taxTotal', 'grossTotal']);

/**
 * Prints how often the box of a correct value is where the value is printed (IoU at least 0.5). The true place is known where the page
 * prints the true value exactly once; where it does so several times, any of these counts, in columns of their own.
 */
export function printBoxes(documents: readonly BoxedDocument[], misses: number): void {
  const tallies = new Map<string, Tally>();
  const missed: string[] = [];
  for (const document of documents) {
    for (const name of headerFieldNames) {
      const field = document.extraction.fields[name];
      const truth = document.truth[name];
      if (name === 'currency' || (typeof truth !== 'string' && typeof truth !== 'number')) continue;
      if (field.value === null || field.origin === 'xml' || !isSame(name, field.value, String(truth))) continue;
      const places = placesOf(name, String(truth), document.reading);
      const best = Math.max(
        0,
        ...places.map((place) => (field.evidence?.page === place.page ? overlap(field.evidence.box, place.box) : 0)),
      );
      for (const key of [name, document.set, 'ALL']) count(tallies, key, places.length, best);
      if (places.length === 1 && best < least)
        missed.push(
          `${document.id} ${name} ${String(truth)}: ${best.toFixed(2)} “${field.evidence?.text ?? 'no box'}” for “${places[0]?.text}”`,
        );
    }
  }
  printTable(
    'Boxes of correct header values: IoU 0.5 with where the true value is printed',
    ['of', 'right values', 'printed once', 'box right', 'share', 'printed anywhere', 'box right', 'share'],
    [...tallies].map(([key, { right, known, hit, someKnown, someHit }]) => [
      key,
      String(right),
      String(known),
      String(hit),
      (hit / known).toFixed(3),
      String(someKnown),
      String(someHit),
      (someHit / someKnown).toFixed(3),
    ]),
  );
  for (const line of missed.slice(0, misses)) console.log(`BOX ${line}`);
}

function count(tallies: Map<string, Tally>, key: string, places: number, best: number): void {
  const tally = tallies.get(key) ?? { right: 0, known: 0, hit: 0, someKnown: 0, someHit: 0 };
  tally.right += 1;
  if (places === 1) tally.known += 1;
  if (places === 1 && best >= least) tally.hit += 1;
  if (places > 0) tally.someKnown += 1;
  if (places > 0 && best >= least) tally.someHit += 1;
  tallies.set(key, tally);
}

function isSame(name: string, value: string, truth: string): boolean {
  return amounts.has(name) ? Math.abs(Number(value) - Number(truth)) < 0.005 : bare(value) === bare(truth);
}

interface Printed {
  readonly page: number;
  readonly box: Box;
  readonly text: string;
}

/** Runs of neighbouring words that print the value, the shortest where they overlap. */
function placesOf(name: string, truth: string, reading: Reading): Printed[] {
  const says = amounts.has(name) ? saysAmount(Number(truth)) : name.endsWith('Date') ? saysDate(truth) : saysText(truth);
  return reading.pages.flatMap((page) => {
    const found: { from: number; to: number }[] = [];
    for (let from = 0; from < page.words.length; from += 1) {
      const run: Word[] = [];
      for (let to = from; to < Math.min(page.words.length, from + 12); to += 1) {
        const word = page.words[to];
        if (word === undefined || !continues(run.at(-1), word)) break;
        run.push(word);
        if (!says(run.map(({ text }) => text).join(' '))) continue;
        const outer = found.findIndex((other) => other.from <= from && other.to >= to);
        if (outer >= 0) found.splice(outer, 1);
        if (!found.some((other) => other.from >= from && other.to <= to)) found.push({ from, to });
        break;
      }
    }
    return found.map(({ from, to }) => {
      const run = page.words.slice(from, to + 1);
      return { page: page.number, box: around(run), text: run.map(({ text }) => text).join(' ') };
    });
  });
}

function continues(left: Word | undefined, right: Word): boolean {
  if (left === undefined) return true;
  const height = Math.max(left.box[3] - left.box[1], right.box[3] - right.box[1]);
  return right.box[1] - left.box[3] < height && left.box[1] - right.box[3] < height;
}

function saysAmount(truth: number): (text: string) => boolean {
  return (text) => {
    const number = /^[^\d]{0,5}(\d[\d.,'’ ]*)[^\d]{0,5}$/.exec(text)?.[1]?.replaceAll(/[ '’]/g, '').replace(/[.,]$/, '');
    if (number === undefined) return false;
    const mark = Math.max(number.lastIndexOf('.'), number.lastIndexOf(','));
    const whole = number.replaceAll(/[.,]/g, '');
    const decimal = mark < 0 ? whole : `${number.slice(0, mark).replaceAll(/[.,]/g, '')}.${number.slice(mark + 1)}`;
    return [decimal, whole].some((one) => Math.abs(Number(one) - Math.abs(truth)) < 0.0005);
  };
}

function saysDate(truth: string): (text: string) => boolean {
  const [year = '', month = '', day = ''] = truth.split('-');
  return (text) => {
    if (text.length > 30) return false;
    const numbers = text.match(/\d+/g)?.map(Number) ?? [];
    const isWord = /[\p{L}]{3,}/u.test(text);
    const isYear = numbers.includes(Number(year)) || numbers.includes(Number(year) % 100);
    const fits =
      numbers.length === (isWord ? 2 : 3) && numbers.includes(Number(day)) && isYear && (isWord || numbers.includes(Number(month)));
    return fits || text.replaceAll(/\D/g, '') === `${year}${month}${day}`;
  };
}

function saysText(truth: string): (text: string) => boolean {
  const wanted = bare(truth);
  return (text) => {
    const said = bare(text);
    return said === wanted || (said.endsWith(wanted) && wanted.length > 4 && !text.includes(' '));
  };
}

function bare(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}]/gu, '').toLowerCase();
}

function around(words: readonly Word[]): Box {
  const edge = (side: 0 | 1 | 2 | 3): number[] => words.map((word) => word.box[side]);
  return [Math.min(...edge(0)), Math.min(...edge(1)), Math.max(...edge(2)), Math.max(...edge(3))];
}

function overlap(a: Box, b: Box): number {
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  if (width <= 0 || height <= 0) return 0;
  const area = (box: Box): number => (box[2] - box[0]) * (box[3] - box[1]);
  return (width * height) / (area(a) + area(b) - width * height);
}
