import type { TextLayer } from './text-layer.ts';

/** One unmapped character in eight, and no person would accept the copy. */
const maxUnmappedShare = 0.12;
/** Fewer characters than this say nothing about the whole. */
const minCharactersToJudge = 80;
/** Vowels among Latin letters: 0.33 to 0.45 on all 167 text PDFs of our corpus; a shifted alphabet has about 0.15. */
const minVowelShare = 0.24;
/** Letters and digits among all characters; pages of dotted lines come down to 0.7. */
const minAlphanumericShare = 0.5;

/**
 * Tells a text layer that was stored under a wrong code table, so that copying gives nonsense though the page looks
 * right: characters without meaning, hardly any letters, or letters without the vowels that every language has.
 */
export function isGarbled(layer: TextLayer): boolean {
  if (layer.characterCount === 0) return false;
  if (layer.unmappedCount / layer.characterCount > maxUnmappedShare) return true;
  const text = layer.words
    .map((word) => word.text)
    .join('')
    .normalize('NFD');
  if (text.length < minCharactersToJudge) return false;
  if (countOf(text, /[\p{L}\p{N}\p{M}]/gu) / text.length < minAlphanumericShare) return true;
  const latinCount = countOf(text, /[a-zæœøß]/giu);
  return latinCount >= minCharactersToJudge && countOf(text, /[aeiouyæœø]/giu) / latinCount < minVowelShare;
}

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
