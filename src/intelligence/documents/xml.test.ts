import { expect, test } from 'vitest';
import { readXml } from './xml.ts';

const invoice = '<?xml version="1.0" encoding="UTF-8"?><ubl:Invoice xmlns:ubl="x"><ID>Müller</ID></ubl:Invoice>';

function codeOf(text: string | Uint8Array): string {
  const result = readXml(typeof text === 'string' ? Buffer.from(text) : text);
  return result.outcome === 'structured' ? 'structured' : result.problem.code;
}

test('reads an e-invoice in the encoding it declares', () => {
  const latin = Buffer.from(invoice.replace('UTF-8', 'ISO-8859-1'), 'latin1');
  const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(invoice.replace('UTF-8', 'UTF-16'), 'utf16le')]);
  for (const bytes of [Buffer.from(invoice), latin, wide]) {
    expect(readXml(bytes)).toMatchObject({ outcome: 'structured', text: expect.stringContaining('Müller') as string });
  }
});

test('refuses any document type declaration, so that no entity is ever expanded', () => {
  expect(codeOf('<?xml version="1.0"?><!DOCTYPE Invoice [<!ENTITY x SYSTEM "file:///etc/passwd">]><Invoice>&x;</Invoice>')).toBe('xml-dtd');
  expect(codeOf('<!DOCTYPE Invoice><Invoice/>')).toBe('xml-dtd');
});

test('says why XML cannot be used', () => {
  expect(codeOf('<Invoice><ID></Invoice>')).toBe('xml-broken');
  expect(codeOf(Buffer.from(invoice, 'latin1'))).toBe('xml-broken');
  expect(codeOf('<?xml version="1.0" encoding="no-such"?><Invoice/>')).toBe('xml-broken');
  expect(codeOf('<rss version="2.0"></rss>')).toBe('xml-unknown');
});

// Found by the fuzz run: the parser lets them pass, and Postgres refuses what was extracted.
test.each(['a\u0000b', '&#0;', '&#x0;', '&#xD800;', '&#1114112;', '\u0008'])('refuses %j, which XML forbids', (text) => {
  const xml = Buffer.from(`<Invoice><ID>${text}</ID></Invoice>`);
  expect(readXml(xml)).toMatchObject({
    outcome: 'refused',
    problem: { code: 'xml-broken', message: expect.stringContaining('XML forbids') as string },
  });
  expect(readXml(Buffer.from('<Invoice><ID>&#65;&#x10FFFF;</ID></Invoice>')).outcome).toBe('structured');
});
