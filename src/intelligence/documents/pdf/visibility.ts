import type { Box } from '#domain/documents';
import type { Picture } from '../picture.ts';
import type { Cover, DrawingOrder } from './covers.ts';
import type { TextLayerWord } from './text-layer.ts';

/** Difference of grey between letters and ground that an eye sees on paper, of 255. */
const visibleContrast = 28;
/** Smaller than the smallest print of a contract (4 points): nobody reads it, whatever its ink. */
const legiblePoints = 2.5;
/** A word is under something that lies over more than this share of it; table lines touch words everywhere. */
const coveredShare = 0.5;

/** The page to look at, upright as a viewer shows it. */
export interface ShownPage {
  readonly width: number;
  readonly height: number;
  readonly drawn: DrawingOrder;
  /** Pictures of the page with its text and without; made only when a word is in doubt. */
  render(): { readonly whole: Picture; readonly bare: Picture };
}

/**
 * Parts the words a person can see from those that only a program reads: drawn invisibly, tiny, off the page, white on
 * white, or under something. What is light (white on a dark bar shows) or lies under something is looked up: it shows
 * where the page looks otherwise without it.
 */
export function splitVisible(
  words: readonly TextLayerWord[],
  page: ShownPage,
): { readonly visible: readonly TextLayerWord[]; readonly hidden: readonly TextLayerWord[] } {
  const { covers } = page.drawn;
  const isDoubtful = (word: TextLayerWord): boolean => word.isFaint || covers.some((cover) => mayHide(cover, word, page.drawn));
  const drawn = words.filter((word) => !word.isInvisible && !isTiny(word) && isOnPage(word.box, page));
  const doubtful = new Set(drawn.filter(isDoubtful));
  if (doubtful.size > 0) {
    const { whole, bare } = page.render();
    for (const word of doubtful) if (changeIn(whole, bare, word.box, page) >= visibleContrast) doubtful.delete(word);
  }
  const shown = new Set(drawn.filter((word) => !doubtful.has(word)));
  return { visible: [...shown], hidden: words.filter((word) => !shown.has(word)) };
}

/** Fonts whose glyphs are drawings tell a size of their own; their boxes are right. */
function isTiny({ box, fontSize, quarterTurns }: TextLayerWord): boolean {
  const height = quarterTurns % 2 === 0 ? box[3] - box[1] : box[2] - box[0];
  return (fontSize ?? legiblePoints) < legiblePoints && height < legiblePoints;
}

/** Where the middle of a word lies off the page, what is left of it says something else or nothing. */
function isOnPage([left, top, right, bottom]: Box, { width, height }: ShownPage): boolean {
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  return x > 0 && y > 0 && x < width && y < height;
}

/** Whether something drawn later lies over the word, or something drawn before under it has the colour of its ink. */
function mayHide({ box, grey, order }: Cover, word: TextLayerWord, { texts }: DrawingOrder): boolean {
  const isUnder = order < (texts.get(word.object) ?? 0);
  if (isUnder && grey !== null && Math.abs(grey - word.ink) >= visibleContrast) return false;
  const [left, top, right, bottom] = word.box;
  const width = Math.min(right, box[2]) - Math.max(left, box[0]);
  const height = Math.min(bottom, box[3]) - Math.max(top, box[1]);
  return width > 0 && height > 0 && width * height > coveredShare * (right - left) * (bottom - top);
}

/** The greatest change of grey of a pixel between two pictures of the page, where the box is. */
function changeIn(one: Picture, other: Picture, box: Box, page: ShownPage): number {
  const { width, height, channels } = one;
  const clamp = (value: number, most: number): number => Math.min(most - 1, Math.max(0, Math.floor(value)));
  const [left, right] = [clamp((box[0] / page.width) * width, width), clamp((box[2] / page.width) * width, width)];
  const [top, bottom] = [clamp((box[1] / page.height) * height, height), clamp((box[3] / page.height) * height, height)];
  const greyOf = ({ data }: Picture, at: number): number => ((data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + 2] ?? 0)) / 3;
  let most = 0;
  for (let y = top; y <= bottom; y += 1) {
    for (let x = left; x <= right; x += 1) {
      const at = (y * width + x) * channels;
      most = Math.max(most, Math.abs(greyOf(one, at) - greyOf(other, at)));
    }
  }
  return most;
}
