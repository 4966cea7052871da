import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import proto from '@temporalio/proto';

// Temporal's own reader looks up its message types in another copy of protobufjs than the one that made them.
const requireBesideProto = createRequire(createRequire(import.meta.url).resolve('@temporalio/proto'));
const { fromJson } = requireBesideProto('protobufjs/ext/protojson') as {
  fromJson: (type: unknown, json: unknown, options: object) => unknown;
};

/** A history as `temporal workflow show --output json` prints it. */
export function readHistory(file: URL): unknown {
  const type = (proto as unknown as { lookupType(name: string): unknown }).lookupType('temporal.api.history.v1.History');
  return fromJson(type, JSON.parse(readFileSync(file, 'utf8')), { ignoreUnknownFields: true });
}
