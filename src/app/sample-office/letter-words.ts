import { longDay } from './layouts/figures.ts';
import type { Manner } from './suppliers.ts';

/** The words of a statement of account and of reminders; amounts and days come in as written in the language. */
export interface LetterWords {
  readonly statement: string;
  readonly customer: string;
  readonly invoice: string;
  readonly invoiceDate: string;
  readonly due: string;
  readonly amount: string;
  readonly balance: string;
  readonly greeting: string;
  readonly closing: string;
  readonly transfer: string;
  readonly vatId: string;
  /** What stands above and below the entries of a statement. */
  readonly statementText: (day: string) => readonly [above: string, below: string];
  /** Titles of the first, second and last reminder. */
  readonly reminders: readonly [string, string, string];
  readonly reminderText: (
    bill: { readonly number: string; readonly amount: string; readonly payBy: string },
    level: 1 | 2 | 3,
  ) => readonly string[];
}

const german: LetterWords = {
  statement: 'Kontoauszug',
  customer: 'Kundennummer',
  invoice: 'Rechnung',
  invoiceDate: 'Rechnungsdatum',
  due: 'Fällig am',
  amount: 'Offener Betrag',
  balance: 'Offener Saldo',
  greeting: 'Sehr geehrte Damen und Herren,',
  closing: 'Mit freundlichen Grüßen',
  transfer: 'Bitte überweisen Sie auf unser Konto',
  vatId: 'USt-IdNr.',
  statementText: (day) => [
    `auf Ihrem Kundenkonto sind zum ${day} folgende Posten offen:`,
    'Zahlungen, die nach diesem Tag eingegangen sind, sind nicht berücksichtigt. Bitte gleichen Sie die Posten mit Ihren Unterlagen ab und melden Sie uns Abweichungen innerhalb von vier Wochen.',
  ],
  reminders: ['Zahlungserinnerung', 'Zweite Mahnung', 'Letzte Mahnung'],
  reminderText: ({ number, amount, payBy }, level) => [
    [
      `sicher ist es Ihrer Aufmerksamkeit entgangen, dass unsere Rechnung ${number} über ${amount} noch offen ist.`,
      `trotz unserer Zahlungserinnerung konnten wir zu unserer Rechnung ${number} über ${amount} noch keinen Zahlungseingang feststellen.`,
      `unsere Rechnung ${number} über ${amount} ist trotz mehrfacher Mahnung nicht beglichen.`,
    ][level - 1] ?? '',
    level === 3
      ? `Geht der Betrag nicht bis zum ${payBy} bei uns ein, übergeben wir die Forderung ohne weitere Ankündigung einem Inkassobüro.`
      : `Bitte überweisen Sie den Betrag bis zum ${payBy}. Sollte sich dieses Schreiben mit Ihrer Zahlung überschnitten haben, betrachten Sie es bitte als gegenstandslos.`,
  ],
};

const french: LetterWords = {
  statement: 'Relevé de compte',
  customer: 'Référence client',
  invoice: 'Facture',
  invoiceDate: 'Date',
  due: 'Échéance',
  amount: 'Montant dû',
  balance: 'Solde dû',
  greeting: 'Madame, Monsieur,',
  closing: 'Veuillez agréer, Madame, Monsieur, nos salutations distinguées.',
  transfer: 'Merci de régler par virement sur notre compte',
  vatId: 'N° TVA',
  statementText: (day) => [
    `Voici la situation de votre compte client arrêtée au ${day} :`,
    'Les règlements reçus après cette date ne sont pas pris en compte. Merci de rapprocher ces montants de vos écritures et de nous signaler toute différence.',
  ],
  reminders: ['Rappel de paiement', 'Deuxième rappel de paiement', 'Dernier rappel de paiement avant mise en demeure'],
  reminderText: ({ number, amount, payBy }, level) => [
    [
      `Sauf erreur ou omission de notre part, notre facture ${number} d’un montant de ${amount} demeure impayée à ce jour.`,
      `Malgré notre premier rappel, notre facture ${number} d’un montant de ${amount} n’est toujours pas réglée.`,
      `Nos rappels concernant la facture ${number} d’un montant de ${amount} sont restés sans réponse.`,
    ][level - 1] ?? '',
    level === 3
      ? `À défaut de règlement avant le ${payBy}, nous serons contraints de confier ce dossier à notre service contentieux.`
      : `Nous vous remercions de bien vouloir nous adresser votre règlement avant le ${payBy}. Si vous l’avez effectué entre-temps, veuillez ne pas tenir compte de ce courrier.`,
  ],
};

const spanish: LetterWords = {
  statement: 'Extracto de cuenta',
  customer: 'N.º de cliente',
  invoice: 'Factura',
  invoiceDate: 'Fecha',
  due: 'Vencimiento',
  amount: 'Importe pendiente',
  balance: 'Saldo pendiente',
  greeting: 'Estimados señores:',
  closing: 'Reciban un cordial saludo,',
  transfer: 'Rogamos transferencia a nuestra cuenta',
  vatId: 'NIF-IVA',
  statementText: (day) => [
    `Les detallamos las facturas pendientes de pago en su cuenta a fecha de ${day}:`,
    'No se incluyen los pagos recibidos después de esta fecha. Les rogamos que comprueben los importes y nos comuniquen cualquier diferencia.',
  ],
  reminders: ['Recordatorio de pago', 'Segundo recordatorio de pago', 'Último recordatorio de pago'],
  reminderText: ({ number, amount, payBy }, level) => [
    [
      `Según nuestros registros, nuestra factura ${number} por importe de ${amount} sigue pendiente de pago.`,
      `A pesar de nuestro primer recordatorio, no hemos recibido el pago de la factura ${number} por importe de ${amount}.`,
      `No hemos recibido respuesta a nuestros recordatorios sobre la factura ${number} por importe de ${amount}.`,
    ][level - 1] ?? '',
    level === 3
      ? `De no recibir el pago antes del ${payBy}, trasladaremos la reclamación a nuestro departamento jurídico.`
      : `Les rogamos que realicen la transferencia antes del ${payBy}. Si ya han efectuado el pago, les pedimos que no tengan en cuenta este aviso.`,
  ],
};

const english: LetterWords = {
  statement: 'Statement of account',
  customer: 'Customer no.',
  invoice: 'Invoice',
  invoiceDate: 'Date',
  due: 'Due date',
  amount: 'Amount open',
  balance: 'Balance due',
  greeting: 'Dear Sir or Madam,',
  closing: 'Yours faithfully,',
  transfer: 'Please pay by bank transfer to',
  vatId: 'VAT no.',
  statementText: (day) => [
    `The following items are open on your account as of ${day}:`,
    'Payments received after this date are not shown. Please check the items against your records and let us know of any difference.',
  ],
  reminders: ['Payment reminder', 'Second payment reminder', 'Final notice'],
  reminderText: ({ number, amount, payBy }, level) => [
    [
      `According to our records, our invoice ${number} for ${amount} has not been paid yet.`,
      `Despite our first reminder, our invoice ${number} for ${amount} is still unpaid.`,
      `Our reminders about invoice ${number} for ${amount} have remained without an answer.`,
    ][level - 1] ?? '',
    level === 3
      ? `Unless we receive payment by ${payBy}, we will pass this debt on to a collection agency without further notice.`
      : `Please transfer the amount by ${payBy}. If you have paid in the meantime, please disregard this letter.`,
  ],
};

const languages: Readonly<Record<Manner, LetterWords>> = {
  de: german,
  // Switzerland writes no ß.
  'de-ch': { ...german, closing: 'Freundliche Grüsse', vatId: 'MWST-Nr.' },
  fr: french,
  es: spanish,
  'en-gb': english,
  'en-us': { ...english, greeting: 'Hello,', closing: 'Sincerely,', vatId: 'Tax ID' },
};

/** The words a letter is written in. */
export function letterWordsOf(manner: Manner): LetterWords {
  return languages[manner];
}

/** Town and day, as the head of a letter says them. */
export function placeAndDay(city: string, day: string, manner: Manner): string {
  const written = longDay(day, manner);
  if (manner === 'fr') return `${city}, le ${written}`;
  return manner.startsWith('en') ? written : `${city}, ${written}`;
}
