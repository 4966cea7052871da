import { afterEach, expect, test } from 'vitest';
import type { IncomingMessage } from '#domain/messages';
import { createUnpacker } from './unpacker.ts';

let unpacker: ReturnType<typeof createUnpacker>;
afterEach(() => unpacker.close());

function mailOf(body: string): IncomingMessage {
  const text = `From: Billing <b@s.example>\r\nSubject: Invoice\r\nContent-Type: application/pdf; name=a.pdf\r\n\r\n${body}`;
  return { externalId: 'x', kind: 'mail', fileName: 'a.eml', bytes: Buffer.from(text), receivedAt: new Date(0) };
}

test('opens a message in another process, bytes and dates intact', { timeout: 20_000 }, async () => {
  unpacker = createUnpacker();
  const unpacked = await unpacker.unpack(mailOf('%PDF'));
  expect(unpacked).toMatchObject({ subject: 'Invoice', problems: [], parts: [{ fileName: 'a.pdf' }] });
  expect(Buffer.from(unpacked.parts[0]?.bytes ?? []).toString()).toBe('%PDF');
});

test.each([
  ['hang', 'timed-out'],
  ['crash', 'unpacker-crashed'],
  ['throw', 'unpacker-crashed'],
])(
  'a message that makes its process %s becomes a problem with sender and subject, and the next one is opened',
  { timeout: 20_000 },
  async (how, code) => {
    // Only what hangs runs into its time; a crash on a loaded machine must not look like it.
    unpacker = createUnpacker({
      entry: new URL('./fixtures/failing-tasks.ts', import.meta.url),
      timeoutMs: how === 'hang' ? 3000 : 15_000,
    });
    expect(await unpacker.unpack(mailOf(`please ${how}`))).toMatchObject({
      subject: 'Invoice',
      sender: { address: 'b@s.example' },
      parts: [],
      problems: [{ code, fileName: 'a.eml' }],
    });
    expect((await unpacker.unpack(mailOf('fine'))).problems).toEqual([]);
  },
);

test('a message that could not be opened because of a stop is not judged', { timeout: 20_000 }, async () => {
  unpacker = createUnpacker();
  await unpacker.close();
  await expect(unpacker.unpack(mailOf('x'))).rejects.toMatchObject({ code: 'DH_PLATFORM_ISOLATED_CLOSED' });
});
