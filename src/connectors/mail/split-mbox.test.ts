import { expect, test } from 'vitest';
import { splitMbox } from './split-mbox.ts';

async function split(text: string): Promise<string[]> {
  const messages: string[] = [];
  for await (const bytes of splitMbox(Buffer.from(text))) messages.push(Buffer.from(bytes).toString());
  return messages;
}

const line = 'From ana@office.example Mon Mar  2 09:00:00 2026';

test('gives each message without its separator line', async () => {
  expect(await split(`${line}\nSubject: a\n\nbody\n\n${line}\nSubject: b\n\nbody\n`)).toEqual([
    'Subject: a\n\nbody\n\n',
    'Subject: b\n\nbody\n',
  ]);
});

test('keeps a sentence that begins with From, quoted or not', async () => {
  expect(await split(`${line}\nSubject: a\n\n>From here\n>>From there\n\nFrom now on we pay.\n`)).toEqual([
    'Subject: a\n\nFrom here\n>From there\n\nFrom now on we pay.\n',
  ]);
});

test('reads CRLF files', async () => {
  expect(await split(`${line}\r\nSubject: a\r\n\r\n${line}\r\nSubject: b\r\n`)).toEqual(['Subject: a\r\n\r\n', 'Subject: b\r\n']);
});

test.each([
  ['', 0],
  ['no separator', 0],
  [line, 1],
])('gives %j without a throw', async (text, count) => {
  expect(await split(text)).toHaveLength(count);
});
