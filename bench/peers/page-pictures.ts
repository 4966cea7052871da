import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** The pages of a document as picture files: a picture itself, or a PDF at 200 dpi by poppler's pdftoppm. */
export function pagePictures(file: string, folder: string): string[] {
  if (!file.endsWith('.pdf')) return [file];
  const own = path.join(folder, path.basename(file, '.pdf'));
  mkdirSync(own, { recursive: true });
  const run = spawnSync('pdftoppm', ['-r', '200', '-png', file, path.join(own, 'page')], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`pdftoppm cannot be used: ${run.error?.message ?? run.stderr}. It comes with poppler-utils.`);
  return readdirSync(own)
    .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((name) => path.join(own, name));
}
