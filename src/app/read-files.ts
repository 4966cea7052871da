import { readFile, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { createDocumentReader } from '#intelligence';
import type { FileRead } from '#interfaces';
import type { Config } from '#platform';
import type { AskModel } from './open-language-model.ts';

// As the reader's own limit for one file; a larger one is not even loaded.
const mostBytes = 64 * 1024 * 1024;

/**
 * Reads files on all cores, without server or database. One bad file never stops the others.
 *
 * @param model - settings of the language model that is asked about values in doubt; null asks none.
 */
export async function readFiles(files: readonly string[], onResult: (read: FileRead) => void, model: Config | null): Promise<void> {
  const processes = Math.min(availableParallelism(), files.length);
  const reader = createDocumentReader({ processes });
  // Loaded only when it is asked.
  const ask: AskModel | null = model === null ? null : (await import('./open-language-model.ts')).openModelForFiles(model, reader);
  const waiting = [...files];
  // One more under way than there are processes, so that none waits for the disk.
  const lanes = Array.from({ length: processes + 1 }, async () => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      const bytes = await load(file);
      if ('problem' in bytes) {
        onResult({ file, result: null, problem: bytes.problem });
        continue;
      }
      const named = { fileName: path.basename(file), bytes: bytes.content };
      const result = await reader.read(named);
      onResult({ file, result: ask === null ? result : await ask(named, result) });
    }
  });
  await Promise.all(lanes);
  await reader.close();
}

async function load(file: string): Promise<{ readonly content: Uint8Array } | { readonly problem: NonNullable<FileRead['problem']> }> {
  try {
    const { size } = await stat(file);
    if (size > mostBytes)
      return { problem: { code: 'too-large', message: `It has ${Math.round(size / 1e6)} MB; split it into files of at most 64 MB.` } };
    return { content: await readFile(file) };
  } catch (cause) {
    return { problem: { code: 'file-unreadable', message: cause instanceof Error ? cause.message : String(cause) } };
  }
}
