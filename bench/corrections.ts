import { headerFieldNames, type Extraction, type FieldName, type Memory, type Reading } from '#domain/documents';
import { extract, layoutMemory } from '#intelligence';
import { allDocuments, findCorpus } from './corpus.ts';
import type { ExtractionOptions } from './extraction.ts';
import { printTable } from './figures.ts';
import { isUsable, visitReadings } from './readings.ts';

interface Paper {
  readonly id: string;
  readonly set: string;
  readonly layout: string;
  readonly truth: Readonly<Record<string, unknown>>;
  readonly labelled: readonly string[];
  readonly reading: Reading;
  readonly extraction: Extraction;
}

interface Tally {
  pairs: number;
  taught: number;
  rightBefore: number;
  rightAfter: number;
  harmed: number;
}

/**
 * The correction experiment: a person puts one field of a paper right, then the next paper of the same supplier and layout is read. Counted are
 * the fields that had to be put right ("wrong before"), and all others as if a person had confirmed them, so that harm shows.
 */
export async function benchCorrections({ only, misses, readings }: ExtractionOptions): Promise<void> {
  const corpus = findCorpus();
  if (corpus === null) {
    console.log('\nCorrections: skipped, no invoice data. Set DESKHAND_DATA to the folder that holds them.');
    return;
  }
  const papers: Paper[] = [];
  const documents = allDocuments(corpus).filter(({ set }) => only.length === 0 || only.includes(set));
  await visitReadings(corpus, documents, readings, ({ id, set, row }, reading) => {
    const { truth, labelled, layout, issuer } = JSON.parse(row) as {
      truth: Record<string, unknown> | null;
      labelled: string[] | null;
      layout: string;
      issuer: string;
    };
    if (truth === null || labelled === null || reading.pages.length === 0 || reading.structuredXml !== null || !isUsable(reading)) return;
    papers.push({ id, set, layout: `${layout} of ${issuer}`, truth, labelled, reading, extraction: extract(reading) });
  });
  const corrected = new Map<string, Tally>();
  const confirmed = new Map<string, Tally>();
  const shown: string[] = [];
  for (const layout of Map.groupBy(papers, ({ set, layout }) => `${set}/${layout}`).values()) {
    const inOrder = layout.toSorted((a, b) => a.id.localeCompare(b.id));
    for (const [index, paper] of inOrder.entries()) {
      const next = inOrder[index + 1];
      if (next !== undefined) for (const field of headerFieldNames) compare(field, paper, next);
    }
  }
  for (const [title, tallies] of [
    ['After one correction, the next paper of the layout', corrected],
    ['After a value was confirmed, the next paper of the layout (harm)', confirmed],
  ] as const) {
    printTable(
      title,
      ['of', 'papers', 'something learnt', 'right without', 'right with', 'share', 'made wrong'],
      [...tallies].map(([key, { pairs, taught, rightBefore, rightAfter, harmed }]) => [
        key,
        String(pairs),
        String(taught),
        String(rightBefore),
        String(rightAfter),
        (rightAfter / pairs).toFixed(3),
        String(harmed),
      ]),
    );
  }
  for (const line of shown.slice(0, misses)) console.log(`LEARN ${line}`);

  function compare(field: FieldName, paper: Paper, next: Paper): void {
    if (!paper.labelled.includes(field) || !next.labelled.includes(field)) return;
    const [said, wanted] = [textOf(paper.truth[field]), textOf(next.truth[field])];
    const read = paper.extraction.fields[field].value;
    const isWrong = !isSame(field, read, said);
    if (said === null && read === null) return;
    const lesson = layoutMemory.learn(paper.reading, { field, said, read });
    const memories: Memory[] = lesson === null ? [] : [{ id: 'm', print: layoutMemory.printOf(paper.reading), lesson }];
    const before = isSame(field, next.extraction.fields[field].value, wanted);
    const { extraction } = layoutMemory.recall(next.reading, next.extraction, memories);
    const after = isSame(field, extraction.fields[field].value, wanted);
    for (const key of [field, next.set, 'ALL']) count(isWrong ? corrected : confirmed, key, { isTaught: lesson !== null, before, after });
    if (!after && (isWrong || before))
      shown.push(
        `${next.id} ${field} ${String(wanted)}: ${String(extraction.fields[field].value)} (${extraction.fields[field].origin ?? ''}), after ${paper.id} ${String(said)} ${lesson === null ? 'taught nothing' : JSON.stringify(lesson.anchors.slice(0, 2))}`,
      );
  }
}

function count(
  tallies: Map<string, Tally>,
  key: string,
  { isTaught, before, after }: Readonly<Record<'isTaught' | 'before' | 'after', boolean>>,
): void {
  const tally = tallies.get(key) ?? { pairs: 0, taught: 0, rightBefore: 0, rightAfter: 0, harmed: 0 };
  tally.pairs += 1;
  if (isTaught) tally.taught += 1;
  if (before) tally.rightBefore += 1;
  if (after) tally.rightAfter += 1;
  if (before && !after) tally.harmed += 1;
  tallies.set(key, tally);
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null;
}

function isSame(field: FieldName, value: string | null, wanted: string | null): boolean {
  if (value === null || wanted === null) return value === wanted;
  if (field.endsWith('Total')) return Math.abs(Number(value) - Number(wanted)) < 0.005;
  const bare = (text: string): string => text.replaceAll(/[^\p{L}\p{N}]/gu, '').toLowerCase();
  return bare(value) === bare(wanted);
}
