import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { Presets, SingleBar } from 'cli-progress';
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
}

/** What a folder is searched for; a file that is named itself is read whatever it is called. */
const documentEndings = new Set('.pdf .png .jpg .jpeg .jfif .webp .tif .tiff .gif .bmp .avif .heic .xml .html .htm .txt'.split(' '));

/**
 * Reads documents without server or database. Results are printed as they come with `--jsonl` (also when nothing is
 * asked for in a pipe), in the order of the files with `--json`.
 */
export async function extract({ handlers, terminal }: CliContext, paths: readonly string[], options: ExtractOptions): Promise<ExitStatus> {
  const { files, skipped } = await findFiles(paths);
  if (files.length === 0) throw new DeskhandError(interfaceErrors.usage, `There is no document in ${paths.join(', ')}.`);
  if (skipped > 0) terminal.note(`Left out ${skipped} ${skipped === 1 ? 'file' : 'files'}: no document by its name.`);
  const printer = printerOf(terminal, options, files);
  const bar = progressBar(terminal, files.length);
  let failed = 0;
  let done = 0;
  await handlers.readFiles(files, (read) => {
    done += 1;
    if (hasFailed(read)) failed += 1;
    printer.one(read);
    bar?.update(done, { failed });
  });
  bar?.stop();
  printer.end();
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
