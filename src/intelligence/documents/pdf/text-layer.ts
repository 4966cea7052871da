import type { Box } from '#domain/documents';
import { maxCharactersPerPage } from '../limits.ts';
import type { LooseWord } from '../reading-order.ts';
import { type PageGeometry, toHundredth } from './page-geometry.ts';
import { type Pdfium, withMemory } from './pdfium.ts';

/** A word of the text layer with what decides whether a person can see it. */
export interface TextLayerWord extends LooseWord {
  /** Drawn as invisible (render mode 3 or 7), or with no opacity. */
  readonly isInvisible: boolean;
  /** Drawn so light or so small that only the rendered page tells whether it shows. */
  readonly isFaint: boolean;
  /** Direction of the writing on the shown page, clockwise in quarter turns from upright. */
  readonly quarterTurns: number;
  /** Grey of the ink, 0 black to 255 white. */
  readonly ink: number;
  /** PDFium's handle of the text object that draws it; valid while the page is open. */
  readonly object: number;
}

export interface TextLayer {
  readonly words: readonly TextLayerWord[];
  readonly characterCount: number;
  /** Characters for which the font names no Unicode, or names nonsense. */
  readonly unmappedCount: number;
}

/** What all characters of one text object share. */
interface Style {
  readonly fontSize: number;
  readonly isBold: boolean;
  readonly isInvisible: boolean;
  readonly isFaint: boolean;
  readonly ink: number;
  /** Angle in user space in quarter turns, counter-clockwise. */
  readonly quarterTurns: number;
}

interface Glyph {
  readonly text: string;
  readonly box: Box;
  readonly style: Style;
  readonly object: number;
}

/** PDFium's writing buffer: rectangle, matrix, colours and a font name fit in it. */
const scratchBytes = 512;
const forceBoldFlag = 1 << 18;

/** Reads the words of one page with boxes on the shown page. */
export function readTextLayer(pdfium: Pdfium, page: number, geometry: PageGeometry): TextLayer {
  const textPage = pdfium._FPDFText_LoadPage(page);
  if (textPage === 0) return { words: [], characterCount: 0, unmappedCount: 0 };
  try {
    return withMemory(pdfium, scratchBytes, (scratch) => collectWords(pdfium, { page, textPage, scratch }, geometry));
  } finally {
    pdfium._FPDFText_ClosePage(textPage);
  }
}

interface Source {
  readonly page: number;
  readonly textPage: number;
  readonly scratch: number;
}

function collectWords(pdfium: Pdfium, source: Source, geometry: PageGeometry): TextLayer {
  const { textPage } = source;
  const pageTurns = pdfium._FPDFPage_GetRotation(source.page);
  const styles = new Map<number, Style>();
  const words: TextLayerWord[] = [];
  let glyphs: Glyph[] = [];
  let unmappedCount = 0;
  let characterCount = 0;
  const endWord = (): void => {
    if (glyphs.length > 0) words.push(joinGlyphs(glyphs, pageTurns));
    glyphs = [];
  };
  const count = Math.min(pdfium._FPDFText_CountChars(textPage), maxCharactersPerPage);
  for (let index = 0; index < count; index += 1) {
    const code = pdfium._FPDFText_GetUnicode(textPage, index);
    if (isBlank(code) || pdfium._FPDFText_IsGenerated(textPage, index) === 1) {
      endWord();
      continue;
    }
    characterCount += 1;
    if (isUnmapped(code) || pdfium._FPDFText_HasUnicodeMapError(textPage, index) === 1) unmappedCount += 1;
    const object = pdfium._FPDFText_GetTextObject(textPage, index);
    let style = styles.get(object);
    if (style === undefined) {
      style = readStyle(pdfium, source, index, object);
      styles.set(object, style);
    }
    const glyph = { text: toText(code), box: geometry.toPage(...readGlyphBounds(pdfium, source, index, style)), style, object };
    const previous = glyphs.at(-1);
    if (previous !== undefined && isApart(previous, glyph)) endWord();
    glyphs.push(glyph);
  }
  endWord();
  return { words, characterCount, unmappedCount };
}

function readStyle(pdfium: Pdfium, source: Source, index: number, object: number): Style {
  const { textPage, scratch } = source;
  pdfium._FPDFText_GetMatrix(textPage, index, scratch);
  const [a = 1, b = 0, c = 0, d = 1] = pdfium.HEAPF32.subarray(scratch / 4, scratch / 4 + 4);
  const fontSize = Math.abs(pdfium._FPDFText_GetFontSize(textPage, index)) * Math.hypot(c, d);
  const hasColour = pdfium._FPDFText_GetFillColor(textPage, index, scratch, scratch + 4, scratch + 8, scratch + 12) === 1;
  const [red = 0, green = 0, blue = 0, alpha = 255] = pdfium.HEAPU32.subarray(scratch / 4, scratch / 4 + 4);
  const mode = object === 0 ? 0 : pdfium._FPDFTextObj_GetTextRenderMode(object);
  const ink = hasColour ? greyOf(red, green, blue) : 0;
  return {
    fontSize,
    isBold: readIsBold(pdfium, source, index),
    isInvisible: mode === 3 || mode === 7 || (hasColour && alpha < 8),
    isFaint: ink > 180 || (hasColour && alpha < 60) || fontSize < 2.5,
    ink,
    quarterTurns: Math.round(Math.atan2(b, a) / (Math.PI / 2)),
  };
}

/** Grey of a colour as an eye weighs it, 0 black to 255 white. */
export function greyOf(red: number, green: number, blue: number): number {
  return 0.3 * red + 0.59 * green + 0.11 * blue;
}

/**
 * Advance width by ascent and descent of the font, in user space. Some fonts claim twice their real height, so that the
 * boxes of neighbouring lines would overlap: upright type is held to a line of 1.2 em around its baseline.
 */
function readGlyphBounds(pdfium: Pdfium, source: Source, index: number, style: Style): [number, number, number, number] {
  const { textPage, scratch } = source;
  pdfium._FPDFText_GetLooseCharBox(textPage, index, scratch);
  const [left = 0, top = 0, right = 0, bottom = 0] = pdfium.HEAPF32.subarray(scratch / 4, scratch / 4 + 4);
  if (style.quarterTurns !== 0 || top - bottom <= style.fontSize * 1.2) return [left, bottom, right, top];
  pdfium._FPDFText_GetCharOrigin(textPage, index, scratch, scratch + 8);
  const baseline = pdfium.HEAPF64[scratch / 8 + 1] ?? bottom;
  return [left, Math.max(bottom, baseline - style.fontSize * 0.25), right, Math.min(top, baseline + style.fontSize * 0.95)];
}

function readIsBold(pdfium: Pdfium, source: Source, index: number): boolean {
  const name = source.scratch + 16;
  const length = pdfium._FPDFText_GetFontInfo(source.textPage, index, name, scratchBytes - 16, source.scratch);
  const flags = pdfium.HEAP32[source.scratch / 4] ?? 0;
  const end = name + Math.max(0, Math.min(length, scratchBytes - 16) - 1);
  const fontName = new TextDecoder().decode(pdfium.HEAPU8.slice(name, end));
  return (
    /bold|black|heavy|semib|demi/i.test(fontName) ||
    (flags & forceBoldFlag) !== 0 ||
    pdfium._FPDFText_GetFontWeight(source.textPage, index) >= 600
  );
}

/** Spaces, controls, soft hyphen and zero-width characters end or leave no trace in a word. */
function isBlank(code: number): boolean {
  return (
    code <= 0x20 ||
    (code >= 0x7f && code <= 0xa0) ||
    code === 0xad ||
    (code >= 0x2000 && code <= 0x200f) ||
    code === 0x202f ||
    code === 0x3000 ||
    code === 0xfeff
  );
}

/** Replacement character, private use area or a noncharacter: no reader can know what stands there. */
function isUnmapped(code: number): boolean {
  return code === 0xfffd || code === 0xfffe || code === 0xffff || (code >= 0xe000 && code <= 0xf8ff);
}

/** PDFium hands out UTF-16 units on some builds and code points on others; lone surrogates become one unknown. */
function toText(code: number): string {
  return String.fromCodePoint(code > 0x10ffff ? 0xfffd : code).normalize('NFKC');
}

/** A jump to another line or over more than half the type size is a new word even where no space was written. */
function isApart(previous: Glyph, next: Glyph): boolean {
  if (previous.style.quarterTurns !== next.style.quarterTurns) return true;
  const size = Math.max(previous.style.fontSize, 1);
  const isSideways = next.style.quarterTurns % 2 !== 0;
  const [alongStart, alongEnd, across] = isSideways ? ([1, 3, 0] as const) : ([0, 2, 1] as const);
  const gap = Math.max(next.box[alongStart] - previous.box[alongEnd], previous.box[alongStart] - next.box[alongEnd]);
  const isOnOtherLine = Math.abs(next.box[(across + 2) as 2 | 3] - previous.box[(across + 2) as 2 | 3]) > size * 0.9;
  return gap > size * 0.5 || isOnOtherLine;
}

function joinGlyphs(glyphs: readonly Glyph[], pageTurns: number): TextLayerWord {
  const { style, object } = glyphs[0] as Glyph;
  const box: Box = [
    Math.min(...glyphs.map((glyph) => glyph.box[0])),
    Math.min(...glyphs.map((glyph) => glyph.box[1])),
    Math.max(...glyphs.map((glyph) => glyph.box[2])),
    Math.max(...glyphs.map((glyph) => glyph.box[3])),
  ];
  return {
    text: glyphs.map((glyph) => glyph.text).join(''),
    box: box.map(toHundredth) as unknown as Box,
    confidence: 1,
    fontSize: toHundredth(style.fontSize),
    isBold: style.isBold,
    isInvisible: style.isInvisible,
    isFaint: style.isFaint,
    quarterTurns: (((pageTurns - style.quarterTurns) % 4) + 4) % 4,
    ink: style.ink,
    object,
  };
}
