import type { Picture } from '../picture.ts';

/** A line of text cut out, turned level and scaled: grey and colour rows of the recognizer's height. */
export interface LineCrop {
  /** Three planes of `height` × `width`, blue first, each value -1 to 1. */
  readonly planes: Float32Array;
  readonly width: number;
}

/** Where a line lies on the picture and which way it reads. */
export interface ReadingLine {
  readonly centreX: number;
  readonly centreY: number;
  /** In reading direction. */
  readonly length: number;
  readonly thickness: number;
  /** Of the reading direction, radians clockwise from the x axis. */
  readonly direction: number;
}

/** Height of the recognizer's input. */
export const cropHeight = 48;
/** 2,400 pixels are about 120 characters: longer lines are two columns that the detector joined. */
const maxCropWidth = 2_400;

/** Width that a line has once it is scaled to the recognizer's height. */
export function cropWidthOf(line: ReadingLine): number {
  return Math.max(8, Math.min(maxCropWidth, Math.ceil((cropHeight * line.length) / line.thickness)));
}

/** Samples the line straight from the picture, whatever its angle, so that a page is never turned as a whole. */
export function cropLine(picture: Picture, line: ReadingLine): LineCrop {
  const width = cropWidthOf(line);
  const planes = new Float32Array(3 * cropHeight * width);
  const [cos, sin] = [Math.cos(line.direction), Math.sin(line.direction)];
  const [stepU, stepV] = [line.length / width, line.thickness / cropHeight];
  // Shrinking by more than 1.5 would skip pixels: then four samples are taken for one.
  const offsets = Math.max(stepU, stepV) > 1.5 ? [-0.25, 0.25] : [0];
  const weight = 1 / (127.5 * offsets.length ** 2);
  for (let row = 0; row < cropHeight; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const sum = [0, 0, 0];
      for (const dv of offsets) {
        for (const du of offsets) {
          const u = (column + 0.5 + du - width / 2) * stepU;
          const v = (row + 0.5 + dv - cropHeight / 2) * stepV;
          addSample(picture, line.centreX + u * cos - v * sin - 0.5, line.centreY + u * sin + v * cos - 0.5, sum);
        }
      }
      const at = row * width + column;
      for (let channel = 0; channel < 3; channel += 1)
        planes[channel * cropHeight * width + at] = (sum[2 - channel] as number) * weight - 1;
    }
  }
  return { planes, width };
}

/** Bilinear; beyond the border the border goes on. */
function addSample({ data, width, height, channels }: Picture, x: number, y: number, sum: number[]): void {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const [shareX, shareY] = [x - left, y - top];
  const [x0, x1] = [clamp(left, width), clamp(left + 1, width)];
  const [y0, y1] = [clamp(top, height) * width, clamp(top + 1, height) * width];
  for (let channel = 0; channel < 3; channel += 1) {
    const plane = channels === 3 ? channel : 0;
    const above = at(data, (y0 + x0) * channels + plane) * (1 - shareX) + at(data, (y0 + x1) * channels + plane) * shareX;
    const below = at(data, (y1 + x0) * channels + plane) * (1 - shareX) + at(data, (y1 + x1) * channels + plane) * shareX;
    sum[channel] = (sum[channel] as number) + above * (1 - shareY) + below * shareY;
  }
}

function clamp(value: number, size: number): number {
  return Math.min(size - 1, Math.max(0, value));
}

function at(data: Uint8Array, index: number): number {
  return data[index] as number;
}
