import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { DeskhandError } from '#domain/errors';
import { connectorErrors } from '../../errors.ts';

/** An element: its children and attributes (`@Ccy`) by name; the text is `#text`. */
export type Element = Readonly<Record<string, unknown>>;

// A year of a busy account: 100,000 entries of 500 bytes are 50 MB; what is larger is split by every bank we know of.
const maxBytes = 64 * 1024 * 1024;
// ISO 20022 nests to 12.
const maxDepth = 40;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  maxNestedTags: maxDepth,
  // Numeric references, too; without a document type there are no others.
  htmlEntities: true,
});

/**
 * The root element of a bank's XML. A document type is refused before any parser sees it: no entity is expanded, no file
 * or address fetched.
 *
 * @returns the namespace of its first element, and its content.
 * @throws DH_CONNECTORS_BANK_FILE_INVALID
 */
export function readBankXml(bytes: Uint8Array): { readonly namespace: string; readonly content: Element } {
  if (bytes.length > maxBytes) throw invalid(`It is larger than ${maxBytes / 1024 / 1024} MB.`);
  const text = decode(bytes);
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text))
    throw invalid('It declares a document type, which no bank file has and which can be used for attacks.');
  const validity = XMLValidator.validate(text);
  if (validity !== true) throw invalid(`It is no well-formed XML: line ${validity.err.line}.`);
  const document = parse(text);
  const root = child(document, 'Document');
  const namespace = /<(?:([\w.-]+):)?Document\s[^>]*?xmlns(?::\1)?\s*=\s*["']([^"']+)["']/.exec(text)?.[2];
  if (root === null || namespace === undefined) throw invalid('Its first element is not the Document of an ISO 20022 message.');
  return { namespace, content: root };
}

function parse(text: string): Element {
  try {
    return parser.parse(text) as Element;
  } catch (cause) {
    throw invalid('It is nested deeper than any bank file.', cause);
  }
}

/** UTF-8 or UTF-16, by mark or by declaration; banks send nothing else. */
function decode(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const declared = /encoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1]?.toLowerCase() ?? 'utf-8';
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : declared;
  if (!['utf-8', 'utf8', 'us-ascii', 'iso-8859-1', 'windows-1252', 'utf-16le'].includes(encoding))
    throw invalid(`Its encoding ${encoding.slice(0, 20)} is not one that banks use.`);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw invalid(`Its bytes are not ${encoding}.`, cause);
  }
}

export function invalid(why: string, cause?: unknown): DeskhandError {
  return new DeskhandError(connectorErrors.bankFileInvalid, `This file was not taken. ${why} Nothing was changed.`, { cause });
}

/** The first element at the end of a path; null where there is none. */
export function child(element: unknown, ...path: readonly string[]): Element | null {
  let at: unknown = element;
  for (const name of path) at = Array.isArray(at) ? at[0] : at === null || typeof at !== 'object' ? null : first((at as Element)[name]);
  return typeof at === 'object' && at !== null ? (at as Element) : null;
}

/** All elements of this name. */
export function children(element: unknown, name: string): readonly Element[] {
  if (typeof element !== 'object' || element === null) return [];
  const value = (element as Element)[name];
  const list: readonly unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return list.map((one) => (typeof one === 'object' && one !== null ? (one as Element) : { '#text': one }));
}

/** The text at the end of a path, without spaces around it; null where there is none or it is empty. */
export function textAt(element: unknown, ...path: readonly string[]): string | null {
  let at: unknown = element;
  for (const name of path) at = first(typeof at === 'object' && at !== null ? (at as Element)[name] : undefined);
  const value = typeof at === 'object' && at !== null ? (at as Element)['#text'] : at;
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? null : text;
}

function first(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value;
}
