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
  const planes = new Float32Array(3 * cropHeight * width).fill(-1);
  const [cos, sin] = [Math.cos(line.direction), Math.sin(line.direction)];
  const [stepU, stepV] = [line.length / width, line.thickness / cropHeight];
  // Shrinking by more than 1.5 would skip pixels: then four samples are taken for one.
  const offsets = Math.max(stepU, stepV) > 1.5 ? [-0.25, 0.25] : [0];
  const weight = 1 / (127.5 * offsets.length ** 2);
  for (const dv of offsets) {
    for (const du of offsets) {
      for (let row = 0; row < cropHeight; row += 1) {
        const v = (row + 0.5 + dv - cropHeight / 2) * stepV;
        for (let column = 0; column < width; column += 1) {
          const u = (column + 0.5 + du - width / 2) * stepU;
          const x = line.centreX + u * cos - v * sin - 0.5;
          const y = line.centreY + u * sin + v * cos - 0.5;
          addSample(picture, x, y, weight, planes, row * width + column);
        }
      }
    }
  }
  return { planes, width };
}

/** Adds a sample's share to the three planes, blue first. Bilinear; beyond the border the border goes on. */
function addSample(
  { data, width, height, channels }: Picture,
  x: number,
  y: number,
  weight: number,
  planes: Float32Array,
  target: number,
): void {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const x0 = clamp(left, width) * channels;
  const x1 = clamp(left + 1, width) * channels;
  const y0 = clamp(top, height) * width * channels;
  const y1 = clamp(top + 1, height) * width * channels;
  const right = (x - left) * weight;
  const below = y - top;
  const [a, b, c, d] = [(weight - right) * (1 - below), right * (1 - below), (weight - right) * below, right * below];
  // Grey pictures repeat their one channel.
  const step = channels === 3 ? 1 : 0;
  const size = planes.length / 3;
  for (let channel = 0, from = 2 * step; channel < 3; channel += 1, from -= step) {
    const sample =
      a * at(data, y0 + x0 + from) + b * at(data, y0 + x1 + from) + c * at(data, y1 + x0 + from) + d * at(data, y1 + x1 + from);
    planes[channel * size + target] = (planes[channel * size + target] as number) + sample;
  }
}

function clamp(value: number, size: number): number {
  return value < 0 ? 0 : value >= size ? size - 1 : value;
}

function at(data: Uint8Array, index: number): number {
  return data[index] as number;
}
