import type { Box } from '#domain/documents';
import type { LooseWord } from '../reading-order.ts';
import type { TextLayerWord } from './text-layer.ts';

interface UprightPage {
  readonly width: number;
  readonly height: number;
  readonly rotation: number;
  readonly words: readonly LooseWord[];
}

/** Turns a page whose writing runs sideways or upside down, by the direction that most of its characters have. */
export function uprightWords(words: readonly TextLayerWord[], page: { readonly width: number; readonly height: number }): UprightPage {
  const turns = prevailingTurns(words);
  const isSideways = turns % 2 === 1;
  return {
    width: isSideways ? page.height : page.width,
    height: isSideways ? page.width : page.height,
    rotation: ((4 - turns) % 4) * 90,
    words: words.map(({ isInvisible: _, isFaint: __, quarterTurns: ___, ink: ____, object: _____, ...word }) => ({
      ...word,
      box: turnBack(word.box, turns, page),
    })),
  };
}

function prevailingTurns(words: readonly TextLayerWord[]): number {
  const characters = [0, 0, 0, 0];
  for (const word of words) characters[word.quarterTurns] = (characters[word.quarterTurns] ?? 0) + word.text.length;
  return characters.indexOf(Math.max(...characters));
}

/** Undoes `turns` clockwise quarter turns. */
function turnBack([left, top, right, bottom]: Box, turns: number, page: { readonly width: number; readonly height: number }): Box {
  if (turns === 1) return [top, page.width - right, bottom, page.width - left];
  if (turns === 2) return [page.width - right, page.height - bottom, page.width - left, page.height - top];
  if (turns === 3) return [page.height - bottom, left, page.height - top, right];
  return [left, top, right, bottom];
}
