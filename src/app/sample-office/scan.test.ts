import { readDocument } from '#intelligence';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { drawReminder } from './draw-letter.ts';
import { organization } from './office.ts';
import { imagesToPdf, scanPage, type ScanOptions } from './scan.ts';
import { supplierOf } from './suppliers.ts';

const page = await drawReminder({
  supplier: supplierOf('nordwind'),
  buyer: organization,
  issuedOn: '2026-11-20',
  number: 'RE-2026-4417',
  amount: '979.79',
  currency: 'EUR',
  level: 1,
});

const kinds = ['flatbed', 'grey', 'fax', 'photo'] as const;

test.each(kinds)('a %s of a page is the same for the same seed and another for another', async (kind) => {
  const scan = (seed: number): Promise<Uint8Array> => scanPage(page, { kind, seed });
  const first = await scan(7);
  expect(Buffer.compare(first, await scan(7))).toBe(0);
  expect(Buffer.compare(first, await scan(8))).not.toBe(0);
});

test.each([
  ['flatbed', 'srgb', 200],
  ['grey', 'b-w', 170],
  ['fax', 'b-w', 130],
  ['photo', 'srgb', 180],
] as const)('a %s has the colours and the density of its machine', async (kind: ScanOptions['kind'], space, density) => {
  const picture = sharp(await scanPage(page, { kind, seed: 1 }));
  expect(await picture.metadata()).toMatchObject({ format: 'jpeg', space, density });
  const { channels } = await picture.stats();
  // Paper, even grey paper, is light; ink is dark.
  expect(channels[0]?.max).toBeGreaterThan(200);
  expect(channels[0]?.min).toBeLessThan(90);
});

test('pictures become pages of paper size without a text layer that can still be read, and the same bytes again', async () => {
  const jpeg = await scanPage(page, { kind: 'grey', seed: 3 });
  const pdf = await imagesToPdf([jpeg], '2026-11-20');
  expect(await imagesToPdf([jpeg], '2026-11-20')).toEqual(pdf);
  const { pages, source } = await readDocument({ fileName: 'scan.pdf', bytes: pdf });
  expect(source).toBe('ocr');
  // The reader sets the page upright, which needs a little more room than A4 (595 x 842).
  expect(pages[0]?.width).toBeGreaterThan(590);
  expect(pages[0]?.width).toBeLessThan(620);
  expect(pages[0]?.words.map(({ text }) => text)).toContain('RE-2026-4417');
});
