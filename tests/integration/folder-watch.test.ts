import { createHash } from 'node:crypto';
import { appendFile, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFolderWatch, type FolderWatchOptions, type MessageSource, type SourceEvent } from '#connectors';
import type { IncomingMessage } from '#domain/messages';

let folder: string;
let source: MessageSource | null = null;
const received: IncomingMessage[] = [];
const events: SourceEvent[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dh-folder-'));
  received.length = 0;
  events.length = 0;
});

afterEach(async () => {
  await source?.stop();
  source = null;
  await rm(folder, { recursive: true });
});

async function begin(
  changes: Partial<FolderWatchOptions> = {},
  deliver = async (message: IncomingMessage) => void received.push(message),
): Promise<void> {
  source = createFolderWatch({ folder, report: (event) => events.push(event), settleMs: 200, ...changes });
  await source.start(deliver);
}

async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 5000;
  while (!condition() && Date.now() < end) await delay(10);
  expect(condition(), JSON.stringify(events)).toBe(true);
}

function idOf(name: string, content: string): string {
  return `${name}#${createHash('sha256').update(content).digest('hex')}`;
}

test('delivers what is there and what comes later, and leaves the files where they are', async () => {
  await writeFile(join(folder, 'a.pdf'), 'one');
  await begin();
  await until(() => received.length === 1);
  await mkdir(join(folder, 'march'));
  await writeFile(join(folder, 'march/mail.EML'), 'Subject: x\r\n\r\n');
  await until(() => received.length === 2);
  expect(received).toMatchObject([
    { externalId: idOf('a.pdf', 'one'), kind: 'file', fileName: 'a.pdf' },
    { externalId: idOf('march/mail.EML', 'Subject: x\r\n\r\n'), kind: 'mail', fileName: 'mail.EML' },
  ]);
  expect((await readdir(folder)).toSorted()).toEqual(['a.pdf', 'march']);
});

test('waits until a file is completely written', async () => {
  await begin({ settleMs: 400 });
  const path = join(folder, 'slow.pdf');
  for (let index = 0; index < 6; index += 1) {
    await appendFile(path, 'part ');
    await delay(100);
  }
  await until(() => received.length === 1);
  expect(Buffer.from(received[0]?.bytes ?? []).toString()).toBe('part '.repeat(6));
});

test('gives the same ids after a restart, and a new one for changed content', async () => {
  await writeFile(join(folder, 'a.pdf'), 'one');
  await begin();
  await until(() => received.length === 1);
  await source?.stop();
  await begin();
  await until(() => received.length === 2);
  expect(received[1]?.externalId).toBe(received[0]?.externalId);
  await writeFile(join(folder, 'a.pdf'), 'other');
  await until(() => received.length === 3);
  expect(received[2]?.externalId).toBe(idOf('a.pdf', 'other'));
});

test('splits an mbox into its mails', async () => {
  const line = 'From a@b Mon Mar  2 09:00:00 2026';
  await writeFile(join(folder, 'old.mbox'), `${line}\nSubject: a\n\nx\n\n${line}\nSubject: b\n\nx\n`);
  await begin();
  await until(() => received.length === 2);
  expect(received.map((message) => message.kind)).toEqual(['mail', 'mail']);
});

test('ignores hidden and unfinished files and does not follow links', async () => {
  for (const name of ['.hidden', '~$report.docx', 'x.pdf.part', 'y.crdownload']) await writeFile(join(folder, name), 'x');
  await symlink('/etc/passwd', join(folder, 'link.pdf'));
  await writeFile(join(folder, 'real.pdf'), 'x');
  await begin();
  await until(() => received.length === 1);
  await delay(300);
  expect(received.map((message) => message.fileName)).toEqual(['real.pdf']);
});

test('tries again, loudly, until the store takes the file', async () => {
  await writeFile(join(folder, 'a.pdf'), 'one');
  let failures = 0;
  await begin({ retryLimitMs: 50 }, async (message) => {
    failures += 1;
    if (failures <= 2) throw new Error('database is down');
    received.push(message);
  });
  await until(() => received.length === 1);
  expect(events.filter((event) => event.kind === 'trouble')).toMatchObject([
    { error: { code: 'DH_CONNECTORS_DELIVERY_FAILED' } },
    { error: { code: 'DH_CONNECTORS_DELIVERY_FAILED' } },
  ]);
});

test('reads a file of exactly the limit and delivers a stand-in for one a byte larger', async () => {
  await writeFile(join(folder, 'fits.pdf'), 'x'.repeat(100));
  await begin({ maxFileBytes: 100 });
  await until(() => received.length === 1);
  await writeFile(join(folder, 'large.pdf'), 'x'.repeat(101));
  await until(() => received.length === 2);
  expect(received.map((message) => message.kind)).toEqual(['file', 'mail']);
  expect(Buffer.from(received[1]?.bytes ?? []).toString()).toContain('X-Deskhand-Set-Aside');
});

test('refuses a folder that is not there', async () => {
  await expect(begin({ folder: join(folder, 'missing') })).rejects.toMatchObject({ code: 'DH_CONNECTORS_FOLDER_UNREADABLE' });
});
