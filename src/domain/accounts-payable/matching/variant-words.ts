import { plainText } from './text-similarity.ts';

/** Colours in English, German, French and Spanish, without diacritics: what tells sister articles of one price apart. */
const colours: Readonly<Record<string, readonly string[]>> = {
  black: ['black', 'schwarz', 'schwarze', 'schwarzer', 'schwarzes', 'noir', 'noire', 'negro', 'negra'],
  white: ['white', 'weiss', 'weisse', 'weisser', 'weisses', 'blanc', 'blanche', 'blanco', 'blanca'],
  grey: ['grey', 'gray', 'grau', 'graue', 'grauer', 'graues', 'gris'],
  red: ['red', 'rot', 'rote', 'roter', 'rotes', 'rouge', 'rojo', 'roja'],
  blue: ['blue', 'blau', 'blaue', 'blauer', 'blaues', 'bleu', 'bleue', 'azul'],
  green: ['green', 'grun', 'gruen', 'grune', 'gruner', 'grunes', 'vert', 'verte', 'verde'],
  yellow: ['yellow', 'gelb', 'gelbe', 'gelber', 'gelbes', 'jaune', 'amarillo', 'amarilla'],
  cyan: ['cyan', 'cian'],
  magenta: ['magenta'],
  brown: ['brown', 'braun', 'braune', 'brauner', 'braunes', 'brun', 'marron'],
};
const colourOf: ReadonlyMap<string, string> = new Map(
  Object.entries(colours).flatMap(([colour, words]) => words.map((word) => [word, colour] as const)),
);

/** Colours a description names, by their English name, with the word as printed. */
export function coloursIn(description: string): ReadonlyMap<string, string> {
  const words = plainText(description).split(/[^\p{L}]+/u);
  return new Map(words.flatMap((word) => (colourOf.has(word) ? [[colourOf.get(word) ?? word, word] as const] : [])));
}
