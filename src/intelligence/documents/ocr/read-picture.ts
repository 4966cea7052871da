import type { Picture } from '../picture.ts';
import { inReadingOrder, type LooseWord } from '../reading-order.ts';
import { detectLines } from './detect-lines.ts';
import { findOrientation, toReadingLine } from './find-orientation.ts';
import { boxAround, type PageTurn, turnPage } from './page-turn.ts';
import { createLineReader, type ReadLine } from './recognize-lines.ts';
import { splitWords } from './split-words.ts';

/** Words read from a picture, on the upright page and in its units. */
export interface PictureWords {
  readonly width: number;
  readonly height: number;
  readonly rotation: number;
  readonly words: readonly LooseWord[];
}

/** Lines below this are stains, stamps and pictures rather than text (RapidOCR's `text_score`). */
const minLineConfidence = 0.5;
/** The detector's rectangle leaves air above and below: the type itself takes this share of it. */
const typeShare = 0.8;

/**
 * Reads the text of a picture whichever way up it lies. `page` gives the size of the picture in page units, and whether it is
 * known to be a sheet of paper with small type.
 */
export async function readPicture(
  picture: Picture,
  page: { readonly pageWidth: number; readonly pageHeight: number; readonly isSmallType?: boolean },
): Promise<PictureWords> {
  const lines = await detectLines(picture, { isSmallType: page.isSmallType ?? false });
  const readLines = createLineReader(picture);
  const direction = await findOrientation(readLines, lines);
  const read = await readLines(lines.map((line) => toReadingLine(line, direction)));
  const turn = turnPage(picture, degreesToUpright(direction));
  const words = read.filter((line) => line.confidence >= minLineConfidence).flatMap((line) => placeWords(line, turn));
  const scale = page.pageWidth / picture.width;
  return {
    width: round(turn.width * scale),
    height: round(turn.height * scale),
    rotation: round(turn.rotation),
    words: inReadingOrder(words).map((word) => ({
      ...word,
      box: [round(word.box[0] * scale), round(word.box[1] * scale), round(word.box[2] * scale), round(word.box[3] * scale)],
    })),
  };
}

function degreesToUpright(direction: number): number {
  const degrees = (-direction * 180) / Math.PI;
  return ((degrees % 360) + 360) % 360;
}

/** From columns of the crop back to the picture and on to the upright page. */
function placeWords(read: ReadLine, turn: PageTurn): LooseWord[] {
  const { line, crop } = read;
  const [cos, sin] = [Math.cos(line.direction), Math.sin(line.direction)];
  const half = (line.thickness / 2) * typeShare;
  const toPage = (column: number, v: number): { x: number; y: number } => {
    const u = (column / crop.width - 0.5) * line.length;
    return turn.toPage(line.centreX + u * cos - v * sin, line.centreY + u * sin + v * cos);
  };
  return splitWords(read).map((word) => ({
    text: word.text,
    confidence: Math.round(word.confidence * 1000) / 1000,
    box: boxAround([toPage(word.left, -half), toPage(word.right, -half), toPage(word.right, half), toPage(word.left, half)], turn),
  }));
}

/** A hundredth of a unit. */
function round(value: number): number {
  return Math.round(value * 100) / 100;
}
