/** Limits of reading one document. A file over a limit ends in a named problem; it never costs the server its memory. */

/** 25 MB: what Gmail and Microsoft 365 let through as an attachment; real invoices of our corpus stay under 3 MB. */
export const maxFileBytes = 25 * 1024 * 1024;

/** The head of an invoice and all its lines fit in 50 pages; a 10,000-page file must not be walked. */
export const maxPages = 50;

/** OCR takes seconds a page; 20 scanned pages keep a reader busy for about a minute. */
export const maxOcrPages = 20;

/** 50 megapixels decode to 150 MB. A phone photo has 12 to 48, an A3 scan at 400 dpi has 31. */
export const maxImagePixels = 50_000_000;

/** No side longer than this, before decoding: a 50,000-pixel strip is an attack or a plotter, not an invoice. */
export const maxImageSidePixels = 20_000;

/** Pages are rendered so that no side exceeds this: a 200 inch page gets fewer dots an inch instead of more memory. */
export const maxRenderSidePixels = 3_200;

/** Scans are mostly 150 to 300 dpi; the detector needs no more than 200. */
export const ocrDpi = 200;

/** A photo is shrunk to this before it is read: 12 megapixels are an A4 page at 340 dpi, and 36 MB of memory. */
export const maxPicturePixels = 12_000_000;

/** Height of a page on the review screen: sharp on a large display, about 150 kB as WebP. */
export const renderHeightPixels = 1_600;

/** Pixels that the text detector sees: an A4 page at 112 dpi. On scan-variants 1.9 million found no more words (F1 0.893 against 0.897). */
export const maxDetectorPixels = 1_200_000;

/** Pixels of the detector's first look, which is the last one where the type is large: a receipt of 400 by 1,000. */
export const quickDetectorPixels = 400_000;

/** Characters of one page; a real one has under 10,000. A page over it is cut, so that a text bomb stays bounded. */
export const maxCharactersPerPage = 60_000;

/** Characters of one word: an address of the web has under 200. Patterns that look for a date or a place take the square of it. */
export const maxWordCharacters = 250;

/** Embedded XML above this is no invoice: the largest of the corpus has 160 kB. */
export const maxXmlBytes = 10 * 1024 * 1024;

/** Embedded files of a PDF that are looked at; e-invoices carry the XML and a few time sheets. */
export const maxAttachments = 50;

/** Characters of a mail body or a text file that are read: about 50 pages. */
export const maxTextCharacters = 250_000;

/** What an office file may inflate to, without its pictures: the largest sheet of 2,000 rows has 4 MB. */
export const maxPackageBytes = 40 * 1024 * 1024;

/** Parts of an office file; a report of 100 pages with pictures has 300. */
export const maxPackageEntries = 2_000;

/** Rows of a sheet: an invoice of a carrier with a line for each parcel has some hundreds. */
export const maxSheetRows = 2_000;

/** Columns of a sheet; an invoice has under 20. */
export const maxSheetColumns = 60;

/** Sheets of a workbook that are read; an invoice has one, sometimes one for each month. */
export const maxSheets = 12;
