import type { ReadingProblem } from '#domain/documents';
import { XMLValidator } from 'fast-xml-parser';
import { decodeText } from './decode-text.ts';
import { maxXmlBytes } from './limits.ts';
import { problems } from './problems.ts';

export type XmlResult =
  | { readonly outcome: 'structured'; readonly text: string }
  | { readonly outcome: 'refused'; readonly problem: ReadingProblem };

/** Root elements of orders and invoices in UBL, UN/CEFACT CII and their cross-industry siblings, and FatturaPA. */
const knownRoots =
  /^(?:Invoice|CreditNote|DebitNote|Reminder|Order|OrderResponse|OrderResponseSimple|OrderChange|OrderCancellation|DespatchAdvice|ReceiptAdvice|Quotation|Statement|CrossIndustryInvoice|CrossIndustryDocument|CrossIndustryOrder|SCRDMCCBDACIOMessageStructure|SCRDMCCBDACIDAMessageStructure|CrossIndustryDespatchAdvice|FatturaElettronica)$/;

/**
 * Checks and decodes the XML of an e-invoice or order. A document type declaration is refused before any parser sees
 * it: no entity is ever expanded, no file or address fetched.
 */
export function readXml(bytes: Uint8Array): XmlResult {
  if (bytes.length > maxXmlBytes) return refused(problems.tooLarge(bytes.length));
  const start = Buffer.from(bytes.subarray(0, 256)).toString('latin1').replaceAll('\0', '');
  const declared = /^[^<]*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1] ?? null;
  const decoded = decodeText(bytes, declared);
  if (decoded === null) return refused(problems.xmlBroken(`its bytes are not ${declared ?? 'UTF-8'}`));
  const text = decoded.text.replace(/^\uFEFF/, '');
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) return refused(problems.xmlWithDtd());
  if (hasForbidden(text)) return refused(problems.xmlBroken('it holds a character that XML forbids'));
  const validity = XMLValidator.validate(text);
  if (validity !== true) return refused(problems.xmlBroken(`line ${validity.err.line}`));
  const root = rootName(text);
  return knownRoots.test(root) ? { outcome: 'structured', text } : refused(problems.xmlUnknown(root));
}

/** Characters that XML 1.0, section 2.2, does not allow, as they are or by their number; Postgres would not take some of them. */
function hasForbidden(text: string): boolean {
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text) || !text.isWellFormed()) return true;
  return [...text.matchAll(/&#(?:x([0-9a-f]+)|(\d+));/gi)].some(([, hexadecimal, decimal]) => {
    const code = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
    const isControl = code < 0x20 && code !== 9 && code !== 10 && code !== 13;
    return isControl || (code >= 0xd800 && code <= 0xdfff) || code === 0xfffe || code === 0xffff || code > 0x10ffff;
  });
}

/** Local name of the first element. */
function rootName(text: string): string {
  const withoutProlog = text.replaceAll(/<\?[\s\S]*?\?>|<!--[\s\S]*?-->/g, '');
  return /<(?:[\w.-]+:)?([\w.-]+)/.exec(withoutProlog)?.[1] ?? '?';
}

function refused(problem: ReadingProblem): XmlResult {
  return { outcome: 'refused', problem };
}
