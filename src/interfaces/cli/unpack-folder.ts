import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Unzip, UnzipInflate } from 'fflate';
import { DeskhandError } from '#domain/errors';
import { interfaceErrors } from '../errors.ts';

/**
 * Writes a zip that is still arriving into a folder, file by file.
 *
 * @throws DH_INTERFACES_USAGE when the folder holds something, DH_INTERFACES_UNEXPECTED when the zip ends early or would
 *   write outside of the folder.
 */
export async function unpackFolder(zip: AsyncIterable<Uint8Array>, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) throw new DeskhandError(interfaceErrors.usage, `${folder} is not empty. Name a new folder.`);
  const arrived: { readonly name: string; readonly chunks: Uint8Array[] }[] = [];
  const unzip = new Unzip((file) => {
    const chunks: Uint8Array[] = [];
    file.ondata = (error, chunk, isLast) => {
      if (error !== null) throw broken(error);
      chunks.push(chunk);
      if (isLast) arrived.push({ name: file.name, chunks });
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  let isWhole = false;
  try {
    for await (const chunk of zip) {
      unzip.push(chunk);
      for (const { name, chunks } of arrived.splice(0)) {
        await writeInside(folder, name, Buffer.concat(chunks));
        isWhole ||= name === 'manifest.json';
      }
    }
  } catch (cause) {
    throw broken(cause);
  }
  if (!isWhole) throw broken(null);
}

async function writeInside(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const file = path.resolve(folder, name);
  if (!file.startsWith(folder + path.sep)) throw broken(null);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, bytes);
}

function broken(cause: unknown): DeskhandError {
  return cause instanceof DeskhandError
    ? cause
    : new DeskhandError(
        interfaceErrors.unexpected,
        'The folder did not arrive whole. Delete what is there and export again; a shorter period makes a smaller folder.',
        { cause },
      );
}
