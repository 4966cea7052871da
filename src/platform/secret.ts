import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inspect } from 'node:util';

/** A value that must not be seen: printing, logging or serialising it gives `[secret]`. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself: for handing it to what needs it, never for keeping. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [inspect.custom](): string {
    return '[secret]';
  }
}

/**
 * The installation's secret: the given one, or one that is made once and kept in the data folder, readable by its owner
 * only. Passwords of database roles and signatures come from it, so it belongs into the backup.
 */
export async function installationSecret(dataFolder: string, given: Secret | null): Promise<Secret> {
  if (given !== null) return given;
  const file = path.join(dataFolder, 'secret');
  await mkdir(dataFolder, { recursive: true });
  try {
    await writeFile(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
  }
  return new Secret((await readFile(file, 'utf8')).trim());
}
