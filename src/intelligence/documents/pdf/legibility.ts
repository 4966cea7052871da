import type { TextLayer, TextLayerWord } from './text-layer.ts';

/** One unmapped character in eight, and no person would accept the copy. */
const maxUnmappedShare = 0.12;
/** Fewer words than this say nothing about the whole. */
const minWordsToJudge = 12;
/** Share of words that look like words or figures; real pages of our corpus have 0.72 and more. */
const minPlausibleShare = 0.5;

/**
 * Tells a text layer that was stored under a wrong code table, so that copying gives nonsense though the page looks
 * right: characters without meaning, or "words" that no language and no ledger has.
 */
export function isGarbled(layer: TextLayer): boolean {
  if (layer.characterCount === 0) return false;
  if (layer.unmappedCount / layer.characterCount > maxUnmappedShare) return true;
  if (layer.words.length < minWordsToJudge) return false;
  const judged = layer.words.filter((word) => /[^\d\s\p{P}]/u.test(word.text) && word.text.length > 1);
  if (judged.length < minWordsToJudge) return false;
  return judged.filter(isPlausible).length / judged.length < minPlausibleShare;
}

/** Letters with a vowel somewhere, an abbreviation, a code of capitals and digits, or an amount with its currency. */
function isPlausible({ text }: Pick<TextLayerWord, 'text'>): boolean {
  const core = text.replaceAll(/^[\p{P}\p{S}]+|[\p{P}\p{S}]+$/gu, '');
  if (/[^\p{Script=Latin}\p{N}\p{P}\p{S}\p{M}]/u.test(core)) return true;
  if (/^[\p{Lu}\p{N}/_.-]+$/u.test(core) || /^[\d.,]*\p{L}{0,3}$/u.test(core)) return true;
  if (/\p{L}[^\p{L}\p{M}'’.&@/:_-]\p{L}/u.test(core)) return false;
  return core.length <= 3 || /[aeiouyäöüàâéèêëîïôûùæœøåáíóúñãõ]/iu.test(core);
}
