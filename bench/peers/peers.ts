import { execFile, spawnSync } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import type { Page, Reading, Word } from '#domain/documents';
import { extract, flattenExtraction } from '#intelligence';
import { openLineProcess, type LineProcess } from './line-process.ts';
import { pagePictures } from './page-pictures.ts';

const runFile = promisify(execFile);

/** Values by field, as the scorer wants them; null where nothing was found. */
export type Prediction = Readonly<Record<string, unknown>>;

/** Another product that reads documents. */
export interface Peer {
  readonly name: string;
  /** Process to watch the memory of; null where each document gets its own. */
  readonly pid: number | null;
  read(file: string): Promise<Prediction>;
  close(): void;
}

export const peerNames = ['rapidocr', 'tesseract', 'invoice2data'] as const;
export type PeerName = (typeof peerNames)[number];

/** @throws when the peer is not installed, with how to install it. */
export async function openPeer(name: PeerName, folder: string): Promise<Peer> {
  if (name === 'tesseract') return openTesseract(folder);
  const script = path.join(import.meta.dirname, `${name}-${name === 'rapidocr' ? 'lines' : 'fields'}.py`);
  const python = path.join(process.env['DESKHAND_PEERS'] ?? '.cache/peers', `venv-${name}`, 'bin', 'python');
  const child = await openLineProcess(python, [script]);
  const read = name === 'rapidocr' ? readWithRapidOcr(child, folder) : readWithInvoice2Data(child);
  return { name, pid: child.pid, read, close: () => child.close() };
}

interface Line {
  readonly text: string;
  readonly box: readonly [number, number, number, number];
  readonly confidence: number;
}

/** RapidOCR reads words; Deskhand's own extraction makes fields of them, so that reading alone is compared. */
function readWithRapidOcr(child: LineProcess, folder: string): Peer['read'] {
  return async (file) => {
    const pages: Line[][] = [];
    for (const picture of pagePictures(file, folder)) pages.push((await child.ask<{ lines: Line[] }>(picture)).lines);
    return fieldsOf(pages.map((lines) => lines.flatMap(wordsOf)));
  };
}

/** A line's words, each with its share of the width. */
function wordsOf({ text, box, confidence }: Line): Line[] {
  const width = (box[2] - box[0]) / Math.max(1, text.length);
  return [...text.matchAll(/\S+/g)].map((match) => ({
    text: match[0],
    box: [box[0] + match.index * width, box[1], box[0] + (match.index + match[0].length) * width, box[3]],
    confidence,
  }));
}

function openTesseract(folder: string): Peer {
  const version = spawnSync('tesseract', ['--version']);
  if (version.status !== 0) throw new Error('tesseract is not installed; it comes with tesseract-ocr.');
  return {
    name: 'tesseract',
    pid: null,
    read: async (file) => {
      const pages: Line[][] = [];
      for (const picture of pagePictures(file, folder)) pages.push(await tesseractWords(picture));
      return fieldsOf(pages);
    },
    close: () => undefined,
  };
}

async function tesseractWords(picture: string): Promise<Line[]> {
  const png = await sharp(picture).rotate().png({ compressionLevel: 1 }).toBuffer();
  // Not the synchronous form: the memory of the child is watched meanwhile.
  const run = runFile('tesseract', ['stdin', 'stdout', 'tsv'], { maxBuffer: 64 * 1024 * 1024 });
  run.child.stdin?.end(png);
  const rows = (await run).stdout.split('\n').map((row) => row.split('\t'));
  return rows
    .filter((row) => row[0] === '5' && (row[11] ?? '').trim() !== '')
    .map((row) => {
      const [left, top, width, height, confidence] = row.slice(6, 11).map(Number) as [number, number, number, number, number];
      return { text: row[11] ?? '', box: [left, top, left + width, top + height], confidence: confidence / 100 };
    });
}

function fieldsOf(pages: readonly (readonly Line[])[]): Prediction {
  let id = 0;
  const made = pages.map((lines, index): Page => {
    const words = lines.map(({ text, box, confidence }): Word => ({ id: id++, text, box, confidence }));
    const width = Math.max(1, ...words.map(({ box }) => box[2]));
    const height = Math.max(1, ...words.map(({ box }) => box[3]));
    return { number: index + 1, width, height, words, rotation: 0 };
  });
  const reading: Reading = { mediaType: 'image/png', source: 'ocr', pages: made, structuredXml: null, problems: [] };
  return { ...flattenExtraction(extract(reading)) };
}

/** invoice2data finds fields by itself, where one of its templates fits. */
function readWithInvoice2Data(child: LineProcess): Peer['read'] {
  return async (file) => {
    const { fields } = await child.ask<{ fields: Record<string, unknown> | null }>(file);
    if (fields === null) return {};
    return {
      invoiceNumber: fields['invoice_number'] ?? null,
      issueDate: typeof fields['date'] === 'string' ? fields['date'].slice(0, 10) : null,
      supplierName: fields['issuer'] ?? null,
      currency: fields['currency'] ?? null,
      grossTotal: fields['amount'] ?? null,
      lines: [],
    };
  };
}
