import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const codePattern = /\bcode: '(DH_[A-Z_]+)'/g;

interface Defined {
  readonly code: string;
  readonly file: string;
}

const defined: readonly Defined[] = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.includes('.test.') && !file.includes('fixtures'))
  .flatMap((file) =>
    [...readFileSync(path.join(root, 'src', file), 'utf8').matchAll(codePattern)].map((match) => ({
      code: match[1] ?? '',
      file: file.replaceAll('\\', '/'),
    })),
  );

test('every error code exists once and carries the name of its room', () => {
  const codes = defined.map(({ code }) => code);
  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
  const strangers = defined.filter(({ code, file }) => !code.startsWith(`DH_${file.split('/')[0]?.toUpperCase()}_`));
  expect(strangers).toEqual([]);
});

test('every error code is in the documentation, and every documented code exists', () => {
  const page = readFileSync(path.join(root, 'docs/reference/errors.md'), 'utf8');
  const documented = [...page.matchAll(/`(DH_[A-Z_]+)`/g)].map((match) => match[1] ?? '');
  expect(documented.toSorted()).toEqual(defined.map(({ code }) => code).toSorted());
});

test('the reference pages are what the code says', () => {
  const run = (): Buffer =>
    execFileSync(process.execPath, ['--conditions=source', path.join(root, 'scripts/reference.mjs'), '--check'], { stdio: 'pipe' });
  expect(run).not.toThrow();
});
