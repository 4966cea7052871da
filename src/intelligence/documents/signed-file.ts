import { ContentInfo, SignedData } from 'pkijs';

/** What a signed file carries. */
export interface SignedContent {
  readonly bytes: Uint8Array;
  /** Whether the signature fits the content, whoever signed. Nobody vouches for the signer here: that needs lists of trust. */
  readonly isIntact: boolean;
}

/** DER of the object identifier 1.2.840.113549.1.7.2, signedData (RFC 5652, section 5.1). */
const signedData = Buffer.from('06092a864886f70d010702', 'hex');

/** Whether the file is CMS signed data (`.p7m`): DER, or the same in base64 with or without PEM lines. */
export function isSigned(bytes: Uint8Array): boolean {
  return derOf(bytes) !== null;
}

/** Opens a signed file (CAdES, as FatturaPA travels). Null where it carries nothing or cannot be opened. */
export async function openSigned(bytes: Uint8Array): Promise<SignedContent | null> {
  const der = derOf(bytes);
  if (der === null) return null;
  try {
    const signed = new SignedData({ schema: ContentInfo.fromBER(der).content });
    const content = signed.encapContentInfo.eContent?.getValue();
    if (content === undefined || content.byteLength === 0) return null;
    return { bytes: new Uint8Array(content), isIntact: await isIntact(signed) };
  } catch {
    // Not well-formed: the caller names it, as for any damaged file.
    return null;
  }
}

async function isIntact(signed: SignedData): Promise<boolean> {
  try {
    return await signed.verify({ signer: 0, checkChain: false });
  } catch {
    // An algorithm that this machine does not know proves nothing.
    return false;
  }
}

function derOf(bytes: Uint8Array): Uint8Array | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer[0] === 0x30) return buffer.subarray(0, 32).includes(signedData) ? bytes : null;
  const start = buffer.subarray(0, 64).toString('latin1');
  if (!/^(?:-----BEGIN (?:PKCS7|CMS)-----\s+)?MI[A-Za-z0-9+/]/.test(start)) return null;
  const text = buffer.toString('latin1').replaceAll(/-----(?:BEGIN|END) (?:PKCS7|CMS)-----|\s+/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return null;
  const decoded = Buffer.from(text, 'base64');
  return decoded.subarray(0, 32).includes(signedData) ? decoded : null;
}
