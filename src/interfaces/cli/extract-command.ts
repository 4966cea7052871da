import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { Presets, SingleBar } from 'cli-progress';
import type { Consultation } from '#domain/documents';
import { DeskhandError } from '#domain/errors';
import { interfaceErrors } from '../errors.ts';
import { exitStatus, type CliContext, type ExitStatus, type FileRead, type Terminal } from './cli-context.ts';
import { explain, toExplanation } from './explain.ts';
import { hasFailed, toRecord, type ExtractRecord } from './extract-record.ts';
import { paint } from './terminal.ts';

export interface ExtractOptions {
  readonly json?: boolean;
  readonly jsonl?: boolean;
  /** Every value with its grounds instead of the plain record. */
  readonly explain?: boolean;
  /** A language model is asked about values in doubt. */
  readonly llm?: boolean;
}

/** What a folder is searched for; a file that is named itself is read whatever it is called. */
const documentEndings = new Set('.pdf .png .jpg .jpeg .jfif .webp .tif .tiff .gif .bmp .avif .heic .xml .html .htm .txt'.split(' '));

/**
 * Reads documents without server or database. Results are printed as they come with `--jsonl` (also when nothing is
 * asked for in a pipe), in the order of the files with `--json`.
 */
export async function extract({ handlers, terminal }: CliContext, paths: readonly string[], options: ExtractOptions): Promise<ExitStatus> {
  if (options.llm === true && handlers.hasLanguageModel !== true) {
    const advice = 'No language model is set up: DESKHAND_LLM_URL and DESKHAND_LLM_MODEL name one (docs/guides/language-model.md).';
    throw new DeskhandError(interfaceErrors.usage, advice);
  }
  const { files, skipped } = await findFiles(paths);
  if (files.length === 0) throw new DeskhandError(interfaceErrors.usage, `There is no document in ${paths.join(', ')}.`);
  if (skipped > 0) terminal.note(`Left out ${skipped} ${skipped === 1 ? 'file' : 'files'}: no document by its name.`);
  const printer = printerOf(terminal, options, files);
  const bar = progressBar(terminal, files.length);
  let failed = 0;
  let done = 0;
  const told: Consultation[] = [];
  const onResult = (read: FileRead): void => {
    done += 1;
    if (hasFailed(read)) failed += 1;
    const consultation = read.result?.extraction?.consultation;
    if (consultation !== undefined) told.push(consultation);
    printer.one(read);
    bar?.update(done, { failed });
  };
  await handlers.readFiles(files, onResult, options.llm === true);
  bar?.stop();
  printer.end();
  if (told.length > 0) terminal.note(sayConsultations(told));
  if (failed > 0) terminal.note(`${failed} of ${files.length} documents could not be read; their problems say why.`);
  return failed === 0 ? exitStatus.ok : exitStatus.failed;
}

/** @throws DH_INTERFACES_USAGE when a path does not exist. */
async function findFiles(paths: readonly string[]): Promise<{ files: string[]; skipped: number }> {
  const files: string[] = [];
  let skipped = 0;
  for (const named of paths) {
    const info = await stat(named).catch((cause: unknown) => {
      throw new DeskhandError(interfaceErrors.usage, `There is no file or folder ${named}.`, { cause });
    });
    if (!info.isDirectory()) {
      files.push(named);
      continue;
    }
    const entries = await readdir(named, { recursive: true, withFileTypes: true });
    const inside = entries
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map((entry) => path.join(entry.parentPath, entry.name));
    const documents = inside.filter((file) => documentEndings.has(path.extname(file).toLowerCase()) || path.extname(file) === '');
    skipped += inside.length - documents.length;
    files.push(...documents.toSorted());
  }
  return { files: [...new Set(files)], skipped };
}

/** What asking a language model came to, for all files together. */
function sayConsultations(told: readonly Consultation[]): string {
  const sum = (of: (one: Consultation) => number): number => told.reduce((total, one) => total + of(one), 0);
  const cost = sum((one) => Number(one.cost?.amount ?? 0));
  const currency = told.find((one) => one.cost !== null)?.cost?.currency;
  const answered = told.filter(({ outcome }) => outcome === 'answered').length;
  const others = [...new Set(told.filter(({ outcome }) => outcome !== 'answered').map(({ reason }) => reason))].map(
    (reason) => ` ${reason}`,
  );
  const price = currency === undefined ? '' : `, ${cost.toFixed(6)} ${currency}`;
  const tokens = `${sum((one) => one.tokens.input)} tokens in, ${sum((one) => one.tokens.output)} out`;
  return `The language model answered about ${answered} of ${told.length} documents in doubt: ${tokens}${price}.${others.join('')}`;
}

interface Printer {
  one(read: FileRead): void;
  end(): void;
}

function printerOf(terminal: Terminal, options: ExtractOptions, files: readonly string[]): Printer {
  const { json = false, jsonl = false, explain: isExplained = false } = options;
  const dataOf = isExplained ? toExplanation : toRecord;
  if (json) return wholePrinter(terminal, files, dataOf);
  if (jsonl || (!terminal.isRead && !isExplained)) {
    return { one: (read) => terminal.write(`${JSON.stringify(dataOf(read))}\n`), end: () => undefined };
  }
  const tell = (read: FileRead): string => (isExplained ? explain(terminal, read) : describe(terminal, toRecord(read), hasFailed(read)));
  return { one: (read) => terminal.write(tell(read)), end: () => undefined };
}

function wholePrinter(terminal: Terminal, files: readonly string[], dataOf: (read: FileRead) => object): Printer {
  const records = new Map<string, object>();
  return {
    one: (read) => void records.set(read.file, dataOf(read)),
    end: () =>
      terminal.write(
        `${JSON.stringify(
          files.flatMap((file) => records.get(file) ?? []),
          null,
          2,
        )}\n`,
      ),
  };
}

function describe(terminal: Terminal, record: ExtractRecord, isFailed: boolean): string {
  const mark = isFailed ? paint(terminal, 'red', '✗') : paint(terminal, 'green', '✓');
  const total = record.grossTotal === null ? '' : `${record.grossTotal} ${record.currency ?? ''}`;
  const facts = [record.documentType, record.invoiceNumber, record.issueDate, record.supplierName, total].filter(
    (fact) => fact !== null && fact !== '',
  );
  const problems = record.problems.map(
    (problem) => `    ${paint(terminal, problem.severity === 'error' ? 'red' : 'yellow', problem.message)}\n`,
  );
  return `${mark} ${paint(terminal, 'bold', record.file)}  ${facts.join(' · ')}  ${paint(terminal, 'dim', `${record.lines.length} lines, ${record.ms} ms`)}\n${problems.join('')}`;
}

/** On a terminal only, and only while the results go elsewhere. */
function progressBar(terminal: Terminal, total: number): SingleBar | null {
  if (process.stderr.isTTY !== true || terminal.isRead) return null;
  const bar = new SingleBar(
    { format: 'Reading {bar} {value}/{total} · {failed} failed · {eta_formatted} left', stream: process.stderr, hideCursor: true },
    Presets.shades_classic,
  );
  bar.start(total, 0, { failed: 0 });
  return bar;
}
