import * as XLSX from '@e965/xlsx';
import { strToU8, zipSync } from 'fflate';
import PDFDocument from 'pdfkit';
import sharp from 'sharp';
import type { Seed } from './seeds.ts';

/** A label's size: what must be read as a picture after a mutation then costs a twentieth of a page. */
const label: PDFKit.PDFDocumentOptions = { size: [230, 150], margin: 8, info: { CreationDate: new Date(0), ModDate: new Date(0) } };
const lines = [
  'Invoice INV-2026-0042',
  'Date: 11 July 2026',
  'Widget  2  10.00  20.00',
  'Net 20.00 VAT 19% 3.80',
  'Total EUR 23.80',
] as const;
const table = 'Item;Quantity;Price;Amount\nWidget;2;10,00;20,00\n"Wide; one";1;3,50;3,50\nTotal;;;23,50\n';
const page = `<html><head><style>.x{display:none}</style></head><body><h1>Invoice 42</h1><table><tr><td>Widget</td><td>2</td><td>20.00</td></tr></table><p class="x">hidden</p><p>Total EUR 23.80</p></body></html>`;
const cii = `<?xml version="1.0" encoding="UTF-8"?><rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100" xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"><rsm:ExchangedDocument><ram:ID>42</ram:ID><ram:TypeCode>380</ram:TypeCode></rsm:ExchangedDocument></rsm:CrossIndustryInvoice>`;

function draw(paint: (pen: PDFKit.PDFDocument) => void, options: PDFKit.PDFDocumentOptions = {}): Promise<Uint8Array> {
  const pen = new PDFDocument({ ...label, ...options });
  const chunks: Buffer[] = [];
  return new Promise((resolve) => {
    pen.on('data', (chunk: Buffer) => chunks.push(chunk));
    pen.on('end', () => resolve(Buffer.concat(chunks)));
    paint(pen);
    pen.end();
  });
}

const write = (pen: PDFKit.PDFDocument): void => lines.forEach((line) => void pen.fontSize(9).text(line));

/** Small files of each kind that follow from nothing but this code. */
export async function builtSeeds(): Promise<Seed[]> {
  const picture = await sharp({ create: { width: 90, height: 40, channels: 3, background: '#ffffff' } })
    .composite([{ input: Buffer.from('<svg width="90" height="40"><text x="4" y="26" font-size="18">Total 12</text></svg>') }])
    .png()
    .toBuffer();
  return [...(await pdfs(picture)), ...(await pictures(picture)), ...packages(), ...texts()];
}

async function pdfs(picture: Buffer): Promise<Seed[]> {
  const all: Readonly<Record<string, Uint8Array>> = {
    'label.pdf': await draw(write),
    'unpacked.pdf': await draw(write, { compress: false }),
    'two-pages.pdf': await draw(
      (pen) => {
        write(pen);
        write(pen.addPage());
      },
      { compress: false },
    ),
    'with-xml.pdf': await draw(
      (pen) => {
        write(pen);
        pen.file(strToU8(cii) as Buffer, { name: 'factur-x.xml', creationDate: new Date(0), modifiedDate: new Date(0) });
      },
      { compress: false },
    ),
    'with-picture.pdf': await draw(
      (pen) => {
        write(pen);
        pen.image(picture, 150, 90, { width: 60 }).fillOpacity(0).text('hidden 1.234,56', 10, 120);
      },
      { compress: false },
    ),
    'locked.pdf': await draw(write, { ownerPassword: 'owner' }),
  };
  return Object.entries(all).map(([name, bytes]) => ({ kind: 'pdf', name, bytes }));
}

async function pictures(picture: Buffer): Promise<Seed[]> {
  const all: Readonly<Record<string, Uint8Array>> = {
    'label.png': picture,
    'label.jpg': await sharp(picture).jpeg().withMetadata({ orientation: 6 }).toBuffer(),
    'label.tif': await sharp([picture, picture], { join: { animated: true } })
      .tiff({ compression: 'lzw' })
      .toBuffer(),
    'label.webp': await sharp(picture).webp().toBuffer(),
    'label.gif': await sharp(picture).gif().toBuffer(),
    'label.bmp': bitmap(40, 20),
  };
  return Object.entries(all).map(([name, bytes]) => ({ kind: 'picture', name, bytes }));
}

/** Windows bitmap of 24 bits a pixel, white. */
function bitmap(width: number, height: number): Uint8Array {
  const stride = Math.ceil((width * 3) / 4) * 4;
  const bytes = Buffer.alloc(54 + stride * height, 255);
  bytes.fill(0, 0, 54).write('BM');
  for (const [at, value] of [
    [10, 54],
    [14, 40],
    [18, width],
    [22, height],
    [26, 1 | (24 << 16)],
  ] as const)
    bytes.writeUInt32LE(value, at);
  return bytes;
}

function packages(): Seed[] {
  const book = XLSX.utils.book_new();
  XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(table.split('\n').map((row) => row.split(';'))), 'Invoice');
  const workbook = new Uint8Array(XLSX.write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer);
  const sheet = new Uint8Array(XLSX.write(book, { type: 'buffer', bookType: 'ods' }) as Buffer);
  const w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
  const cells = lines.map(
    (line) =>
      `<w:tr><w:tc><w:p><w:r><w:t>${line}</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>9.99</w:t></w:r></w:p></w:tc></w:tr>`,
  );
  const word = zipSync(
    {
      '[Content_Types].xml': strToU8('<Types/>'),
      '_rels/.rels': strToU8(
        '<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
      ),
      'word/document.xml': strToU8(
        `<?xml version="1.0"?><w:document ${w}><w:body><w:p><w:r><w:t>Invoice 42</w:t></w:r></w:p><w:tbl>${cells.join('')}</w:tbl></w:body></w:document>`,
      ),
    },
    { mtime: new Date(1980, 0, 2) },
  );
  return [
    { kind: 'package', name: 'book.xlsx', bytes: workbook },
    { kind: 'package', name: 'book.ods', bytes: sheet },
    { kind: 'package', name: 'letter.docx', bytes: word },
    {
      kind: 'package',
      name: 'papers.zip',
      bytes: zipSync({ 'a.csv': strToU8(table), 'b/c.html': strToU8(page), 'd.docx': word }, { mtime: new Date(1980, 0, 2) }),
    },
  ];
}

/** A mail with an HTML body, a table, and a forwarded mail. */
function mail(): string {
  const part = (head: string, body: string): string => `--b1\r\n${head}\r\n\r\n${body}\r\n`;
  const attached = Buffer.from(table).toString('base64');
  const forwarded = `From: Shop <shop@seller.example>\r\nSubject: =?utf-8?Q?Rechnung_=E2=82=AC?=\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${page}`;
  return [
    'From: "Billing" <billing@supplier.example>\r\nTo: ana@office.example\r\nSubject: Invoice 42\r\nMessage-ID: <1@supplier.example>\r\nDate: Mon, 2 Mar 2026 09:00:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b1"\r\n\r\n',
    part('Content-Type: text/html; charset=utf-8', page),
    part(
      'Content-Type: text/csv; name="lines.csv"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename="lines.csv"',
      attached,
    ),
    part('Content-Type: message/rfc822', forwarded),
    '--b1--\r\n',
  ].join('');
}

function texts(): Seed[] {
  return [
    { kind: 'mail', name: 'invoice.eml', bytes: strToU8(mail()) },
    { kind: 'text', name: 'lines.csv', bytes: strToU8(table) },
    { kind: 'text', name: 'invoice.txt', bytes: strToU8(lines.join('\n')) },
    { kind: 'markup', name: 'page.html', bytes: strToU8(page) },
    { kind: 'markup', name: 'invoice.xml', bytes: strToU8(cii) },
  ];
}
