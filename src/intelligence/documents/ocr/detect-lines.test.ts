import { afterEach, expect, test, vi } from 'vitest';
import { buildPdf } from '../build-pdf.ts';
import { maxDetectorPixels, quickDetectorPixels } from '../limits.ts';
import { openPdf, withPage } from '../pdf/pdfium.ts';
import { renderPage } from '../pdf/render.ts';
import type { Picture } from '../picture.ts';
import { detectLines } from './detect-lines.ts';
import { loadOcrModels } from './models.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

/** Twelve lines of type of this size on a slip of 300 by 600 points, as a scanner would see it. */
async function slip(fontSize: number): Promise<Picture> {
  const bytes = await buildPdf(
    (pdf) => Array.from({ length: 12 }, (_, line) => pdf.fontSize(fontSize).text(`Tea and cake ${line} 12.50`, 20, 20 + line * 45)),
    { size: [300, 600], margin: 0 },
  );
  const pdf = await openPdf(bytes);
  if (typeof pdf === 'string') throw new Error(pdf);
  const picture = await withPage(pdf, 0, (page) => renderPage(pdf, page, 200));
  pdf.close();
  if (picture === null) throw new Error('no page');
  return picture;
}

/** Pixels of every look that the detector took. */
async function looksAt(picture: Picture, isSmallType: boolean): Promise<{ looks: number[]; lineCount: number }> {
  const { detector } = await loadOcrModels();
  const run = vi.spyOn(detector, 'run');
  const lines = await detectLines(picture, { isSmallType });
  const looks = run.mock.calls.map(([feeds]) => Object.values(feeds)[0]?.dims ?? []).map(([, , height = 0, width = 0]) => height * width);
  return { looks, lineCount: lines.length };
}

test('large type is found at a third of the size', { timeout: 60_000 }, async () => {
  const { looks, lineCount } = await looksAt(await slip(16), false);
  expect(lineCount).toBe(12);
  expect(looks).toHaveLength(1);
  expect(looks[0]).toBeLessThan(quickDetectorPixels * 1.1);
});

test('small type is looked at again, and at once where it is known to be small', { timeout: 60_000 }, async () => {
  const picture = await slip(6);
  const again = await looksAt(picture, false);
  expect(again.looks).toHaveLength(2);
  expect(again.looks[1]).toBeGreaterThan(quickDetectorPixels * 2);
  expect(again.looks[1]).toBeLessThan(maxDetectorPixels * 1.1);
  vi.restoreAllMocks();
  const known = await looksAt(picture, true);
  expect(known).toEqual({ looks: again.looks.slice(1), lineCount: again.lineCount });
  expect(known.lineCount).toBe(12);
});
