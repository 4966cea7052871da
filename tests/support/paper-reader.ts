import type { Office } from '#orchestration';
import { extractionOf, type Paper } from './paper.ts';

/** The bytes of a file that reads as this paper: whoever has the bytes, in whatever process, reads the same. */
export function bytesOfPaper(fileName: string, paper: Paper): Uint8Array {
  return new TextEncoder().encode(`${fileName} ${JSON.stringify(paper)}`);
}

/** Reads and unpacks such files without any page. */
export const paperReader: Pick<Office, 'unpacker' | 'reader' | 'renderer'> = {
  unpacker: { unpack: (message) => Promise.resolve(unpacked(message)) },
  reader: { read: ({ bytes }) => Promise.resolve(readingOf(paperOf(bytes))) },
  renderer: { render: () => Promise.resolve(null) },
};

function paperOf(bytes: Uint8Array): Paper | undefined {
  const paper = /\{.*\}/s.exec(new TextDecoder().decode(bytes))?.[0];
  return paper === undefined ? undefined : (JSON.parse(paper) as Paper);
}

function unpacked(message: Parameters<Office['unpacker']['unpack']>[0]): Awaited<ReturnType<Office['unpacker']['unpack']>> {
  const { fileName, bytes, kind, externalId } = message;
  return {
    subject: null,
    sender: { name: null, address: null },
    // A mail of a test names itself by its first line and carries the rest.
    messageId: kind === 'mail' ? (new TextDecoder().decode(bytes).split('\n')[0] ?? externalId) : null,
    sentAt: null,
    text: '',
    calendars: [],
    parts: [{ fileName, declaredMediaType: 'application/pdf', bytes: kind === 'mail' ? withoutHead(bytes) : bytes, path: [] }],
    problems: [],
  };
}

/** After the first two lines: the Message-ID and how it travelled. */
function withoutHead(bytes: Uint8Array): Uint8Array {
  return new TextEncoder().encode(new TextDecoder().decode(bytes).split('\n').slice(2).join('\n'));
}

function readingOf(paper: Paper | undefined): Awaited<ReturnType<Office['reader']['read']>> {
  if (paper === undefined) {
    const problem = { code: 'not-a-document', message: 'This is no document.', severity: 'error' } as const;
    return {
      reading: { mediaType: 'text/plain', source: 'text', pages: [], structuredXml: null, problems: [problem] },
      extraction: null,
      ms: 1,
    };
  }
  const texts = [paper.number ?? 'Invoice', ...(paper.head ?? '').split(' ').filter((text) => text !== '')];
  const words = texts.map((text, id) => ({ id, text, box: [0, 0, 10, 10] as const, confidence: 1 }));
  const page = { number: 1, width: 595, height: 842, words, rotation: 0 } as const;
  return {
    reading: { mediaType: 'application/pdf', source: 'text-layer', pages: [page], structuredXml: null, problems: [] },
    extraction: extractionOf(paper),
    ms: 1,
  };
}
