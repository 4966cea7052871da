import type { Payload } from '@temporalio/common';
import { expect, test } from 'vitest';
import { createPayloadCodec } from './codec.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const payload: Payload = { metadata: { encoding: bytes('json/plain') }, data: bytes('"IBAN DE00"') };

test('what Temporal keeps can be read with the secret, and shows nothing of its content', async () => {
  const codec = createPayloadCodec(['first']);
  const [sealed] = await codec.encode([payload]);
  expect(Buffer.from(sealed?.data ?? []).includes('IBAN')).toBe(false);
  const [clear] = await codec.decode([sealed as Payload]);
  expect(Buffer.from(clear?.data ?? []).toString()).toBe('"IBAN DE00"');
});

test('after the secret was changed, the earlier one still decrypts', async () => {
  const [sealed] = await createPayloadCodec(['first']).encode([payload]);
  const [clear] = await createPayloadCodec(['second', 'first']).decode([sealed as Payload]);
  expect(Buffer.from(clear?.data ?? []).toString()).toBe('"IBAN DE00"');
});

test('without the secret it is refused by name', async () => {
  const sealed = await createPayloadCodec(['first']).encode([payload]);
  await expect(async () => await createPayloadCodec(['second']).decode(sealed)).rejects.toMatchObject({
    code: 'DH_ORCHESTRATION_ENGINE_KEY_MISSING',
  });
});

test('what was changed on the way is refused', async () => {
  const codec = createPayloadCodec(['first']);
  const [sealed] = await codec.encode([payload]);
  const data = Uint8Array.from(sealed?.data ?? []);
  data[20] = (data[20] ?? 0) ^ 1;
  await expect(async () => await codec.decode([{ ...sealed, data }])).rejects.toThrow();
});
