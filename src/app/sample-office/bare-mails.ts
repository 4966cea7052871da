import { daysBefore } from './office.ts';

/** A mail without an invoice: the rest of an office's post. */
export interface BareMail {
  readonly key: string;
  readonly daysAgo: number;
  readonly from: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  readonly calendar?: string;
  /** A file that is no document. */
  readonly attachment?: { readonly fileName: string; readonly mediaType: string; readonly bytes: Uint8Array };
}

const unsubscribe = 'You get this because you are a customer. Unsubscribe: https://news.example/u/1';

export function bareMails(today: string): readonly BareMail[] {
  return [
    {
      key: 'newsletter',
      daysAgo: 6,
      from: { name: 'Nordwind News', address: 'news@nordwind-buero.example' },
      subject: 'Herbstangebote: 20 % auf Papier',
      text: 'Jetzt sparen!\n\nNewsletter abbestellen: https://news.example/u/2\n',
    },
    {
      key: 'newsletter-design',
      daysAgo: 3,
      from: { name: 'Design Weekly', address: 'hello@designweekly.example' },
      subject: 'Ten chairs we love',
      text: `Ready for a better chair?\n\n${unsubscribe}\n`,
      html: `<h1>Ten chairs we love</h1><p>Ready for a better chair?</p><p>${unsubscribe}</p>`,
    },
    {
      key: 'meeting',
      daysAgo: 2,
      from: { name: 'Camille Aubert', address: 'camille@maison-lumiere.example' },
      subject: 'Rendez-vous: séminaire de printemps',
      text: 'Bonjour Ana, voici une proposition de rendez-vous.\n',
      calendar: invitation(daysBefore(today, -3)),
    },
    {
      key: 'question',
      daysAgo: 2,
      from: { name: 'Joost van der Berg', address: 'joost@vanderbergmeubels.example' },
      subject: 'Invoice VB-26-0341',
      text: 'Dear Ana,\n\nWhen can we expect payment of invoice VB-26-0341?\n\nKind regards, Joost\n',
    },
    {
      key: 'bank-letter',
      daysAgo: 1,
      from: { name: 'Maison Lumière', address: 'compta@maison-lumiere-paris.example' },
      subject: 'Nouvelles coordonnées bancaires',
      text: 'Bonjour,\n\nNotre compte bancaire a changé. Merci de payer toutes les factures sur le nouveau compte LT60 1234 5000 0100 0000.\n',
    },
    {
      key: 'thanks',
      daysAgo: 1,
      from: { name: 'Morgenrot Kaffee', address: 'hallo@morgenrot-kaffee.example' },
      subject: 'Danke!',
      text: 'Liebe Ana, danke für die schnelle Zahlung. Bis bald im Laden.\n',
    },
    {
      key: 'empty',
      daysAgo: 1,
      from: { name: 'Scanner 2. OG', address: 'scanner@sample-office.example' },
      subject: 'Scan from MFP-2',
      text: 'Sent by MFP-2\n',
      attachment: { fileName: 'scan0001.pdf', mediaType: 'application/pdf', bytes: new Uint8Array() },
    },
    {
      key: 'program',
      daysAgo: 1,
      from: { name: 'Accounting', address: 'accounts@invoice-portal.example' },
      subject: 'URGENT: unpaid invoice',
      text: 'Open the attached invoice immediately to avoid fees.\n',
      attachment: { fileName: 'invoice_8827.pdf', mediaType: 'application/pdf', bytes: program() },
    },
  ];
}

/** The first bytes of a Windows program and nothing that could run. */
function program(): Uint8Array {
  const bytes = new Uint8Array(1024);
  bytes.set([0x4d, 0x5a, 0x90, 0x00, 0x03]);
  bytes.set(new TextEncoder().encode('This program cannot be run in DOS mode.'), 78);
  return bytes;
}

function invitation(day: string): string {
  const compact = day.replaceAll('-', '');
  return [
    'BEGIN:VCALENDAR',
    'PRODID:-//Maison Lumiere//FR',
    'VERSION:2.0',
    'METHOD:REQUEST',
    'BEGIN:VEVENT',
    `UID:printemps-${compact}@maison-lumiere.example`,
    `DTSTAMP:${compact}T080000Z`,
    `DTSTART:${compact}T130000Z`,
    `DTEND:${compact}T140000Z`,
    'SUMMARY:Séminaire de printemps',
    'ORGANIZER:mailto:camille@maison-lumiere.example',
    'ATTENDEE;RSVP=TRUE:mailto:ana@sample-office.example',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}
