import type { Page } from '#domain/documents';
import { maxPages, maxTextCharacters } from './limits.ts';

/** Text has no layout of its own: it is set like a typewriter's on A4, ten characters to the inch and six lines. */
const characterWidth = 6;
const lineHeight = 12;
const margin = 36;
const linesPerPage = 64;
const pageWidth = 595;
const pageHeight = 842;

/** Sets plain text on pages, so that evidence has a place there too. */
export function setText(text: string): Page[] {
  const lines = text
    .slice(0, maxTextCharacters)
    .replaceAll('\r\n', '\n')
    .split(/[\n\f\r]/);
  const pageCount = Math.min(maxPages, Math.ceil(lines.length / linesPerPage));
  let id = 0;
  return Array.from({ length: pageCount }, (_, index) => {
    const shown = lines.slice(index * linesPerPage, (index + 1) * linesPerPage);
    const words = shown.flatMap((line, row) => setLine(line, margin + row * lineHeight).map((word) => ({ id: id++, ...word })));
    const width = Math.max(pageWidth, ...words.map((word) => word.box[2] + margin));
    return { number: index + 1, width, height: pageHeight, words, rotation: 0 };
  });
}

function setLine(line: string, top: number): Array<Omit<Page['words'][number], 'id'>> {
  return [...line.replaceAll('\t', '    ').matchAll(/\S+/g)].map((match) => ({
    text: match[0],
    box: [
      margin + match.index * characterWidth,
      top,
      margin + (match.index + match[0].length) * characterWidth,
      top + lineHeight - 2,
    ] as const,
    confidence: 1,
  }));
}
