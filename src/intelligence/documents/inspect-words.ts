import type { Page, Reading, ReadingProblem, Word } from '#domain/documents';
import { maxWordCharacters } from './limits.ts';
import { problems } from './problems.ts';
import { talksToModel } from './suspicious-text.ts';

/**
 * Characters that show nothing: joiners, marks of direction, selectors, tags, controls. NUL and halves of a surrogate
 * pair are no text either, and Postgres takes neither.
 */
const unseen = /[\p{Cc}\p{Default_Ignorable_Code_Point}]/gu;
/** Marks that turn the order of what follows, so that eye and program read something else (Unicode TR 36, 2.8). */
const turning = /[\u202a-\u202e\u2066-\u2069]/;
/** Cyrillic and Greek letters that look like Latin ones in every typeface (Unicode TR 39, confusables). */
const lookAlike = /[АВСЕНІЈКМОРЅТХУаеоорсухіјѕһԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧο]/u;
/** A Latin letter, or a figure of a number of mixed signs (an account, a tax number). */
const latin = /[A-Za-z]/;
/** Words of a page that are looked at together for orders to a language model. */
const windowWords = 400;

/**
 * Looks at the words as a person cannot: takes out characters that show nothing, and names letters that are not what they
 * seem, marks that turn the direction, and text that gives orders to a language model. The words themselves stay.
 */
export function inspectWords(reading: Reading): Reading {
  const found: ReadingProblem[] = [];
  const words = reading.pages.flatMap((page) => page.words);
  if (words.some(({ text }) => turning.test(text))) found.push(problems.turnedText());
  const imposters = words.filter(({ text }) => isImposter(text));
  if (imposters.length > 0 && isMostlyLatin(words)) found.push(problems.lookAlikeLetters(imposters[0]?.text.replaceAll(unseen, '') ?? ''));
  if (reading.pages.some((page) => ordersModel(page.words))) found.push(problems.ordersToModel());
  const isClean = words.every(({ text }) => text.length <= maxWordCharacters && text.search(unseen) < 0 && text.isWellFormed());
  if (isClean && found.length === 0) return reading;
  return { ...reading, pages: isClean ? reading.pages : cleaned(reading), problems: [...reading.problems, ...found] };
}

/** Pages with words as they show, cut where they never end, numbered anew: a word of nothing but such characters goes. */
function cleaned({ pages }: Reading): Page[] {
  let id = 0;
  return pages.map((page) => ({
    ...page,
    words: page.words.flatMap((word) => {
      const text = word.text.slice(0, maxWordCharacters).toWellFormed().replaceAll(unseen, '');
      return text.trim() === '' ? [] : [{ ...word, id: id++, text }];
    }),
  }));
}

/** A word of two scripts at once: no language writes so, only who wants a name or an account to look like another. */
function isImposter(text: string): boolean {
  return lookAlike.test(text) && (latin.test(text) || /\d{2}/.test(text));
}

/** On a page in Greek or Cyrillic, brands and units mix scripts in all innocence. */
function isMostlyLatin(words: readonly Word[]): boolean {
  const text = words.map((word) => word.text).join('');
  return (text.match(/[A-Za-z]/g)?.length ?? 0) > 4 * (text.match(/[\p{Script=Cyrillic}\p{Script=Greek}]/gu)?.length ?? 0);
}

function ordersModel(words: readonly Word[]): boolean {
  for (let from = 0; from < words.length; from += windowWords / 2) {
    const text = words.slice(from, from + windowWords).map((word) => word.text);
    if (talksToModel(text.join(' '))) return true;
  }
  return false;
}
