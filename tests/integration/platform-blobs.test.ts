import { createHash } from 'node:crypto';
import { mkdtemp, readdir, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createFileBlobs } from '#platform';

const folder = await mkdtemp(path.join(os.tmpdir(), 'blobs-'));
const blobs = createFileBlobs(folder);
const bytes = new TextEncoder().encode('Invoice 4711');
const sha256 = createHash('sha256').update(bytes).digest('hex');

test('what was put comes back under its hash, and nothing half-written lies beside it', async () => {
  expect(await blobs.put(bytes)).toEqual({ sha256, sizeBytes: 12 });
  expect(Buffer.from(await blobs.get(sha256)).toString()).toBe('Invoice 4711');
  expect(await readdir(path.join(folder, sha256.slice(0, 2)))).toEqual([sha256]);
  expect(((await stat(path.join(folder, sha256.slice(0, 2), sha256))).mode & 0o077) === 0 || process.platform === 'win32').toBe(true);
});

test('the same bytes put by many at once are one file', async () => {
  const many = new TextEncoder().encode('x'.repeat(100_000));
  const stored = await Promise.all(Array.from({ length: 20 }, () => blobs.put(many)));
  expect(new Set(stored.map((blob) => blob.sha256)).size).toBe(1);
  expect(await readdir(path.join(folder, (stored[0]?.sha256 ?? '').slice(0, 2)))).toHaveLength(1);
});

test('an empty file is a file', async () => {
  const { sha256: empty } = await blobs.put(new Uint8Array());
  expect(await blobs.get(empty)).toHaveLength(0);
});

test('a file that is not there, and a name that is no hash, are missing', async () => {
  await expect(blobs.get('0'.repeat(64))).rejects.toMatchObject({ code: 'DH_PLATFORM_BLOB_MISSING' });
  await expect(blobs.get('../../etc/passwd')).rejects.toMatchObject({ code: 'DH_PLATFORM_BLOB_MISSING' });
  expect(await blobs.has('0'.repeat(64))).toBe(false);
});

test('a file that was changed on disk is refused', async () => {
  const { sha256: name } = await blobs.put(new TextEncoder().encode('pay 10'));
  await writeFile(path.join(folder, name.slice(0, 2), name), 'pay 99');
  await expect(blobs.get(name)).rejects.toMatchObject({ code: 'DH_PLATFORM_BLOB_DAMAGED' });
});
