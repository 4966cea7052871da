import { extract, flattenExtraction } from '#intelligence';
import { allDocuments, findCorpus, type CorpusDocument } from './corpus.ts';
import { score } from './score.ts';

type Prediction = Readonly<Record<string, unknown>>;
import { isUsable, visitReadings } from './readings.ts';

/** What is asked of the extraction bench; empty lists and texts mean all. */
export interface ExtractionOptions {
  /** Sets of the invoice data. */
  readonly only: readonly string[];
  /** A key of the index to group by: set, layout, kind, language, issuer. */
  readonly by: string;
  /** How many wrong values are printed. */
  readonly misses: number;
  /** A folder where readings are kept between runs, so that only the extraction is run again. Empty it when reading changes. */
  readonly readings: string | null;
}

/** Accuracy of the extraction over the whole invoice data, in this process, as the scorer beside the data prints it. */
export async function benchExtraction({ only, by, misses, readings }: ExtractionOptions): Promise<void> {
  const corpus = findCorpus();
  if (corpus === null) {
    console.log('\nExtraction: skipped, no invoice data. Set DESKHAND_DATA to the folder that holds them.');
    return;
  }
  const documents = allDocuments(corpus).filter(({ set }) => only.length === 0 || only.includes(set));
  const scored = await score(corpus, documents, await predictAll(corpus, documents, readings), by);
  if (scored === null) return;
  const isMiss = (line: string): boolean => line.startsWith('MISS ');
  const lines = scored.text.split('\n');
  console.log([...lines.filter((line) => !isMiss(line)), ...lines.filter(isMiss).slice(0, misses)].join('\n'));
}

async function predictAll(corpus: string, documents: readonly CorpusDocument[], kept: string | null): Promise<Prediction[]> {
  const predictions: Prediction[] = [];
  await visitReadings(corpus, documents, kept, (_document, reading, index) => {
    predictions[index] = isUsable(reading) ? { ...flattenExtraction(extract(reading)) } : {};
  });
  return predictions;
}
