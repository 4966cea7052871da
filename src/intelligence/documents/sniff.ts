import { isSigned } from './signed-file.ts';

/** What a file is by its content. Names and declared types are never believed. */
export type FileKind =
  | { readonly kind: 'empty' }
  | { readonly kind: 'pdf'; readonly mediaType: 'application/pdf'; /** Bytes of junk before `%PDF-`. */ readonly offset: number }
  | { readonly kind: 'image'; readonly mediaType: string; readonly name: string }
  | { readonly kind: 'unsupported-image'; readonly mediaType: string; readonly name: string }
  | { readonly kind: 'xml'; readonly mediaType: 'application/xml' }
  | { readonly kind: 'html'; readonly mediaType: 'text/html' }
  | { readonly kind: 'text'; readonly mediaType: 'text/plain' }
  | { readonly kind: 'archive'; readonly mediaType: string }
  | { readonly kind: 'signed'; readonly mediaType: 'application/pkcs7-mime' }
  | { readonly kind: 'bmp'; readonly mediaType: 'image/bmp' }
  | { readonly kind: 'word' | 'workbook' | 'office' | 'locked-office'; readonly mediaType: string }
  | {
      readonly kind: 'other';
      readonly mediaType: 'application/octet-stream';
      /** With its article, for a sentence. */ readonly name: string;
    };

/** PDF readers accept junk before the header within the first 1,024 bytes (ISO 32000-1, annex H.3.4.1). */
const headerWindow = 1024;

/** `latin1` keeps one character per byte, so that signatures compare byte by byte. */
function head(bytes: Uint8Array, length: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, length)).toString('latin1');
}

const images: ReadonlyArray<readonly [start: RegExp, mediaType: string, name: string]> = [
  [/^\xff\xd8\xff/, 'image/jpeg', 'a JPEG picture'],
  [/^\x89PNG\r\n\x1a\n/, 'image/png', 'a PNG picture'],
  [/^(?:II\*\0|MM\0\*)/, 'image/tiff', 'a TIFF picture'],
  [/^RIFF[\s\S]{4}WEBP/, 'image/webp', 'a WebP picture'],
  [/^GIF8[79]a/, 'image/gif', 'a GIF picture'],
  [/^[\s\S]{4}ftyp(?:avif|avis)/, 'image/avif', 'an AVIF picture'],
];

const unsupportedImages: ReadonlyArray<readonly [start: RegExp, mediaType: string, name: string]> = [
  [/^[\s\S]{4}ftyp(?:heic|heix|heim|heis|hevc|hevx|mif1|msf1)/, 'image/heic', 'HEIC'],
  [/^\0\0\0\x0cjP {2}\r\n/, 'image/jp2', 'JPEG 2000'],
  [/^8BPS/, 'image/vnd.adobe.photoshop', 'Photoshop'],
];

const archives = /^(?:PK\x03\x04|PK\x05\x06|PK\x07\x08|Rar!\x1a|7z\xbc\xaf\x27\x1c|\x1f\x8b|BZh|\xfd7zXZ)/;

const programs: ReadonlyArray<readonly [start: RegExp, name: string]> = [
  [/^MZ/, 'a Windows program'],
  [/^\x7fELF/, 'a Linux program'],
  [/^(?:\xca\xfe\xba\xbe|\xcf\xfa\xed\xfe|\xce\xfa\xed\xfe)/, 'a program'],
  [/^#!/, 'a script'],
];

/** Decides what a file is. */
export function sniff(bytes: Uint8Array): FileKind {
  const start = head(bytes, headerWindow);
  if (/^\s*$/.test(start) && bytes.length <= headerWindow) return { kind: 'empty' };
  const program = programs.find(([pattern]) => pattern.test(start));
  if (program !== undefined) return { kind: 'other', mediaType: 'application/octet-stream', name: program[1] };
  if (archives.test(start)) return sniffArchive(bytes);
  if (start.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return sniffCompound(bytes);
  if (start.startsWith('{\\rtf')) return { kind: 'office', mediaType: 'application/rtf' };
  if (/^BM[\s\S]{4}\0\0\0\0/.test(start)) return { kind: 'bmp', mediaType: 'image/bmp' };
  if (isSigned(bytes)) return { kind: 'signed', mediaType: 'application/pkcs7-mime' };
  const image = images.find(([pattern]) => pattern.test(start));
  if (image !== undefined) return { kind: 'image', mediaType: image[1], name: image[2] };
  const unsupported = unsupportedImages.find(([pattern]) => pattern.test(start));
  if (unsupported !== undefined) return { kind: 'unsupported-image', mediaType: unsupported[1], name: unsupported[2] };
  const offset = start.indexOf('%PDF-');
  if (offset >= 0) return { kind: 'pdf', mediaType: 'application/pdf', offset };
  return sniffText(bytes);
}

const openXml = 'application/vnd.openxmlformats-officedocument';

/** Office files are zip files whose entries have telling names; the table of contents at the end repeats them all. */
function sniffArchive(bytes: Uint8Array): FileKind {
  const start = head(bytes, 4096);
  if (!start.startsWith('PK')) return { kind: 'archive', mediaType: 'application/octet-stream' };
  const isSpreadsheet = start.includes('mimetypeapplication/vnd.oasis.opendocument.spreadsheet');
  if (isSpreadsheet) return { kind: 'workbook', mediaType: 'application/vnd.oasis.opendocument.spreadsheet' };
  if (/mimetypeapplication\/vnd\.oasis/.test(start)) return { kind: 'office', mediaType: 'application/vnd.oasis.opendocument' };
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!all.includes('[Content_Types].xml') && !/_rels\/\.rels/.test(start)) return { kind: 'archive', mediaType: 'application/zip' };
  if (all.includes('word/document')) return { kind: 'word', mediaType: `${openXml}.wordprocessingml.document` };
  if (all.includes('xl/workbook.xml')) return { kind: 'workbook', mediaType: `${openXml}.spreadsheetml.sheet` };
  return { kind: 'office', mediaType: openXml };
}

/** Compound files: Word and Excel before 2007, and newer ones behind a password. */
function sniffCompound(bytes: Uint8Array): FileKind {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isLocked = all.includes(Buffer.from('EncryptedPackage', 'utf16le'));
  return { kind: isLocked ? 'locked-office' : 'office', mediaType: 'application/x-ole-storage' };
}

function sniffText(bytes: Uint8Array): FileKind {
  const isUtf16 = /^(?:\xff\xfe|\xfe\xff)/.test(head(bytes, 2)) || /^(?:<\0|\0<)/.test(head(bytes, 2));
  const start = head(bytes, 4096)
    .replaceAll('\0', isUtf16 ? '' : '\0')
    .replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '')
    .trimStart();
  if (/^<!doctype\s+html|^<html[\s>]/i.test(start)) return { kind: 'html', mediaType: 'text/html' };
  if (/^(?:<\?xml|<!--|<!DOCTYPE|<[A-Za-z_][\w.:-]*[\s/>])/.test(start)) return sniffMarkup(start);
  if (!isUtf16 && looksBinary(bytes)) return { kind: 'other', mediaType: 'application/octet-stream', name: 'a file of an unknown kind' };
  return { kind: 'text', mediaType: 'text/plain' };
}

/** XHTML pages and HTML fragments of mail bodies begin like XML. */
function sniffMarkup(start: string): FileKind {
  const isHtml =
    /<!doctype\s+html|<html[\s>]/i.test(start) || /^<(?:body|div|p|table|span|meta|head|style|br|b|font|center|h\d)[\s/>]/i.test(start);
  return isHtml ? { kind: 'html', mediaType: 'text/html' } : { kind: 'xml', mediaType: 'application/xml' };
}

/** Control characters that no text has; one in a hundred is forgiven (form feeds, escape codes of old printers). */
function looksBinary(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, 8192);
  let controls = 0;
  for (const byte of sample) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27) || byte === 127) controls += 1;
  return controls * 100 > sample.length;
}

const expectedExtensions: Readonly<Record<string, RegExp>> = {
  pdf: /^pdf$/,
  image: /^(?:jpe?g|jpe|jfif|png|tiff?|webp|gif|avif)$/,
  bmp: /^(?:bmp|dib)$/,
  word: /^(?:docx|docm|dotx)$/,
  workbook: /^(?:xlsx|xlsm|xltx|ods)$/,
  xml: /^xml$/,
  html: /^(?:html?|xhtml)$/,
  text: /^(?:txt|text|eml|md|csv|tsv|tab|log|asc)$/,
};

/** The extension when it says something else than the content does; null when they agree or there is none. */
export function misleadingExtension(fileName: string, kind: string): string | null {
  const extension = /\.([a-z0-9]{1,8})$/i.exec(fileName)?.[1]?.toLowerCase();
  if (extension === undefined) return null;
  const isKnown = Object.values(expectedExtensions).some((pattern) => pattern.test(extension));
  return isKnown && expectedExtensions[kind]?.test(extension) === false ? extension : null;
}
