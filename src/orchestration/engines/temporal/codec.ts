import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import type { Payload, PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';
import { DeskhandError } from '#domain/errors';
import { orchestrationErrors } from '../../errors.ts';

const encoding = 'binary/encrypted';
const nonceBytes = 12;
const tagBytes = 16;
const PayloadMessage = proto.temporal.api.common.v1.Payload;

interface Key {
  readonly id: string;
  readonly bytes: Uint8Array;
}

/**
 * Encrypts what Temporal keeps (AES-256-GCM): its servers and whoever reads their database see ids and names only.
 *
 * @param secrets - the first encrypts; the others, earlier ones, still decrypt, so that secrets can be changed.
 */
export function createPayloadCodec(secrets: readonly [string, ...string[]]): PayloadCodec {
  const [current, ...earlier] = secrets;
  const first = keyOf(current);
  const keys = new Map([first, ...earlier.map(keyOf)].map((key) => [key.id, key]));
  return {
    encode: (payloads) => Promise.resolve(payloads.map((payload) => encrypt(payload, first))),
    decode: (payloads) => Promise.resolve(payloads.map((payload) => decrypt(payload, keys))),
  };
}

function keyOf(secret: string): Key {
  const bytes = new Uint8Array(hkdfSync('sha256', secret, '', 'deskhand temporal payloads', 32));
  return { id: createHash('sha256').update(bytes).digest('hex').slice(0, 16), bytes };
}

function encrypt(payload: Payload, { id, bytes }: Key): Payload {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', bytes, nonce);
  const sealed = Buffer.concat([nonce, cipher.update(PayloadMessage.encode(payload).finish()), cipher.final(), cipher.getAuthTag()]);
  return { metadata: { encoding: Buffer.from(encoding), 'key-id': Buffer.from(id) }, data: sealed };
}

function decrypt(payload: Payload, keys: ReadonlyMap<string, Key>): Payload {
  const { metadata, data } = payload;
  if (metadata?.['encoding'] === undefined || Buffer.from(metadata['encoding']).toString() !== encoding) return payload;
  const id = Buffer.from(metadata['key-id'] ?? []).toString();
  const key = keys.get(id);
  if (key === undefined || data === undefined || data === null) {
    throw new DeskhandError(
      orchestrationErrors.engineKeyMissing,
      `Work on Temporal was encrypted with the key ${id}, which this server does not have. Give all servers the same DESKHAND_SECRET.`,
    );
  }
  const decipher = createDecipheriv('aes-256-gcm', key.bytes, data.subarray(0, nonceBytes));
  decipher.setAuthTag(data.subarray(data.length - tagBytes));
  const clear = Buffer.concat([decipher.update(data.subarray(nonceBytes, data.length - tagBytes)), decipher.final()]);
  return PayloadMessage.decode(clear);
}
