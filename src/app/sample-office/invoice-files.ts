import { strToU8, zipSync } from 'fflate';
import { ciiInvoice } from './cii.ts';
import type { Attachment } from './compose-mail.ts';
import { invoiceOf, type Deal } from './deals.ts';
import { drawInvoice } from './draw-invoice.ts';
import { imagesToPdf, scanPage } from './scan.ts';
import { ublInvoice } from './ubl.ts';

/** The file in which the invoice of a deal arrives: page, picture of a page, or XML. */
export async function invoiceFile(deal: Deal, { seed, today }: { readonly seed: number; readonly today: string }): Promise<Attachment> {
  const invoice = invoiceOf(deal, today);
  const base = invoice.number.replaceAll(/[^A-Za-z0-9-]+/g, '-');
  switch (deal.form) {
    case 'ubl':
      return xml(base, ublInvoice(invoice));
    case 'cii':
      return xml(base, ciiInvoice(invoice, 'xrechnung'));
    case 'factur-x':
      return pdf(base, await drawInvoice(invoice, { attachXml: { fileName: 'factur-x.xml', xml: ciiInvoice(invoice, 'factur-x') } }));
    case 'encrypted':
      return pdf(base, await drawInvoice(invoice, { password: 'harbor-4471' }));
    case 'truncated': {
      // An upload that broke off: the page is in there, the table that says where is not.
      const whole = await drawInvoice(invoice);
      return pdf(base, whole.subarray(0, Math.floor(whole.length * 0.4)));
    }
    case 'flatbed':
    case 'grey':
    case 'photo': {
      const picture = await scanPage(await drawInvoice(invoice), { kind: deal.form, seed: seed + deal.running });
      return { fileName: deal.form === 'photo' ? `IMG_${deal.running}.jpg` : `scan-${base}.jpg`, mediaType: 'image/jpeg', bytes: picture };
    }
    case 'scan-pdf': {
      const picture = await scanPage(await drawInvoice(invoice), { kind: 'flatbed', seed: seed + deal.running });
      return pdf(`scan-${base}`, await imagesToPdf([picture], invoice.issuedOn));
    }
    case 'pdf':
      return pdf(base, await drawInvoice(invoice));
  }
}

/** Several files as one. */
export function zipped(fileName: string, files: readonly Attachment[]): Attachment {
  const entries = Object.fromEntries(files.map(({ fileName: name, bytes }) => [name, bytes]));
  // ZIP knows local time from 1980 on and no zone: a fixed time made of local parts gives the same bytes everywhere.
  return { fileName, mediaType: 'application/zip', bytes: zipSync(entries, { mtime: new Date(1980, 0, 2) }) };
}

function pdf(base: string, bytes: Uint8Array): Attachment {
  return { fileName: `${base}.pdf`, mediaType: 'application/pdf', bytes };
}

function xml(base: string, text: string): Attachment {
  return { fileName: `${base}.xml`, mediaType: 'application/xml', bytes: strToU8(text) };
}
