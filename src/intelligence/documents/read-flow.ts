import type { Reading, ReadingProblem } from '#domain/documents';
import { decodeLeniently } from './decode-text.ts';
import { type Block, textOfBlocks } from './flow/blocks.ts';
import { blocksOfHtml } from './flow/html.ts';
import { setFlow } from './flow/set-flow.ts';
import { maxTextCharacters } from './limits.ts';
import { blocksOfCsv } from './office/csv.ts';
import { readDocx } from './office/docx.ts';
import { readWorkbook } from './office/sheets.ts';
import { problems } from './problems.ts';
import { matters } from './suspicious-text.ts';

/** Reads a web page or an HTML mail. */
export function readHtml(bytes: Uint8Array, mediaType: string): Reading {
  const { blocks, hiddenText } = blocksOfHtml(decodeLeniently(bytes));
  return setReading(mediaType, [blocks], hiddenProblems(hiddenText));
}

/** Reads plain text as it is typed, or as a table where it is one. */
export function readPlainText(bytes: Uint8Array, fileName: string): Reading {
  const text = decodeLeniently(bytes).slice(0, maxTextCharacters);
  const table = blocksOfCsv(text, fileName);
  if (table !== null) return setReading('text/csv', [table], []);
  const lines = text
    .replaceAll('\r\n', '\n')
    .replaceAll('\t', '    ')
    .split(/[\n\f\r]/);
  return setReading('text/plain', [[{ kind: 'text', lines, wraps: false }]], []);
}

/** Reads a Word file. */
export async function readWord(bytes: Uint8Array, mediaType: string): Promise<Reading> {
  const read = await readDocx(bytes);
  if (typeof read === 'string') return failed(mediaType, read);
  return setReading(mediaType, [read.blocks], hiddenProblems(read.hiddenText));
}

/** Reads an Excel or OpenDocument workbook, each sheet from a new page on. */
export async function readSheets(bytes: Uint8Array, mediaType: string): Promise<Reading> {
  const book = await readWorkbook(bytes);
  if (typeof book === 'string') return failed(mediaType, book);
  return setReading(mediaType, book.sections, [
    ...(book.isCut ? [problems.rowsLeftOut()] : []),
    ...(book.uncomputedCount > 0 ? [problems.uncomputedCells(book.uncomputedCount)] : []),
  ]);
}

function setReading(mediaType: string, sections: ReadonlyArray<readonly Block[]>, found: readonly ReadingProblem[]): Reading {
  const filled = sections.filter((blocks) => textOfBlocks(blocks).trim() !== '');
  const isBlank = filled.length === 0;
  return {
    mediaType,
    source: 'text',
    pages: setFlow(filled),
    structuredXml: null,
    problems: isBlank ? [...found, problems.nothingToRead()] : found,
  };
}

/** Mails hide a line for the list of mails, and it is innocent: only hidden figures and orders are worth a look. */
function hiddenProblems(hiddenText: string): ReadingProblem[] {
  return matters(hiddenText) ? [problems.hiddenText()] : [];
}

function failed(mediaType: string, reason: 'unopenable' | 'too-large'): Reading {
  const problem = reason === 'unopenable' ? problems.unopenable() : problems.inflatesTooFar();
  return { mediaType, source: 'text', pages: [], structuredXml: null, problems: [problem] };
}
