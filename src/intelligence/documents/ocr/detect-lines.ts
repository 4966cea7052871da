import * as onnx from 'onnxruntime-node';
import { maxDetectorPixels, quickDetectorPixels } from '../limits.ts';
import { type Picture, resizePicture } from '../picture.ts';
import { findComponents } from './components.ts';
import { loadOcrModels } from './models.ts';

/** A stretch of text on the picture, in its pixels: a rectangle that may lie at an angle. */
export interface TextLine {
  readonly centreX: number;
  readonly centreY: number;
  /** Along the longer axis. */
  readonly length: number;
  readonly thickness: number;
  /** Of the longer axis against the x axis, clockwise in radians, above -π/2 and up to π/2. */
  readonly angle: number;
}

/** Detector output above this is text (PP-OCRv6's own settings, `thresh`, `box_thresh` and `unclip_ratio`). */
const textThreshold = 0.3;
const minMeanScore = 0.5;
const unclipRatio = 1.6;
/** Small pictures are enlarged to this; the 736 that RapidOCR sets found no more of our receipts and took 40 % longer. */
const minShortSide = 544;
/** A quick look that saves less than this is not taken. */
const worthwhile = 0.7;
/** The network halves five times. */
const sizeStep = 32;

/** Type is read for certain when it is this tall in the detector's input: A4 pages at full size have 11 to 16 pixels a line. */
const tallEnough = 13;

/**
 * Finds the lines of text on a picture, in no particular order. The detector is most of the cost of a receipt, and a receipt's
 * type is large: a quick look at a third of the size is enough where nearly all lines it found are tall.
 *
 * @param isSmallType - it is known that the type is small, as on a letter: then there is no quick look.
 */
export async function detectLines(picture: Picture, { isSmallType }: { readonly isSmallType: boolean }): Promise<TextLine[]> {
  const quick = inputSize(picture, quickDetectorPixels);
  const full = inputSize(picture, maxDetectorPixels);
  if (isSmallType || quick.width * quick.height > full.width * full.height * worthwhile) return detectAt(picture, full);
  const lines = await detectAt(picture, quick);
  return isTall(lines, picture.width / quick.width) ? lines : detectAt(picture, full);
}

/** Whether nine of ten lines are tall enough in the detector's input. */
function isTall(lines: readonly TextLine[], scale: number): boolean {
  const sizes = lines.map(({ length, thickness }) => Math.min(length, thickness) / scale).toSorted((a, b) => a - b);
  return (sizes[Math.floor(sizes.length / 10)] ?? 0) >= tallEnough;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function inputSize(picture: Picture, maxPixels: number): Size {
  const upscale = Math.max(1, minShortSide / Math.min(picture.width, picture.height));
  const scale = Math.min(upscale, Math.sqrt(maxPixels / (picture.width * picture.height)));
  return { width: toStep(picture.width * scale), height: toStep(picture.height * scale) };
}

async function detectAt(picture: Picture, { width, height }: Size): Promise<TextLine[]> {
  const scores = await runDetector(await resizePicture(picture, width, height));
  const [scaleX, scaleY] = [picture.width / width, picture.height / height];
  return findComponents(scores, width, height, textThreshold)
    .filter((component) => component.meanScore >= minMeanScore && component.thickness >= 3)
    .map((component) => {
      // The detector marks the kernel of a line; the line itself is larger by this on every side.
      const margin = (component.length * component.thickness * unclipRatio) / (2 * (component.length + component.thickness));
      const scaleMean = (scaleX + scaleY) / 2;
      return {
        centreX: component.centreX * scaleX,
        centreY: component.centreY * scaleY,
        length: (component.length + 2 * margin) * scaleMean,
        thickness: (component.thickness + 2 * margin) * scaleMean,
        angle: component.angle,
      };
    });
}

function toStep(size: number): number {
  return Math.max(sizeStep, Math.round(size / sizeStep) * sizeStep);
}

async function runDetector(picture: Picture): Promise<Float32Array> {
  const { detector } = await loadOcrModels();
  const area = picture.width * picture.height;
  const input = new Float32Array(area * 3);
  const step = picture.channels;
  for (let pixel = 0; pixel < area; pixel += 1) {
    const at = pixel * step;
    // Blue first, as the model was trained; grey pictures repeat their one channel.
    for (let channel = 0; channel < 3; channel += 1) {
      input[channel * area + pixel] = (picture.data[step === 3 ? at + 2 - channel : at] as number) / 127.5 - 1;
    }
  }
  const tensor = new onnx.Tensor('float32', input, [1, 3, picture.height, picture.width]);
  const results = await detector.run({ [detector.inputNames[0] as string]: tensor });
  return results[detector.outputNames[0] as string]?.data as Float32Array;
}
