import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** A passkey device in software: answers as WebAuthn Level 3 says (§6.1 authenticator data, attestation "none", ES256). */
export interface SoftwarePasskey {
  readonly id: string;
  create(question: Record<string, unknown>, at: Site): Record<string, unknown>;
  sign(question: Record<string, unknown>, at: Site): Record<string, unknown>;
}
interface Site {
  readonly origin: string;
  readonly host: string;
  /** Whether the device recognised its holder. @default true */
  readonly isVerified?: boolean;
}

const present = 0x01;
const verified = 0x04;
const attested = 0x40;

export function softwarePasskey(): SoftwarePasskey {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomBytes(16);
  let uses = 0;
  const dataFor = ({ host, isVerified = true }: Site, more = 0): Buffer => {
    uses += 1;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(uses);
    return Buffer.concat([createHash('sha256').update(host).digest(), Buffer.from([present | (isVerified ? verified : 0) | more]), count]);
  };
  const shell = { id: id.toString('base64url'), rawId: id.toString('base64url'), type: 'public-key', clientExtensionResults: {} };
  return {
    id: shell.id,
    create(question, at) {
      const length = Buffer.from([0, id.length]);
      const authData = Buffer.concat([dataFor(at, attested), Buffer.alloc(16), length, id, coseKey(publicKey.export({ format: 'jwk' }))]);
      const attestationObject = cborMap([
        [text('fmt'), text('none')],
        [text('attStmt'), cborMap([])],
        [text('authData'), bytes(authData)],
      ]);
      const response = {
        clientDataJSON: clientData('webauthn.create', question, at),
        attestationObject: attestationObject.toString('base64url'),
      };
      return { ...shell, response };
    },
    sign(question, at) {
      const authenticatorData = dataFor(at);
      const clientDataJSON = clientData('webauthn.get', question, at);
      const hash = createHash('sha256').update(Buffer.from(clientDataJSON, 'base64url')).digest();
      const signature = sign('sha256', Buffer.concat([authenticatorData, hash]), privateKey).toString('base64url');
      return { ...shell, response: { clientDataJSON, authenticatorData: authenticatorData.toString('base64url'), signature } };
    },
  };
}

function clientData(type: string, { challenge }: Record<string, unknown>, { origin }: Site): string {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false })).toString('base64url');
}

/** EC2, ES256, P-256 (RFC 9053 §7.1.1). */
function coseKey({ x = '', y = '' }: { readonly x?: string; readonly y?: string }): Buffer {
  return cborMap([
    [Buffer.from([0x01]), Buffer.from([0x02])],
    [Buffer.from([0x03]), Buffer.from([0x26])],
    [Buffer.from([0x20]), Buffer.from([0x01])],
    [Buffer.from([0x21]), bytes(Buffer.from(x, 'base64url'))],
    [Buffer.from([0x22]), bytes(Buffer.from(y, 'base64url'))],
  ]);
}

/** The few kinds of CBOR (RFC 8949) that are needed here; lengths below 65,536. */
function cborMap(entries: readonly (readonly [Buffer, Buffer])[]): Buffer {
  return Buffer.concat([Buffer.from([0xa0 | entries.length]), ...entries.flat()]);
}
function bytes(content: Buffer): Buffer {
  return Buffer.concat([lengthOf(0x40, content.length), content]);
}
function text(content: string): Buffer {
  return Buffer.concat([lengthOf(0x60, content.length), Buffer.from(content)]);
}
function lengthOf(kind: number, length: number): Buffer {
  if (length < 24) return Buffer.from([kind | length]);
  return length < 256 ? Buffer.from([kind | 24, length]) : Buffer.from([kind | 25, length >> 8, length & 255]);
}
