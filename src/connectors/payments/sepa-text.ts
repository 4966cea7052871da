/**
 * Text in the character set that every SEPA bank accepts: `a-z A-Z 0-9 / - ? : ( ) . , ' +` and space.
 * Source: EPC217-08 "SEPA Requirements for an Extended Character Set", best practices for conversion; the umlauts follow
 * the German banks' ae, oe, ue (DFÜ-Abkommen, annex 3), which payees recognize as their name.
 */
export function sepaText(text: string, maxLength: number): string {
  const latin = Array.from(text.normalize('NFC'), (character) => replacements[character] ?? withoutAccent(character)).join('');
  const plain = latin
    .replace(/[^a-zA-Z0-9/\-?:().,'+ ]/g, '.')
    .replace(/\s+/g, ' ')
    // EPC132-08 §1.4: no leading or trailing slash, no two in a row.
    .replace(/\/{2,}/g, '/')
    .replace(/^[/\s]+/, '');
  return plain.slice(0, maxLength).replace(/[/\s]+$/, '');
}

/** Whether the text can stand in a file as it is: identifiers are never changed, they must come back as they left. */
export function isSepaIdentifier(text: string): boolean {
  return (
    /^[a-zA-Z0-9\-?:().,'+ ]([a-zA-Z0-9/\-?:().,'+ ]{0,33}[a-zA-Z0-9\-?:().,'+])?$/.test(text) &&
    !text.includes('//') &&
    text.trim() === text
  );
}

/**
 * A valid ISO 11649 creditor reference ("RF18 5390 0754 7034") without spaces, or null. Only when the whole text is one:
 * a structured reference leaves no room for anything else.
 */
export function creditorReference(text: string): string | null {
  const reference = text.replace(/\s/g, '').toUpperCase();
  if (!/^RF\d{2}[A-Z0-9]{1,21}$/.test(reference)) return null;
  const digits = `${reference.slice(4)}${reference.slice(0, 4)}`.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  return BigInt(digits) % 97n === 1n ? reference : null;
}

function withoutAccent(character: string): string {
  return character.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFKC');
}

const replacements: Readonly<Record<string, string>> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  Ä: 'Ae',
  Ö: 'Oe',
  Ü: 'Ue',
  ß: 'ss',
  ẞ: 'SS',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'TH',
  ı: 'i',
  ħ: 'h',
  Ħ: 'H',
  '&': '+',
  '*': '.',
  '@': '(at)',
  _: '-',
  '–': '-',
  '—': '-',
  '’': "'",
  '‘': "'",
  '´': "'",
  '`': "'",
  '“': "'",
  '”': "'",
  '"': "'",
  '„': "'",
  '«': "'",
  '»': "'",
  '€': 'EUR',
  ';': ',',
  '\\': '/',
  '[': '(',
  ']': ')',
  '{': '(',
  '}': ')',
  // Greek and Bulgarian as EPC217-08 annex lists them.
  α: 'a',
  β: 'v',
  γ: 'g',
  δ: 'd',
  ε: 'e',
  ζ: 'z',
  η: 'i',
  θ: 'th',
  ι: 'i',
  κ: 'k',
  λ: 'l',
  μ: 'm',
  ν: 'n',
  ξ: 'x',
  ο: 'o',
  π: 'p',
  ρ: 'r',
  σ: 's',
  ς: 's',
  τ: 't',
  υ: 'y',
  φ: 'f',
  χ: 'ch',
  ψ: 'ps',
  ω: 'o',
  ά: 'a',
  έ: 'e',
  ή: 'i',
  ί: 'i',
  ό: 'o',
  ύ: 'y',
  ώ: 'o',
  Α: 'A',
  Β: 'V',
  Γ: 'G',
  Δ: 'D',
  Ε: 'E',
  Ζ: 'Z',
  Η: 'I',
  Θ: 'TH',
  Ι: 'I',
  Κ: 'K',
  Λ: 'L',
  Μ: 'M',
  Ν: 'N',
  Ξ: 'X',
  Ο: 'O',
  Π: 'P',
  Ρ: 'R',
  Σ: 'S',
  Τ: 'T',
  Υ: 'Y',
  Φ: 'F',
  Χ: 'CH',
  Ψ: 'PS',
  Ω: 'O',
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ж: 'zh',
  з: 'z',
  и: 'i',
  й: 'y',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'h',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'sht',
  ъ: 'a',
  ь: 'y',
  ю: 'yu',
  я: 'ya',
  А: 'A',
  Б: 'B',
  В: 'V',
  Г: 'G',
  Д: 'D',
  Е: 'E',
  Ж: 'ZH',
  З: 'Z',
  И: 'I',
  Й: 'Y',
  К: 'K',
  Л: 'L',
  М: 'M',
  Н: 'N',
  О: 'O',
  П: 'P',
  Р: 'R',
  С: 'S',
  Т: 'T',
  У: 'U',
  Ф: 'F',
  Х: 'H',
  Ц: 'TS',
  Ч: 'CH',
  Ш: 'SH',
  Щ: 'SHT',
  Ъ: 'A',
  Ь: 'Y',
  Ю: 'YU',
  Я: 'YA',
};
