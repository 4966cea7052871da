import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Reading } from '#domain/documents';
import { createDocumentReader } from '#intelligence';
import type { CorpusDocument } from './corpus.ts';

/**
 * Gives each document's reading to `visit`, with its place in the list; in no fixed order, two at a time.
 *
 * @param kept - a folder where readings are kept between runs, or null.
 */
export async function visitReadings(
  corpus: string,
  documents: readonly CorpusDocument[],
  kept: string | null,
  visit: (document: CorpusDocument, reading: Reading, index: number) => void,
): Promise<void> {
  const processes = Math.min(2, os.availableParallelism());
  const reader = createDocumentReader({ processes });
  if (kept !== null) await mkdir(kept, { recursive: true });
  const waiting = documents.entries();
  const work = async (): Promise<void> => {
    for (const [index, document] of waiting) visit(document, await readingOf(document), index);
  };
  await Promise.all(Array.from({ length: processes }, work));
  await reader.close();

  async function readingOf(document: CorpusDocument): Promise<Reading> {
    const file = kept === null ? null : path.join(kept, `${document.id.replaceAll('/', '__')}.json`);
    if (file !== null && existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Reading;
    const bytes = await readFile(path.join(corpus, document.path));
    const { reading } = await reader.read({ fileName: path.basename(document.path), bytes });
    // What only a busy machine could not do is not kept.
    const isLasting = reading.problems.every(({ code }) => !passingProblems.has(code));
    if (file !== null && isLasting) {
      // Written beside and renamed: several runs may share the folder.
      await writeFile(`${file}.${process.pid}`, JSON.stringify(reading));
      await rename(`${file}.${process.pid}`, file);
    }
    return reading;
  }
}

const passingProblems: ReadonlySet<string> = new Set(['timed-out', 'out-of-memory', 'reader-crashed']);

/** Whether anything can be extracted from the reading. */
export function isUsable(reading: Reading): boolean {
  return reading.structuredXml !== null || reading.pages.some((page) => page.words.length > 0);
}
