import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { DeskhandError } from '#domain/errors';
import { platformErrors } from './errors.ts';

const nonceBytes = 12;
const tagBytes = 16;
const idBytes = 8;

/** A key for one purpose, from a secret that serves several. */
export interface SealingKey {
  /** 16 hex digits; says which key sealed something and nothing of the key. */
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** HKDF (RFC 5869) with SHA-256; another purpose gives an unrelated key. */
export function sealingKeyOf(secret: string, purpose: string): SealingKey {
  const bytes = new Uint8Array(hkdfSync('sha256', secret, '', purpose, 32));
  return {
    id: createHash('sha256')
      .update(bytes)
      .digest('hex')
      .slice(0, 2 * idBytes),
    bytes,
  };
}

/**
 * AES-256-GCM (NIST SP 800-38D) with a nonce of its own.
 *
 * @param boundTo - is not kept but must be said again to open.
 * @returns nonce, cipher text, tag.
 */
export function sealBytes(clear: Uint8Array, key: SealingKey, boundTo = ''): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key.bytes, nonce).setAAD(Buffer.from(boundTo));
  return Buffer.concat([nonce, cipher.update(clear), cipher.final(), cipher.getAuthTag()]);
}

/** @throws when it was sealed with another key, bound to something else, or changed. */
export function openBytes(sealed: Uint8Array, key: SealingKey, boundTo = ''): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key.bytes, sealed.subarray(0, nonceBytes)).setAAD(Buffer.from(boundTo));
  decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes));
  return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, sealed.length - tagBytes)), decipher.final()]);
}

/** Keeps short secrets in the database so that its files and backups alone do not give them away. */
export interface Sealing {
  /** @param boundTo - whose it is: copied to another row, it does not open. */
  seal(text: string, boundTo: string): Uint8Array;
  /** @throws DH_PLATFORM_SEAL_UNREADABLE */
  open(sealed: Uint8Array, boundTo: string): string;
}

/** @param secrets - the installation's: the first seals; earlier ones still open, so that secrets can be changed. */
export function createSealing(secrets: readonly [string, ...string[]]): Sealing {
  const keyOf = (secret: string): SealingKey => sealingKeyOf(secret, 'deskhand secrets at rest');
  const current = keyOf(secrets[0]);
  const keys = new Map(secrets.map(keyOf).map((key) => [key.id, key]));
  return {
    seal: (text, boundTo) => Buffer.concat([Buffer.from(current.id, 'hex'), sealBytes(Buffer.from(text), current, boundTo)]),
    open(sealed, boundTo) {
      const key = keys.get(Buffer.from(sealed.subarray(0, idBytes)).toString('hex'));
      try {
        if (key !== undefined) return openBytes(sealed.subarray(idBytes), key, boundTo).toString();
      } catch (cause) {
        throw unreadable(cause);
      }
      throw unreadable(undefined);
    },
  };
}

function unreadable(cause: unknown): DeskhandError {
  return new DeskhandError(
    platformErrors.sealUnreadable,
    'This was sealed under another secret of the installation. Give all servers the same DESKHAND_SECRET, and the one of before as DESKHAND_EARLIER_SECRET.',
    { cause },
  );
}
