import { settleProof } from '#domain/documents';
import type { Reading, ReadingProblem } from '#domain/documents';
import { asDeskhandError } from '#domain/errors';
import type { DocumentReader, DocumentReadResult, PageRenderer, RenderedPage } from '#domain/ports';
import { createIsolatedPool, platformErrors } from '#platform';
import { problems } from './problems.ts';
import type { ReadInput, RenderInput } from './reader-tasks.ts';

export interface DocumentReaderOptions {
  /** Reading processes at most; one per core is best. */
  readonly processes: number;
  /** For one document. @default 120_000, twice what 20 scanned pages take on a slow core. */
  readonly timeoutMs?: number;
  /** Resident memory of one process. @default 1_000_000_000: the largest scans of our corpus take 700 MB. */
  readonly memoryLimitBytes?: number;
  /** A process without work ends after this. @default 60_000 */
  readonly idleMs?: number;
}

/** Reads and renders documents in processes of their own; close it when the server stops. */
export interface IsolatedDocumentReader extends DocumentReader, PageRenderer {
  close(): Promise<void>;
}

/** A page is rendered in well under a second; a person waits for it. */
const renderTimeoutMs = 20_000;

/** Creates the reader. It starts no process before the first document. */
export function createDocumentReader(options: DocumentReaderOptions): IsolatedDocumentReader {
  const pool = createIsolatedPool({
    entry: new URL(`./reader-tasks${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url),
    processes: options.processes,
    timeoutMs: options.timeoutMs ?? 120_000,
    memoryLimitBytes: options.memoryLimitBytes ?? 1_000_000_000,
    ...(options.idleMs === undefined ? {} : { idleMs: options.idleMs }),
  });
  return {
    async read(file) {
      const start = performance.now();
      try {
        return checked(await pool.run<DocumentReadResult>('read', file satisfies ReadInput));
      } catch (thrown) {
        const problem = problemOf(thrown);
        if (problem === null) throw thrown;
        return { reading: failedReading(problem), extraction: null, ms: Math.round(performance.now() - start) };
      }
    },
    async render({ bytes }, pageNumber, rotation) {
      try {
        return await pool.run<RenderedPage | null>('render', { bytes, pageNumber, rotation } satisfies RenderInput, {
          timeoutMs: renderTimeoutMs,
        });
      } catch (thrown) {
        if (problemOf(thrown) === null) throw thrown;
        return null;
      }
    },
    close: () => pool.close(),
  };
}

/** The proof is checked here, outside the process that opened the file: what took that process over could say anything. */
function checked(result: DocumentReadResult): DocumentReadResult {
  return result.extraction === null ? result : { ...result, extraction: settleProof(result.reading, result.extraction) };
}

/** A reader that was killed by its document is a problem of the document; a stop of the server is not. */
function problemOf(thrown: unknown): ReadingProblem | null {
  switch (asDeskhandError(thrown)?.code) {
    case platformErrors.isolatedTimedOut.code:
      return problems.timedOut();
    case platformErrors.isolatedOutOfMemory.code:
      return problems.outOfMemory();
    case platformErrors.isolatedCrashed.code:
      return problems.readerCrashed();
    default:
      return null;
  }
}

function failedReading(problem: ReadingProblem): Reading {
  return { mediaType: 'application/octet-stream', source: 'text', pages: [], structuredXml: null, problems: [problem] };
}
