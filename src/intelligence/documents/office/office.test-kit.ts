import { strToU8, zipSync } from 'fflate';

const wordNamespaces =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A small Word file for tests. */
export function buildDocx(body: string, { header = '', footer = '' }: { header?: string; footer?: string } = {}): Uint8Array {
  const references = `<w:sectPr><w:headerReference w:type="default" r:id="h1"/><w:footerReference w:type="default" r:id="f1"/></w:sectPr>`;
  const parts: Record<string, string> = {
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': `<Relationships><Relationship Id="r1" Type="${office}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/document.xml': `<?xml version="1.0"?><w:document ${wordNamespaces}><w:body>${body}${references}</w:body></w:document>`,
    'word/_rels/document.xml.rels': `<Relationships><Relationship Id="h1" Type="${office}/header" Target="header1.xml"/><Relationship Id="f1" Type="${office}/footer" Target="footer1.xml"/></Relationships>`,
    'word/header1.xml': `<w:hdr ${wordNamespaces}>${header}</w:hdr>`,
    'word/footer1.xml': `<w:ftr ${wordNamespaces}>${footer}</w:ftr>`,
  };
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])));
}

/** A paragraph of one run. */
export function paragraph(text: string, runProperties = '', paragraphProperties = ''): string {
  const pieces = text.split('\t').map((piece) => `<w:t xml:space="preserve">${piece}</w:t>`);
  return `<w:p><w:pPr>${paragraphProperties}</w:pPr><w:r><w:rPr>${runProperties}</w:rPr>${pieces.join('<w:tab/>')}</w:r></w:p>`;
}
