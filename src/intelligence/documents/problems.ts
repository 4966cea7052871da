import type { ReadingProblem } from '#domain/documents';
import { maxFileBytes, maxPackageBytes, maxPages, maxSheetRows } from './limits.ts';

const megabytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MB`;

function error(code: string, message: string): ReadingProblem {
  return { code, message, severity: 'error' };
}

function warning(code: string, message: string): ReadingProblem {
  return { code, message, severity: 'warning' };
}

/** Every problem that reading can report: what is wrong in plain words, and what to do. */
export const problems = {
  emptyFile: () => error('empty-file', 'The file is empty. Ask the sender to send it again.'),
  tooLarge: (sizeBytes: number) =>
    error(
      'too-large',
      `The file has ${megabytes(sizeBytes)}; the limit is ${megabytes(maxFileBytes)}. Ask for a smaller file or split it.`,
    ),
  notADocument: (what: string) =>
    error('not-a-document', `This is ${what}, not a document. Do not open it; delete it or ask the sender for a PDF.`),
  archive: () => error('archive', 'This is an archive that holds other files. Unpack it and hand in the files inside.'),
  officeDocument: () =>
    error(
      'office-document',
      'This is an office file of a kind that is not read here (Word or Excel before 2007, slides, RTF). Save it as PDF or ask the sender for a PDF.',
    ),
  officeLocked: () =>
    error('encrypted', 'The office file needs a password to open. Open it with the password and save it without one, or ask the sender.'),
  inflatesTooFar: () =>
    error(
      'inflates-too-far',
      `The file unpacks to more than ${megabytes(maxPackageBytes)} or to thousands of parts, which no invoice does. Ask the sender for a PDF.`,
    ),
  rowsLeftOut: () =>
    warning('rows-left-out', `Only the first ${maxSheetRows} rows of each sheet were read. Check whether the invoice goes on below.`),
  uncomputedCells: (count: number) =>
    warning(
      'uncomputed-cells',
      `${count} cells hold a formula without its result, so their figures are missing here. Open the file, save it again, and hand it in once more.`,
    ),
  unsupportedImage: (kind: string) =>
    error(
      'unsupported-image',
      kind === 'HEIC'
        ? 'HEIC pictures of an iPhone cannot be read here. Share the picture as JPEG or PDF, or set the camera to "most compatible".'
        : `Pictures of the kind ${kind} cannot be read here. Save it as JPEG, PNG or PDF.`,
    ),
  signatureBroken: () =>
    warning(
      'signature-broken',
      'The signature of the file does not fit its content, or uses a method that is not known here. Ask the sender for the file as they signed it.',
    ),
  unopenable: () => error('unopenable', 'The file is damaged or cut short and cannot be opened. Ask the sender to send it again.'),
  noPages: () => error('no-pages', 'The PDF has no pages. Ask the sender to send it again.'),
  encrypted: () =>
    error('encrypted', 'The PDF needs a password to open. Open it with the password and save it without one, or ask the sender.'),
  imageTooLarge: (width: number, height: number) =>
    error('image-too-large', `The picture has ${width} × ${height} pixels, more than can be read. Scan it again at 200 to 300 dpi.`),
  xmlWithDtd: () =>
    error(
      'xml-dtd',
      'The XML declares its own entities, which an e-invoice never does and attackers do. Ask the sender for a plain e-invoice.',
    ),
  xmlBroken: (reason: string) => error('xml-broken', `The XML is not well formed (${reason}). Ask the sender to send it again.`),
  xmlUnknown: (root: string) =>
    error('xml-unknown', `The XML starts with <${root}>, which is no invoice or order that is known here. Ask for UBL, CII or a PDF.`),
  timedOut: () =>
    error(
      'timed-out',
      'Reading took longer than allowed and was stopped. Look at the file and type its data in, or ask for a simpler PDF.',
    ),
  outOfMemory: () =>
    error('out-of-memory', 'Reading needed more memory than allowed and was stopped. Look at the file, or ask for a simpler PDF.'),
  readerCrashed: () =>
    error(
      'reader-crashed',
      'The file made its reader fail. The original is kept: look at it and type its data in, or ask for another copy.',
    ),
  nothingToRead: () => error('nothing-to-read', 'No text was found on the pages; they may be blank. Look at the original.'),
  tooManyPages: (pageCount: number) =>
    warning(
      'too-many-pages',
      `The file has ${pageCount} pages; only the first ${maxPages} were read. Check that the invoice is among them.`,
    ),
  scannedPagesLeftOut: (pageCount: number) =>
    warning(
      'scanned-pages-left-out',
      `${pageCount} scanned pages after the first ones were not read. Check whether the invoice goes on there.`,
    ),
  garbledTextLayer: () =>
    warning(
      'garbled-text-layer',
      'The text inside the PDF is unreadable, so the picture of the page was read. Check the figures against it.',
    ),
  hiddenText: () =>
    warning('hidden-text', 'The file holds text that nobody can see on the page. It was left out. Check that the document is genuine.'),
  turnedText: () =>
    warning(
      'turned-text',
      'The file holds marks that turn the direction of text, so that a program reads something else than the eye. Compare names and accounts with the page.',
    ),
  lookAlikeLetters: (word: string) =>
    warning(
      'look-alike-letters',
      `The word "${word}" mixes Latin letters with Greek or Cyrillic ones that look the same, as forged names and accounts do. Compare it with what you have on file.`,
    ),
  ordersToModel: () =>
    warning(
      'orders-to-a-model',
      'The text gives orders to a language model, which no honest paper does. Nothing here obeys them; check who sent it.',
    ),
  perhapsSeveral: (ranges: readonly { readonly first: number; readonly last: number }[]) =>
    warning(
      'perhaps-several-documents',
      `The file seems to hold ${ranges.length} papers: pages ${ranges.map(({ first, last }) => (first === last ? `${first}` : `${first} to ${last}`)).join(', ')}. If so, part it there and hand in each; the values here may be of any of them.`,
    ),
  twoOnOnePicture: () =>
    warning(
      'perhaps-several-documents',
      'The picture seems to show two papers side by side. If so, cut it and hand in each; the values here may be of either.',
    ),
  attachedFiles: (names: readonly string[]) =>
    warning(
      'attached-files',
      `The PDF carries other files inside (${names.join(', ')}). They were not read: open them, and hand in what is a document of its own.`,
    ),
  wrongName: (extension: string, kind: string) =>
    warning('wrong-name', `The file is named .${extension} but is ${kind}. It was read as what it is.`),
  xmlAttachmentBroken: () =>
    warning(
      'attached-xml-unusable',
      'The e-invoice data inside the PDF is damaged, so only the page was read. Ask the sender for a valid e-invoice.',
    ),
} as const;
