import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Reading } from '#domain/documents';
import { readDocument } from '#intelligence';
import type { LabelledReading } from '#intelligence';
import { syntheticDocuments } from './synthetic-documents.ts';
import type { SyntheticOptions } from './synthetic-documents.ts';

/** Drawn papers as our own reader reads them, and the hashes that say which they are. */
export interface SyntheticDataset {
  readonly documents: readonly LabelledReading[];
  /** Over the bytes of every paper and its truth. */
  readonly sha256: string;
  readonly readingsSha256: string;
}

/**
 * Draws and reads papers. Readings are kept in `kept` by the hash of their file: only scans take long (OCR).
 *
 * @throws what the reader throws; the papers are our own, so no process of its own is needed.
 */
export async function readSynthetic(options: SyntheticOptions, kept: string): Promise<SyntheticDataset> {
  await mkdir(kept, { recursive: true });
  const [hash, readingsHash] = [createHash('sha256'), createHash('sha256')];
  const documents: LabelledReading[] = [];
  for await (const { fileName, bytes, program: _, ...labels } of syntheticDocuments(options)) {
    hash.update(bytes).update(JSON.stringify(labels));
    const reading = await readingOf(kept, { fileName, bytes });
    readingsHash.update(JSON.stringify(reading));
    if (reading.pages.some((page) => page.words.length > 0)) documents.push({ ...labels, reading });
  }
  return { documents, sha256: hash.digest('hex'), readingsSha256: readingsHash.digest('hex') };
}

async function readingOf(kept: string, file: { readonly fileName: string; readonly bytes: Uint8Array }): Promise<Reading> {
  const target = path.join(kept, `${createHash('sha256').update(file.bytes).digest('hex').slice(0, 32)}.json`);
  if (existsSync(target)) return JSON.parse(await readFile(target, 'utf8')) as Reading;
  const reading = await readDocument(file);
  await writeFile(`${target}.${process.pid}`, JSON.stringify(reading));
  await rename(`${target}.${process.pid}`, target);
  return reading;
}
