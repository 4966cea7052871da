import type { Box } from '#domain/documents';
import type { Picture } from '../picture.ts';
import type { TextLayerWord } from './text-layer.ts';

/** Difference of grey between letters and ground that an eye sees on paper, of 255. */
const visibleContrast = 28;

/**
 * Parts the words a person can see from those that only a program reads: drawn invisibly, white on white, or under a
 * picture. White on a dark bar is visible, so faint words are looked up on the rendered page; `render` is called only
 * when there are some.
 */
export function splitVisible(
  words: readonly TextLayerWord[],
  render: () => Picture,
  page: { readonly width: number; readonly height: number },
): { visible: TextLayerWord[]; hiddenCharacterCount: number } {
  const drawn = words.filter((word) => !word.isInvisible && isOnPage(word.box, page));
  if (!drawn.some((word) => word.isFaint)) return { visible: drawn, hiddenCharacterCount: charactersOf(words) - charactersOf(drawn) };
  const picture = render();
  const visible = drawn.filter((word) => !word.isFaint || contrastIn(picture, word.box, page) >= visibleContrast);
  return { visible, hiddenCharacterCount: charactersOf(words) - charactersOf(visible) };
}

function charactersOf(words: readonly TextLayerWord[]): number {
  return words.reduce((sum, word) => sum + word.text.length, 0);
}

function isOnPage([left, top, right, bottom]: Box, page: { readonly width: number; readonly height: number }): boolean {
  return right > 0 && bottom > 0 && left < page.width && top < page.height;
}

function contrastIn(
  { data, width, height, channels }: Picture,
  box: Box,
  page: { readonly width: number; readonly height: number },
): number {
  const clamp = (value: number, most: number): number => Math.min(most - 1, Math.max(0, Math.floor(value)));
  const [left, right] = [clamp((box[0] / page.width) * width, width), clamp((box[2] / page.width) * width, width)];
  const [top, bottom] = [clamp((box[1] / page.height) * height, height), clamp((box[3] / page.height) * height, height)];
  let least = 255;
  let most = 0;
  for (let y = top; y <= bottom; y += 1) {
    for (let x = left; x <= right; x += 1) {
      const at = (y * width + x) * channels;
      const grey = ((data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + 2] ?? 0)) / 3;
      least = Math.min(least, grey);
      most = Math.max(most, grey);
    }
  }
  return most - least;
}
