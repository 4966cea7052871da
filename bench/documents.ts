import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { DocumentReadResult } from '#domain/ports';
import { createDocumentReader, flattenExtraction } from '#intelligence';
import { findCorpus, sampleCorpus, type CorpusDocument, type DocumentClass } from './corpus.ts';
import { duration, megabytes, percentile, printTable } from './figures.ts';
import { watchMemory } from './process-tree.ts';
import { printScore, score } from './score.ts';

const seed = 20_261_123;

interface Timed {
  readonly document: CorpusDocument;
  readonly result: DocumentReadResult;
  readonly wallMs: number;
}

/** Time, throughput, memory and accuracy of reading documents, over a sample of the invoice data. */
export async function benchDocuments({ isSmoke }: { readonly isSmoke: boolean }): Promise<void> {
  const folder = findCorpus();
  if (folder === null) {
    console.log('\nDocuments: skipped, no invoice data. Set DESKHAND_DATA to the folder that holds invoices/index.jsonl.');
    return;
  }
  const sample = sampleCorpus(folder, isSmoke ? 2 : 24, seed);
  const serial = await readAll(folder, sample, 1);
  const parallel = await readAll(folder, sample, 2);
  const timeOf = new Map(serial.timed.map((timed) => [timed.document, timed]));
  printTable(
    `Documents: one process, ${serial.timed.length} documents drawn with seed ${seed}`,
    ['class', 'documents', 'p50', 'p95', 'longest', 'unreadable'],
    [...sample].map(([name, members]) => {
      const timed = members.flatMap((member) => timeOf.get(member) ?? []);
      const times = timed.map(({ wallMs }) => wallMs);
      const unreadable = timed.filter(({ result }) => result.extraction === null).length;
      return [
        name,
        String(times.length),
        duration(percentile(times, 50)),
        duration(percentile(times, 95)),
        duration(Math.max(...times)),
        String(unreadable),
      ];
    }),
  );
  printTable(
    'Documents: throughput of the whole sample and memory of all processes',
    ['processes', 'documents a minute', 'wall time', 'peak memory'],
    [
      ['1', perMinute(serial), duration(serial.wallMs), megabytes(serial.peakBytes)],
      ['2', perMinute(parallel), duration(parallel.wallMs), megabytes(parallel.peakBytes)],
    ],
  );
  const scored = await score(
    folder,
    serial.timed.map(({ document }) => document),
    serial.timed.map(({ result }) => (result.extraction === null ? {} : { ...flattenExtraction(result.extraction) })),
  );
  if (scored !== null) printScore(scored);
}

type Sample = ReadonlyMap<DocumentClass, readonly CorpusDocument[]>;

interface Pass {
  readonly timed: readonly Timed[];
  readonly wallMs: number;
  readonly peakBytes: number | null;
}

async function readAll(folder: string, sample: Sample, processes: number): Promise<Pass> {
  const reader = createDocumentReader({ processes });
  const memory = watchMemory(() => [process.pid]);
  const waiting = [...sample.values()].flat();
  const timed: Timed[] = [];
  // What a process loads once (models, WebAssembly) belongs to the start, not to the first document.
  const warmUp = sample.get('receipt photo')?.[0] ?? waiting[0];
  if (warmUp !== undefined) await Promise.all(Array.from({ length: processes }, () => readOne(warmUp)));
  const start = performance.now();
  const work = async (): Promise<void> => {
    for (let document = waiting.shift(); document !== undefined; document = waiting.shift()) timed.push(await readOne(document));
  };
  await Promise.all(Array.from({ length: processes }, work));
  const wallMs = performance.now() - start;
  memory.stop();
  await reader.close();
  return { timed, wallMs, peakBytes: memory.peak() };

  async function readOne(document: CorpusDocument): Promise<Timed> {
    const bytes = await readFile(path.join(folder, document.path));
    const startedAt = performance.now();
    const result = await reader.read({ fileName: path.basename(document.path), bytes });
    return { document, result, wallMs: performance.now() - startedAt };
  }
}

function perMinute({ timed, wallMs }: Pass): string {
  return String(Math.round((timed.length / wallMs) * 60_000));
}
