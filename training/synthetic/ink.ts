import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { unpackWoff } from '../../src/app/sample-office/layouts/fonts.ts';
import type { Family } from './program.ts';

export type Pen = PDFKit.PDFDocument;

export interface TextStyle {
  readonly size?: number;
  readonly isBold?: boolean;
  readonly colour?: string;
  readonly align?: 'left' | 'right' | 'center';
  /** Room to align in. */
  readonly width?: number;
  readonly family?: Family;
}

/** Writes on a page with one family of fonts; y is the top of a line. */
export interface Ink {
  readonly pen: Pen;
  readonly size: number;
  readonly widthOf: (text: string, style?: TextStyle) => number;
  /** @returns the y of the next line. */
  readonly put: (text: string, x: number, y: number, style?: TextStyle) => number;
  readonly stack: (lines: readonly string[], x: number, y: number, style?: TextStyle) => number;
  readonly wrap: (text: string, width: number, style?: TextStyle) => string[];
  readonly rule: (x1: number, y1: number, x2: number, y2: number, colour?: string, width?: number) => void;
  readonly box: (x: number, y: number, width: number, height: number, fill: string | null, stroke?: string) => void;
}

const require = createRequire(import.meta.url);
const packages = { lato: 'lato', serif: 'source-serif-4', arimo: 'arimo' } as const;
const standard: Readonly<Record<string, readonly [plain: string, bold: string]>> = {
  Helvetica: ['Helvetica', 'Helvetica-Bold'],
  Times: ['Times-Roman', 'Times-Bold'],
  Courier: ['Courier', 'Courier-Bold'],
};
const unpacked = new Map<string, Buffer>();

/** The bytes of a font of the packages; `ext` holds the letters of Polish and others. */
function fontBytes(family: keyof typeof packages, isBold: boolean, isExtended: boolean): Buffer {
  const name = packages[family];
  const file = `@fontsource/${name}/files/${name}-latin${isExtended ? '-ext' : ''}-${isBold ? 700 : 400}-normal.woff`;
  const bytes = unpacked.get(file) ?? unpackWoff(readFileSync(require.resolve(file)));
  unpacked.set(file, bytes);
  return bytes;
}

export function inkOn(pen: Pen, family: Family, size: number, leading: number): Ink {
  const known = new Set<string>();
  const fontOf = (style: TextStyle, isExtended: boolean): string => {
    const own = style.family ?? family;
    const bold = style.isBold === true;
    const pair = standard[own];
    if (pair !== undefined && !isExtended) return pair[bold ? 1 : 0];
    const embedded = own in packages ? (own as keyof typeof packages) : 'arimo';
    const name = `${embedded}${bold ? '-bold' : ''}${isExtended ? '-ext' : ''}`;
    if (!known.has(name)) pen.registerFont(name, fontBytes(embedded, bold, isExtended));
    known.add(name);
    return name;
  };
  const measured = (text: string, style: TextStyle): { readonly font: string; readonly text: string; readonly width: number }[] =>
    runsOf(text).map((run) => {
      const font = fontOf(style, run.isExtended);
      pen.font(font).fontSize(style.size ?? size);
      return { font, text: run.text, width: pen.widthOfString(run.text) };
    });
  const widthOf = (text: string, style: TextStyle = {}): number => measured(text, style).reduce((sum, run) => sum + run.width, 0);
  const put: Ink['put'] = (text, x, y, style = {}) => {
    const runs = measured(text, style);
    const free = (style.width ?? 0) - runs.reduce((sum, run) => sum + run.width, 0);
    let left = x + (style.align === 'right' ? free : style.align === 'center' ? free / 2 : 0);
    for (const run of runs) {
      pen
        .font(run.font)
        .fontSize(style.size ?? size)
        .fillColor(style.colour ?? '#111111')
        .text(run.text, left, y, { lineBreak: false });
      left += run.width;
    }
    return y + (style.size ?? size) * leading;
  };
  const wrap: Ink['wrap'] = (text, width, style = {}) => {
    const lines = [''];
    for (const word of text.split(' ')) {
      const longer = lines.at(-1) === '' ? word : `${lines.at(-1)} ${word}`;
      if (lines.at(-1) === '' || widthOf(longer, style) <= width) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines;
  };
  return {
    pen,
    size,
    widthOf,
    put,
    wrap,
    stack: (lines, x, y, style) => lines.reduce((next, line) => put(line, x, next, style), y),
    rule: (x1, y1, x2, y2, colour = '#555555', width = 0.6) => {
      pen.save().lineWidth(width).strokeColor(colour).moveTo(x1, y1).lineTo(x2, y2).stroke().restore();
    },
    box: (x, y, width, height, fill, stroke = '#666666') => {
      pen.save();
      if (fill === null) pen.lineWidth(0.6).rect(x, y, width, height).stroke(stroke);
      else pen.rect(x, y, width, height).fill(fill);
      pen.restore();
    },
  };
}

/** Parts a text where its letters are in another file of the font: from U+0100 on, but for œ, ı and marks. */
function runsOf(text: string): { readonly text: string; readonly isExtended: boolean }[] {
  return [...text.matchAll(/[\u0100-\u0130\u0132-\u0151\u0154-\u02BA]+|[^\u0100-\u0130\u0132-\u0151\u0154-\u02BA]+/g)].map(([run]) => ({
    text: run,
    isExtended: /[\u0100-\u0130\u0132-\u0151\u0154-\u02BA]/.test(run),
  }));
}
