import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createUnpacker, unpackMessage } from '#connectors';
import type { DocumentReader, Unpacker } from '#domain/ports';
import { createDocumentReader, extract, readDocument } from '#intelligence';
import { makeInput, type FuzzInput } from './make-input.ts';
import { faultsOfReading, faultsOfUnpacking } from './rules.ts';
import type { Seed } from './seeds.ts';
import { watchChildren } from './watch-children.ts';

/** An input that broke a rule, kept as a file. */
export interface Finding {
  readonly input: FuzzInput;
  readonly faults: readonly string[];
  readonly path: string;
}

/** What a run found, and what it cost. */
export interface FuzzReport {
  readonly findings: readonly Finding[];
  /** How often inputs ended in what: `read`, or the code of the first error. */
  readonly outcomes: ReadonlyMap<string, number>;
  readonly slowest: readonly { readonly input: FuzzInput; readonly ms: number }[];
  readonly seconds: number;
  /** Of this process and its children. */
  readonly cpuSeconds: number;
  /** Resident memory of the largest child. */
  readonly peakMegabytes: number;
}

/** The product's readers, each in processes of its own, with the product's own limits of time and memory. */
export interface Readers {
  readonly reader: DocumentReader;
  readonly unpacker: Unpacker;
  close(): Promise<void>;
}

/** One more than there are cores: while two read, the next is made. */
const lanes = 3;
/** After so many inputs each lane reads a good file, as it does after each finding. */
const goodEvery = 200;
/** A run that breaks everywhere says so with these; more would only fill the disk. */
const mostFindings = 25;

export function openReaders(): Readers {
  const reader = createDocumentReader({ processes: 2 });
  const unpacker = createUnpacker({ processes: 1 });
  return { reader, unpacker, close: async () => void (await Promise.all([reader.close(), unpacker.close()])) };
}

/** The same code in this process: quicker to start and to debug, but what hangs or kills it does so here. */
export function readersInProcess(): Readers {
  return {
    reader: {
      async read(file) {
        const reading = await readDocument(file);
        const isUsable = reading.structuredXml !== null || reading.pages.some((page) => page.words.length > 0);
        return { reading, extraction: isUsable ? extract(reading) : null, ms: 0 };
      },
    },
    unpacker: { unpack: (message) => unpackMessage(message) },
    close: () => Promise.resolve(),
  };
}

interface Judgement {
  readonly faults: string[];
  readonly outcome: string;
  readonly ms: number;
}

/** Reads one input as the product would: a mail is opened and its first document read. */
export async function judge({ reader, unpacker }: Readers, input: FuzzInput): Promise<Judgement> {
  const start = performance.now();
  const took = (): number => Math.round(performance.now() - start);
  try {
    if (input.kind !== 'mail' && input.kind !== 'package' && !/\.(?:tnef|dat|eml|zip)$/.test(input.fileName)) {
      const result = await reader.read(input);
      return { faults: faultsOfReading(result), outcome: errorIn(result.reading.problems) ?? 'read', ms: took() };
    }
    const message = await unpacker.unpack({
      externalId: String(input.index),
      kind: input.kind === 'mail' ? 'mail' : 'file',
      fileName: input.fileName,
      bytes: input.bytes,
      receivedAt: new Date(0),
    });
    const [part] = message.parts;
    const result = part === undefined || part.bytes.length > 100_000 ? null : await reader.read(part);
    return {
      faults: [...faultsOfUnpacking(message), ...(result === null ? [] : faultsOfReading(result))],
      outcome: `unpacked, ${message.problems[0]?.code ?? errorIn(result?.reading.problems ?? []) ?? (result === null ? 'no document' : 'read')}`,
      ms: took(),
    };
  } catch (thrown) {
    return {
      faults: [`it threw ${thrown instanceof Error ? (thrown.stack ?? thrown.message).slice(0, 600) : String(thrown)}`],
      outcome: 'threw',
      ms: took(),
    };
  }
}

function errorIn(problems: readonly { readonly code: string; readonly severity: string }[]): string | undefined {
  return problems.find(({ severity }) => severity === 'error')?.code;
}

/** Sends mutated files through the readers, several at a time, and holds each result to the rules. */
export async function fuzz(
  readers: Readers,
  seeds: readonly Seed[],
  { inputs, seed }: { readonly inputs: number; readonly seed: number },
): Promise<FuzzReport> {
  const begunAt = performance.now();
  const children = watchChildren();
  const good = await goodFile(readers, seeds);
  const findings: Finding[] = [];
  const outcomes = new Map<string, number>();
  let slowest: { input: FuzzInput; ms: number }[] = [];
  let next = 0;
  const note = (input: FuzzInput, faults: readonly string[]): void => {
    findings.push({ input, faults, path: keep(input) });
  };
  const lane = async (): Promise<void> => {
    for (let index = next++; index < inputs && findings.length < mostFindings; index = next++) {
      const input = makeInput(seeds, seed, index);
      const { faults, outcome, ms } = await judge(readers, input);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      slowest = [...slowest, { input, ms }].toSorted((left, right) => right.ms - left.ms).slice(0, 5);
      if (index % 1000 === 999) process.stderr.write(`${index + 1} inputs, ${findings.length} findings\n`);
      if (faults.length > 0) note(input, faults);
      if ((faults.length > 0 || index % goodEvery === 0) && !(await good())) note(input, ['the next good file was not read as before']);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  await readers.close();
  const { cpuSeconds, peakMegabytes } = children.stop();
  return { findings, outcomes, slowest, seconds: (performance.now() - begunAt) / 1000, cpuSeconds, peakMegabytes };
}

/** Tells whether a good file is still read as it was at the start. */
async function goodFile({ reader }: Readers, seeds: readonly Seed[]): Promise<() => Promise<boolean>> {
  const file = seeds.find(({ name }) => name === 'label.pdf') ?? seeds[0];
  if (file === undefined) return () => Promise.resolve(true);
  const read = async (): Promise<string> => {
    const { reading, extraction } = await reader.read({ fileName: file.name, bytes: file.bytes });
    return JSON.stringify([reading, extraction]);
  };
  const expected = await read();
  return async () => (await read()) === expected;
}

let folder: string | undefined;

function keep({ index, fileName, bytes }: FuzzInput): string {
  folder ??= mkdtempSync(path.join(tmpdir(), 'deskhand-fuzz-'));
  const kept = path.join(folder, `${index}-${fileName.replaceAll(/[^\w.-]/g, '_')}`);
  writeFileSync(kept, bytes);
  return kept;
}
