import * as onnx from 'onnxruntime-node';
import type { Picture } from '../picture.ts';
import { cropHeight, cropLine, cropWidthOf, type LineCrop, type ReadingLine } from './crop-line.ts';
import { loadOcrModels } from './models.ts';

/** A character with where its peak lies in the crop. */
export interface ReadCharacter {
  readonly text: string;
  readonly confidence: number;
  /** Pixels of the crop from its left. */
  readonly x: number;
}

export interface ReadLine {
  readonly line: ReadingLine;
  readonly crop: LineCrop;
  readonly characters: readonly ReadCharacter[];
  /** Mean over the characters, spaces too; 0 when nothing was read. */
  readonly confidence: number;
}

/** Crops are padded to this. The 320 of RapidOCR costs a quarter more time and read no better (F1 0.897 against 0.899). */
const minInputWidth = 96;
/** Inside the recognizer 18,710 scores belong to every 8 pixels: 2,880 pixels a batch hold them to 27 MB. */
const maxBatchPixels = 2_880;

/** Reads lines of one picture, each once however often it is asked for. */
export type LineReader = (lines: readonly ReadingLine[]) => Promise<ReadLine[]>;

/** Remembers what was read, so that lines which told the page's direction are not read a second time. */
export function createLineReader(picture: Picture): LineReader {
  const known = new Map<string, ReadLine>();
  const keyOf = (line: ReadingLine): string => [line.centreX, line.centreY, line.direction].join(' ');
  return async (lines) => {
    const unknown = lines.filter((line) => !known.has(keyOf(line)));
    for (const read of await recognizeLines(picture, unknown)) known.set(keyOf(read.line), read);
    return lines.map((line) => known.get(keyOf(line))).filter((read) => read !== undefined);
  };
}

/** Reads lines in batches of like width, so that little is spent on padding. Results are in the order of `lines`. */
async function recognizeLines(picture: Picture, lines: readonly ReadingLine[]): Promise<ReadLine[]> {
  const order = lines
    .map((line, index) => ({ line, index, width: Math.max(minInputWidth, cropWidthOf(line)) }))
    .toSorted((a, b) => a.width - b.width);
  const results: ReadLine[] = [];
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && (order[end]?.width ?? 0) * (end - start + 1) <= maxBatchPixels) end += 1;
    const batch = order.slice(start, end);
    const crops = batch.map(({ line }) => cropLine(picture, line));
    const read = await recognizeCrops(crops);
    batch.forEach(({ line, index }, place) => {
      results[index] = { line, crop: crops[place] as LineCrop, ...(read[place] as Pick<ReadLine, 'characters' | 'confidence'>) };
    });
    start = end;
  }
  return results;
}

async function recognizeCrops(crops: readonly LineCrop[]): Promise<Array<Pick<ReadLine, 'characters' | 'confidence'>>> {
  const { recognizer, characters } = await loadOcrModels();
  const width = Math.max(minInputWidth, ...crops.map((crop) => crop.width));
  const input = new Float32Array(crops.length * 3 * cropHeight * width);
  crops.forEach((crop, index) => {
    for (let row = 0; row < 3 * cropHeight; row += 1) {
      input.set(crop.planes.subarray(row * crop.width, (row + 1) * crop.width), (index * 3 * cropHeight + row) * width);
    }
  });
  const tensor = new onnx.Tensor('float32', input, [crops.length, 3, cropHeight, width]);
  const results = await recognizer.run({ [recognizer.inputNames[0] as string]: tensor });
  const [best, score] = [results['best']?.data as Int32Array, results['score']?.data as Float32Array];
  const steps = best.length / crops.length;
  return crops.map((crop, index) => {
    const [from, to] = [index * steps, (index + 1) * steps];
    return decode(
      { best: best.subarray(from, to), score: score.subarray(from, to), pixelsPerStep: width / steps, width: crop.width },
      characters,
    );
  });
}

interface Steps {
  /** Likeliest class of each step, and its probability. */
  readonly best: Int32Array;
  readonly score: Float32Array;
  readonly pixelsPerStep: number;
  readonly width: number;
}

/** Greedy CTC: the best class of each step, repeats merged, blanks dropped. */
function decode({ best, score, pixelsPerStep, width }: Steps, names: readonly string[]): Pick<ReadLine, 'characters' | 'confidence'> {
  const found: ReadCharacter[] = [];
  best.forEach((type, step) => {
    const x = (step + 0.5) * pixelsPerStep;
    if (type !== 0 && type !== best[step - 1] && x < width + pixelsPerStep)
      found.push({ text: names[type] ?? '', confidence: score[step] as number, x: Math.min(x, width) });
  });
  const confidence = found.length === 0 ? 0 : found.reduce((sum, character) => sum + character.confidence, 0) / found.length;
  return { characters: found, confidence };
}
