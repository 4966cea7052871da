import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const rooms = ['domain', 'platform', 'connectors', 'intelligence', 'orchestration', 'interfaces', 'app'];

function sourcesBelow(folder: string): readonly string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|mts|js|mjs)$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((file) => !file.includes('node_modules/'));
}

const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const sources = sourcesBelow('src');

test.each(rooms)('%s has a README that says what it is for', (room) => {
  expect(existsSync(path.join(root, 'src', room, 'README.md'))).toBe(true);
});

test('a door lists names: no file exports everything of another', () => {
  expect(sources.filter((file) => /^export \*/m.test(read(file)))).toEqual([]);
});

test('only src/app reads the environment', () => {
  const readers = sources.filter((file) => !file.startsWith('src/app/') && !file.includes('.test.') && !file.includes('/fixtures/'));
  // Setting a variable for a library is no reading: ONNX Runtime takes its "no telemetry" in no other way.
  const withoutWrites = (file: string): string => read(file).replaceAll(/process\.env\['\w+'\] = /g, '');
  expect(readers.filter((file) => /process\s*(\.|\[['"])env\b/.test(withoutWrites(file)))).toEqual([]);
});

test('no file is named after nothing in particular', () => {
  expect(sources.filter((file) => /(^|\/)(utils?|helpers?|common|misc|types\/)/.test(file))).toEqual([]);
});

test('rooms throw DeskhandError, never a bare Error', () => {
  const outside = sources.filter((file) => !file.includes('.test.') && !file.includes('/fixtures/'));
  expect(outside.filter((file) => /throw new Error\(/.test(read(file)))).toEqual([]);
});

test('a skipped test names its issue', () => {
  const tests = [...sources, ...sourcesBelow('tests')].filter((file) => file.includes('.test.') && !file.endsWith('rooms.test.ts'));
  const silent = tests.filter((file) => /\b(?:test|describe|it)\.(?:skip|todo|only)\(/.test(read(file)) && !/issue \d+/i.test(read(file)));
  expect(silent).toEqual([]);
});
