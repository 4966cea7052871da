import type { Payload, PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';
import { DeskhandError } from '#domain/errors';
import { openBytes, sealBytes, sealingKeyOf, type SealingKey } from '#platform';
import { orchestrationErrors } from '../../errors.ts';

const encoding = 'binary/encrypted';
const PayloadMessage = proto.temporal.api.common.v1.Payload;

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

function keyOf(secret: string): SealingKey {
  return sealingKeyOf(secret, 'deskhand temporal payloads');
}

function encrypt(payload: Payload, key: SealingKey): Payload {
  const data = sealBytes(PayloadMessage.encode(payload).finish(), key);
  return { metadata: { encoding: Buffer.from(encoding), 'key-id': Buffer.from(key.id) }, data };
}

function decrypt(payload: Payload, keys: ReadonlyMap<string, SealingKey>): Payload {
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
  return PayloadMessage.decode(openBytes(data, key));
}
