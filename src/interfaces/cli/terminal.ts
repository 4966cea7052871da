import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Terminal } from './cli-context.ts';

/** The process's own streams. Data goes to stdout, notes to stderr, so that a pipe gets data only. */
export function processTerminal(options: { readonly noColor: boolean }): Terminal {
  const isInteractive = process.stdin.isTTY === true && process.stderr.isTTY === true;
  // A reader that has seen enough (`| head`) is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return {
    write: (text) => void process.stdout.write(text),
    note: (text) => void process.stderr.write(`${text}\n`),
    isInteractive,
    isRead: process.stdout.isTTY === true,
    hasColor: process.stdout.isTTY === true && !options.noColor,
    ask,
    async readInput() {
      const chunks: Buffer[] = [];
      for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks);
    },
  };
}

async function ask(question: string, isSecret = false): Promise<string> {
  let isMuted = false;
  const output = new Writable({
    write(chunk: Buffer, _, done) {
      if (!isMuted) process.stderr.write(chunk);
      done();
    },
  });
  const reader = createInterface({ input: process.stdin, output, terminal: true });
  try {
    const answer = reader.question(question);
    isMuted = isSecret;
    return await answer;
  } finally {
    reader.close();
    if (isSecret) process.stderr.write('\n');
  }
}

/** Columns as wide as their widest cell; numbers are the caller's to pad. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 } as const;

export function paint(terminal: Pick<Terminal, 'hasColor'>, style: keyof typeof codes, text: string): string {
  return terminal.hasColor ? `\u001B[${codes[style]}m${text}\u001B[0m` : text;
}
