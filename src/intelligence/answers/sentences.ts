// After these a point ends no sentence.
const abbreviation =
  /(^|\s)(z\.\s?b|u\.\s?a|d\.\s?h|nr|no|n°|núm|art|ca|approx|mr|mrs|ms|dr|hr|fr|sr|sra|st|co|inc|ltd|bzw|inkl|incl|etc|vs|pos|tel|evtl|ggf|usw)\.$/i;

/** Sentences of a text, in order and as they were written, on one line each. */
export function sentencesOf(text: string): string[] {
  const paragraphs = text.split(/\n\s*\n|\n(?=\s*[-*•]\s)/).map((paragraph) => paragraph.replaceAll(/\s+/g, ' ').trim());
  return paragraphs.flatMap(split).filter((sentence) => /\p{L}/u.test(sentence));
}

function split(paragraph: string): string[] {
  const sentences: string[] = [];
  let start = 0;
  for (const match of paragraph.matchAll(/[.!?…]{1,8}["'”»)]{0,4}\s/g)) {
    const end = match.index + match[0].length;
    const before = paragraph.slice(start, match.index + 1);
    // `12. Dezember`, `am 7. wird …`: the point belongs to the number.
    const isNumber =
      match[0].startsWith('.') && /\d\.$/.test(before) && /^(\p{L})/u.test(paragraph.slice(end)) && !/\d{3,}\.$/.test(before);
    if (abbreviation.test(before) || isNumber) continue;
    sentences.push(paragraph.slice(start, end).trim());
    start = end;
  }
  return [...sentences, paragraph.slice(start).trim()].filter((sentence) => sentence !== '');
}

/** Parts of a sentence that say or deny something each: a denial in one says nothing about the next. */
export function clausesOf(sentence: string): string[] {
  return sentence
    .split(/[,;:()]|\s[-–—]\s|\s(?:but|sondern|mais|pero|sino|though)\s/iu)
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '');
}

/** Lower case, without accents, straight apostrophes: how patterns are written. */
export function folded(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[’‘`´]/g, "'")
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '');
}
