import { checkProof } from '#domain/documents';
import { extract } from '#intelligence';
import { printBoxes, type BoxedDocument } from './boxes.ts';
import { allDocuments, findCorpus } from './corpus.ts';
import type { ExtractionOptions } from './extraction.ts';
import { printTable } from './figures.ts';
import { isUsable, visitReadings } from './readings.ts';

/** Whether proof cards hold when they are checked independently, and whether values point at where they are printed. */
export async function benchEvidence({ only, misses, readings }: ExtractionOptions): Promise<void> {
  const corpus = findCorpus();
  if (corpus === null) {
    console.log('\nEvidence: skipped, no invoice data. Set DESKHAND_DATA to the folder that holds them.');
    return;
  }
  const documents = allDocuments(corpus).filter(({ set }) => only.length === 0 || only.includes(set));
  const boxed: BoxedDocument[] = [];
  await visitReadings(corpus, documents, readings, ({ id, set, row }, reading) => {
    if (!isUsable(reading)) return;
    const { truth } = JSON.parse(row) as { truth: Record<string, unknown> | null };
    boxed.push({ id, set, truth: truth ?? {}, reading, extraction: extract(reading) });
  });
  printProofs(boxed, misses);
  printBoxes(boxed, misses);
}

function printProofs(documents: readonly BoxedDocument[], misses: number): void {
  const start = performance.now();
  const checks = documents.map(({ id, set, reading, extraction }) => ({ id, set, check: checkProof(reading, extraction) }));
  const ms = performance.now() - start;
  const groups = Map.groupBy(checks, ({ set }) => set);
  printTable(
    `Proof cards checked independently (${(ms / Math.max(1, documents.length)).toFixed(2)} ms a document)`,
    ['set', 'documents', 'cards hold', 'fail', 'equations', 'proven values'],
    [...groups, ['ALL', checks] as const].map(([set, group]) => [
      set,
      String(group.length),
      String(group.filter(({ check }) => check.outcome === 'holds').length),
      String(group.filter(({ check }) => check.outcome !== 'holds').length),
      String(group.reduce((sum, { check }) => sum + check.equations, 0)),
      String(group.reduce((sum, { check }) => sum + check.proven.length, 0)),
    ]),
  );
  const failing = checks.filter(({ check }) => check.outcome !== 'holds');
  for (const { id, check } of failing.slice(0, Math.max(5, misses))) console.log(`PROOF ${id} ${check.faults.slice(0, 3).join(' ')}`);
  if (failing.length > 0) process.exitCode = 1;
}
