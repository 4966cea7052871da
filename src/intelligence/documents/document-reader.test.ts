import { afterEach, expect, test } from 'vitest';
import { buildPdf } from './build-pdf.ts';
import { createDocumentReader, type DocumentReaderOptions, type IsolatedDocumentReader } from './document-reader.ts';

let reader: IsolatedDocumentReader | undefined;
afterEach(async () => reader?.close());

function buildReader(options: Partial<DocumentReaderOptions> = {}): IsolatedDocumentReader {
  reader = createDocumentReader({ processes: 1, ...options });
  return reader;
}

test('reads in another process, renders the page, and reports bad input as a problem', { timeout: 30_000 }, async () => {
  const bytes = await buildPdf((pdf) => pdf.text('Invoice 4711'));
  const { read, render } = buildReader();
  const result = await read({ fileName: 'a.pdf', bytes });
  expect(result.reading.pages[0]?.words.map((word) => word.text)).toEqual(['Invoice', '4711']);
  expect(result.extraction).not.toBeNull();
  expect(await render({ fileName: 'a.pdf', bytes }, 1, 0)).toMatchObject({ mediaType: 'image/webp', widthPx: 1131, heightPx: 1600 });
  expect(await render({ fileName: 'a.pdf', bytes }, 2, 0)).toBeNull();
  const refused = await read({ fileName: 'b.pdf', bytes: Buffer.from('MZ') });
  expect([refused.reading.problems[0]?.code, refused.extraction]).toEqual(['not-a-document', null]);
});

test('a document that takes too long is a problem with what to do, not an error', { timeout: 30_000 }, async () => {
  const { read } = buildReader({ timeoutMs: 1 });
  const { reading } = await read({ fileName: 'a.pdf', bytes: await buildPdf((pdf) => pdf.text('Invoice')) });
  expect(reading.problems).toEqual([
    { code: 'timed-out', severity: 'error', message: expect.stringContaining('type its data in') as string },
  ]);
});
