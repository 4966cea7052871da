import type { Reading, ReadingProblem } from '#domain/documents';
import { decodeBmp } from './bmp.ts';
import { readImage } from './image.ts';
import { inspectWords } from './inspect-words.ts';
import { maxFileBytes } from './limits.ts';
import { readPdf } from './pdf/read-pdf.ts';
import { toSharp } from './picture.ts';
import { problems } from './problems.ts';
import { readHtml, readPlainText, readSheets, readWord } from './read-flow.ts';
import { openSigned } from './signed-file.ts';
import { type FileKind, misleadingExtension, sniff } from './sniff.ts';
import { readXml } from './xml.ts';

/**
 * Turns one file into pages of words. What the file is, is decided by its content; the name only leads to a warning
 * when it lies. Bad input ends in a problem of the reading. Hostile input may still hang or kill the process, so callers
 * outside tests and measurements use `createDocumentReader`, which reads in a process of its own.
 */
export async function readDocument(file: { readonly fileName: string; readonly bytes: Uint8Array }): Promise<Reading> {
  if (file.bytes.length > maxFileBytes) return refused('application/octet-stream', problems.tooLarge(file.bytes.length));
  const found = sniff(file.bytes);
  const reading = inspectWords(await readAs(found, file));
  const extension = misleadingExtension(file.fileName, found.kind);
  if (extension === null || reading.problems.some((problem) => problem.severity === 'error')) return reading;
  return { ...reading, problems: [...reading.problems, problems.wrongName(extension, kindNames[found.kind] ?? 'something else')] };
}

const kindNames: Readonly<Record<string, string>> = {
  pdf: 'a PDF',
  image: 'a picture',
  xml: 'XML',
  html: 'a web page',
  text: 'plain text',
  bmp: 'a picture',
  word: 'a Word file',
  workbook: 'a workbook',
};

async function readAs(found: FileKind, { bytes, fileName }: { readonly bytes: Uint8Array; readonly fileName: string }): Promise<Reading> {
  switch (found.kind) {
    case 'pdf':
      return readPdf(bytes.subarray(found.offset));
    case 'image':
      return readImage(bytes, found);
    case 'xml':
      return readXmlFile(bytes);
    case 'html':
      return readHtml(bytes, found.mediaType);
    case 'text':
      return readPlainText(bytes, fileName);
    case 'word':
      return readWord(bytes, found.mediaType);
    case 'workbook':
      return readSheets(bytes, found.mediaType);
    case 'bmp':
      return readBmp(bytes, found.mediaType);
    case 'empty':
      return refused('application/x-empty', problems.emptyFile());
    case 'signed':
      return readSigned(bytes, fileName);
    case 'archive':
      return refused(found.mediaType, problems.archive());
    case 'office':
      return refused(found.mediaType, problems.officeDocument());
    case 'locked-office':
      return refused(found.mediaType, problems.officeLocked());
    case 'unsupported-image':
      return refused(found.mediaType, problems.unsupportedImage(found.name));
    case 'other':
      return refused(found.mediaType, problems.notADocument(found.name));
  }
}

/** Reads what a signed file carries. A signature that does not fit is said: somebody changed the content after it was signed. */
async function readSigned(bytes: Uint8Array, fileName: string): Promise<Reading> {
  const signed = await openSigned(bytes);
  if (signed === null) return refused('application/pkcs7-mime', problems.unopenable());
  const found = sniff(signed.bytes);
  if (found.kind === 'signed') return refused('application/pkcs7-mime', problems.unopenable());
  const reading = await readAs(found, { bytes: signed.bytes, fileName: fileName.replace(/\.p7m$/i, '') });
  return signed.isIntact ? reading : { ...reading, problems: [...reading.problems, problems.signatureBroken()] };
}

function readXmlFile(bytes: Uint8Array): Reading {
  const result = readXml(bytes);
  const isUsable = result.outcome === 'structured';
  return {
    mediaType: 'application/xml',
    source: 'xml',
    pages: [],
    structuredXml: isUsable ? result.text : null,
    problems: isUsable ? [] : [result.problem],
  };
}

/** libvips does not know bitmaps, so they go on as PNG. */
async function readBmp(bytes: Uint8Array, mediaType: string): Promise<Reading> {
  const picture = decodeBmp(bytes);
  if (picture === null) return refused(mediaType, problems.unopenable());
  const png = await toSharp(picture).png({ compressionLevel: 1 }).toBuffer();
  return { ...(await readImage(png, { mediaType: 'image/png' })), mediaType };
}

function refused(mediaType: string, problem: ReadingProblem): Reading {
  return { mediaType, source: 'text', pages: [], structuredXml: null, problems: [problem] };
}
