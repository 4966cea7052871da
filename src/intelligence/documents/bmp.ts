import { maxImagePixels, maxImageSidePixels } from './limits.ts';
import type { Picture } from './picture.ts';

/** Where the parts of a BMP lie: BITMAPFILEHEADER (14 bytes), then BITMAPINFOHEADER or one of its successors. */
const fileHeaderBytes = 14;
const minInfoHeaderBytes = 40;
/** BI_RGB and BI_BITFIELDS. Run-length coded bitmaps went out with Windows 3. */
const uncompressed = 0;
const bitFields = 3;

interface BmpHeader {
  readonly width: number;
  readonly height: number;
  readonly isTopDown: boolean;
  readonly bitsPerPixel: number;
  readonly pixelsAt: number;
  readonly palette: Uint8Array;
}

/**
 * Decodes an uncompressed Windows bitmap, which fax programs and old scanners still write; null when it is damaged, huge
 * or of a kind that is not read.
 */
export function decodeBmp(bytes: Uint8Array): Picture | null {
  const header = readHeader(bytes);
  if (header === null) return null;
  const { width, height, isTopDown, bitsPerPixel, pixelsAt, palette } = header;
  const stride = Math.ceil((width * bitsPerPixel) / 32) * 4;
  if (pixelsAt + stride * height > bytes.length) return null;
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    const row = pixelsAt + (isTopDown ? y : height - 1 - y) * stride;
    for (let x = 0; x < width; x += 1) {
      const to = (y * width + x) * 3;
      const [source, from] = pixelAt(bytes, palette, row, x, bitsPerPixel);
      data[to] = source[from + 2] ?? 255;
      data[to + 1] = source[from + 1] ?? 255;
      data[to + 2] = source[from] ?? 255;
    }
  }
  return { data, width, height, channels: 3 };
}

/** Where blue, green and red of a pixel lie: in the picture itself, or in the palette. */
function pixelAt(bytes: Uint8Array, palette: Uint8Array, row: number, x: number, bitsPerPixel: number): readonly [Uint8Array, number] {
  if (bitsPerPixel >= 24) return [bytes, row + (x * bitsPerPixel) / 8];
  const bit = x * bitsPerPixel;
  const shift = 8 - bitsPerPixel - (bit % 8);
  const index = ((bytes[row + (bit >> 3)] ?? 0) >> shift) & ((1 << bitsPerPixel) - 1);
  return [palette, index * 4];
}

function readHeader(bytes: Uint8Array): BmpHeader | null {
  if (bytes.length < fileHeaderBytes + minInfoHeaderBytes) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const infoBytes = view.getUint32(14, true);
  const [width, height] = [view.getInt32(18, true), view.getInt32(22, true)];
  const bitsPerPixel = view.getUint16(28, true);
  const compression = view.getUint32(30, true);
  const isReadable = compression === uncompressed || (compression === bitFields && bitsPerPixel === 32);
  const isSane = width > 0 && height !== 0 && Math.max(width, Math.abs(height)) <= maxImageSidePixels;
  if (infoBytes < minInfoHeaderBytes || !isReadable || !isSane || width * Math.abs(height) > maxImagePixels) return null;
  if (![1, 4, 8, 24, 32].includes(bitsPerPixel)) return null;
  const paletteAt = fileHeaderBytes + infoBytes;
  const palette = bitsPerPixel <= 8 ? bytes.subarray(paletteAt, paletteAt + 4 * 2 ** bitsPerPixel) : new Uint8Array();
  return { width, height: Math.abs(height), isTopDown: height < 0, bitsPerPixel, pixelsAt: view.getUint32(10, true), palette };
}
