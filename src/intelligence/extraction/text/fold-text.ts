const folded = new Map<string, string>();

/** Lower case without accents, one character for one, so that positions in the result are positions in the text. */
export function foldText(text: string): string {
  let result = '';
  for (let index = 0; index < text.length; index += 1) result += foldCharacter(text.charAt(index));
  return result;
}

function foldCharacter(character: string): string {
  const known = folded.get(character);
  if (known !== undefined) return known;
  const special: Readonly<Record<string, string>> = {
    ß: 's',
    ø: 'o',
    Ø: 'o',
    ł: 'l',
    Ł: 'l',
    æ: 'a',
    œ: 'o',
    '’': "'",
    '−': '-',
    '–': '-',
    '—': '-',
    '\u00a0': ' ',
  };
  const base = special[character] ?? character.normalize('NFD').charAt(0).toLowerCase();
  const result = base.length === 1 ? base : character;
  folded.set(character, result);
  return result;
}

/** Letters and digits only, lower case: to compare names and numbers as people do. */
export function bareText(text: string): string {
  return foldText(text).replaceAll(/[^a-z0-9\p{L}]/gu, '');
}
