import PDFDocument from 'pdfkit';
import type { SampleInvoice } from './invoice.ts';
import { banded } from './layouts/banded.ts';
import { boutique } from './layouts/boutique.ts';
import { dinLetter } from './layouts/din-letter.ts';
import { registerFonts } from './layouts/fonts.ts';
import { ledger } from './layouts/ledger.ts';
import type { Layout } from './layouts/sheet.ts';
import { sidebar } from './layouts/sidebar.ts';
import { subscription } from './layouts/subscription.ts';
import { swiss } from './layouts/swiss.ts';
import { timesheet } from './layouts/timesheet.ts';
import { typewriter } from './layouts/typewriter.ts';
import { utility } from './layouts/energy-bill.ts';
import { warehouse } from './layouts/warehouse.ts';
import { wordsOf } from './layouts/words.ts';
import { pdfBytes } from './pdf-bytes.ts';
import type { LayoutName } from './suppliers.ts';

const layouts: Readonly<Record<LayoutName, Layout>> = {
  'din-letter': dinLetter,
  boutique,
  banded,
  ledger,
  subscription,
  typewriter,
  sidebar,
  swiss,
  utility,
  timesheet,
  warehouse,
};

export interface DrawOptions {
  /** An e-invoice to carry inside, as Factur-X does; the file is then PDF/A-3. */
  readonly attachXml?: { readonly fileName: string; readonly xml: string };
  readonly password?: string;
}

/** Draws an invoice as the supplier's own program would print it. The same invoice gives the same bytes. */
export async function drawInvoice(invoice: SampleInvoice, { attachXml, password }: DrawOptions = {}): Promise<Uint8Array> {
  const createdAt = new Date(`${invoice.issuedOn}T08:00:00Z`);
  const { supplier } = invoice;
  const pen = new PDFDocument({
    size: supplier.layout === 'subscription' ? 'LETTER' : 'A4',
    margin: 0,
    bufferPages: true,
    info: {
      Title: invoice.number,
      Author: supplier.name,
      Creator: 'ERP',
      Producer: 'pdfkit',
      CreationDate: createdAt,
      ModDate: createdAt,
    },
    ...(attachXml === undefined ? {} : { subset: 'PDF/A-3b', pdfVersion: '1.7', tagged: true }),
    ...(password === undefined ? {} : { userPassword: password, ownerPassword: `${password}-owner` }),
  });
  const written = pdfBytes(pen);
  registerFonts(pen);
  layouts[supplier.layout]({ pen, invoice, words: wordsOf(supplier.manner) });
  if (attachXml !== undefined) {
    // `relationship` (AFRelationship of PDF/A-3) is in pdfkit but not in its types.
    const attachment: PDFKit.Mixins.PDFAttachmentOptions & { readonly relationship: string } = {
      name: attachXml.fileName,
      type: 'text/xml',
      relationship: 'Alternative',
      creationDate: createdAt,
      modifiedDate: createdAt,
    };
    pen.file(Buffer.from(attachXml.xml), attachment);
  }
  pen.end();
  return written;
}
