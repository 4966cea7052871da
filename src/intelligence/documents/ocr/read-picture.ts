import type { LooseWord } from '../reading-order.ts';
import type { Picture } from '../pdf/render.ts';

export async function readPicture(picture: Picture, size: { pageWidth: number; pageHeight: number }): Promise<{ width: number; height: number; rotation: number; words: LooseWord[] }> {
  return { width: size.pageWidth, height: size.pageHeight, rotation: 0, words: [] };
}
