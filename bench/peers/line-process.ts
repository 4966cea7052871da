import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A program that answers each line of its input with a line of JSON, after a first one that says it is ready. */
export interface LineProcess {
  readonly pid: number;
  ask<T>(line: string): Promise<T>;
  close(): void;
}

/** @throws when the program ends before it is ready; the message carries what it said. */
export async function openLineProcess(program: string, args: readonly string[]): Promise<LineProcess> {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = `${said}${chunk.toString()}`.slice(-2000)));
  const failed = new Promise<never>((_resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => reject(new Error(`${program} ended with status ${String(code)}. ${said}`)));
  });
  // Only the one who asks is told.
  failed.catch(() => undefined);
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<unknown> => JSON.parse((await Promise.race([answers.next(), failed])).value as string);
  await next();
  return {
    pid: child.pid ?? 0,
    async ask<T>(line: string) {
      child.stdin.write(`${line}\n`);
      return (await next()) as T;
    },
    close: () => void child.kill(),
  };
}
