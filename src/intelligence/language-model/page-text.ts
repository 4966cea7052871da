import type { Reading } from '#domain/documents';
import { layOut } from '../extraction/layout.ts';
import type { Row } from '../extraction/layout.ts';

/** Some three dense pages; what a longer document says of its fields stands on its first and last ones. */
const mostCharacters = 24_000;
const longestWord = 60;

/** The words of a reading as rows with their places, the first and the last page before those between. @returns also the pages it holds. */
export function pageText(reading: Reading): { readonly text: string; readonly pages: readonly number[] } {
  const { rows } = layOut(reading);
  const numbers = reading.pages.map(({ number }) => number);
  const order = [...new Set([...numbers.slice(0, 1), ...numbers.slice(-1), ...numbers])];
  const kept = new Map<number, string>();
  let left = mostCharacters;
  for (const number of order) {
    const page = reading.pages.find((one) => one.number === number);
    const lines = rows.filter((row) => row.page === number).map(lineOf);
    const text = within([`page ${number}, ${Math.round(page?.width ?? 0)} by ${Math.round(page?.height ?? 0)}`, ...lines], left);
    if (text === '') break;
    kept.set(number, text);
    left -= text.length;
  }
  const pages = numbers.filter((number) => kept.has(number));
  return { text: pages.map((number) => kept.get(number) ?? '').join('\n'), pages };
}

/** Whole lines while they fit. */
function within(lines: readonly string[], most: number): string {
  let text = '';
  for (const line of lines) {
    if (text.length + line.length + 1 > most) return text;
    text += `${text === '' ? '' : '\n'}${line}`;
  }
  return text;
}

/** `y85: x40 0:Invoice 1:No. 2:4711 x410 3:Date`: an x where a new cell begins, each word with its id. */
function lineOf({ box, cells }: Row): string {
  const shown = cells.map(
    ({ box: own, words }) => `x${Math.round(own[0])} ${words.map(({ id, text }) => `${id}:${harmless(text)}`).join(' ')}`,
  );
  return `y${Math.round(box[1])}: ${shown.join(' ')}`;
}

/** Without what a chat template or a fence could take for its own: brackets, control and invisible characters. */
function harmless(text: string): string {
  return text
    .slice(0, longestWord)
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, '')
    .replaceAll(/[<[{]/g, '(')
    .replaceAll(/[>\]}]/g, ')')
    .replaceAll(/[|`]/g, '/');
}
