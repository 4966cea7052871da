import type { SampleInvoice } from '../invoice.ts';
import type { Manner } from '../suppliers.ts';
import { figure, shortDay } from './figures.ts';

/** The words of an invoice in one language; a layout may prefer others. */
export interface Words {
  readonly invoice: string;
  readonly creditNote: string;
  readonly number: string;
  readonly creditNumber: string;
  readonly date: string;
  readonly due: string;
  readonly delivered: string;
  readonly customer: string;
  readonly order: string;
  readonly contact: string;
  readonly billTo: string;
  readonly position: string;
  readonly code: string;
  readonly description: string;
  readonly quantity: string;
  readonly unit: string;
  readonly price: string;
  readonly list: string;
  readonly discount: string;
  readonly taxRate: string;
  readonly amount: string;
  readonly net: string;
  readonly tax: string;
  readonly gross: string;
  readonly payment: string;
  readonly bank: string;
  readonly vatId: string;
  readonly page: string;
  readonly carried: string;
  readonly thanks: string;
  readonly credits: string;
}

const english: Words = {
  invoice: 'Invoice',
  creditNote: 'Credit note',
  number: 'Invoice no.',
  creditNumber: 'Credit note no.',
  date: 'Invoice date',
  due: 'Due date',
  delivered: 'Date of supply',
  customer: 'Customer no.',
  order: 'Your order',
  contact: 'Contact',
  billTo: 'Bill to',
  position: 'Line',
  code: 'Item',
  description: 'Description',
  quantity: 'Qty',
  unit: 'Unit',
  price: 'Unit price',
  list: 'List price',
  discount: 'Discount',
  taxRate: 'VAT %',
  amount: 'Amount',
  net: 'Subtotal',
  tax: 'VAT',
  gross: 'Total',
  payment: 'Payment',
  bank: 'Bank',
  vatId: 'VAT no.',
  page: 'Page',
  carried: 'Carried forward',
  thanks: 'Thank you for your business.',
  credits: 'Credit for invoice',
};

const german: Words = {
  invoice: 'Rechnung',
  creditNote: 'Gutschrift',
  number: 'Rechnungsnummer',
  creditNumber: 'Gutschriftsnummer',
  date: 'Rechnungsdatum',
  due: 'Zahlbar bis',
  delivered: 'Lieferdatum',
  customer: 'Kundennummer',
  order: 'Ihre Bestellung',
  contact: 'Ansprechpartner',
  billTo: 'Rechnung an',
  position: 'Pos.',
  code: 'Artikel-Nr.',
  description: 'Bezeichnung',
  quantity: 'Menge',
  unit: 'Einheit',
  price: 'Einzelpreis',
  list: 'Listenpreis',
  discount: 'Rabatt',
  taxRate: 'USt.',
  amount: 'Gesamtpreis',
  net: 'Nettobetrag',
  tax: 'USt.',
  gross: 'Rechnungsbetrag',
  payment: 'Zahlungsbedingungen',
  bank: 'Bankverbindung',
  vatId: 'USt-IdNr.',
  page: 'Seite',
  carried: 'Übertrag',
  thanks: 'Vielen Dank für Ihren Auftrag.',
  credits: 'Gutschrift zu Rechnung',
};

const french: Words = {
  invoice: 'Facture',
  creditNote: 'Avoir',
  number: 'Facture n°',
  creditNumber: 'Avoir n°',
  date: 'Date de facture',
  due: 'Échéance',
  delivered: 'Date de prestation',
  customer: 'Référence client',
  order: 'Votre commande',
  contact: 'Contact',
  billTo: 'Facturé à',
  position: 'Ligne',
  code: 'Réf.',
  description: 'Désignation',
  quantity: 'Quantité',
  unit: 'Unité',
  price: 'P.U. HT',
  list: 'Prix public',
  discount: 'Remise',
  taxRate: 'TVA',
  amount: 'Montant HT',
  net: 'Total HT',
  tax: 'TVA',
  gross: 'Total TTC',
  payment: 'Conditions de règlement',
  bank: 'Coordonnées bancaires',
  vatId: 'N° TVA',
  page: 'Page',
  carried: 'À reporter',
  thanks: 'Nous vous remercions de votre confiance.',
  credits: 'Avoir sur facture',
};

const spanish: Words = {
  invoice: 'Factura',
  creditNote: 'Factura rectificativa',
  number: 'N.º de factura',
  creditNumber: 'N.º de abono',
  date: 'Fecha',
  due: 'Vencimiento',
  delivered: 'Fecha del servicio',
  customer: 'N.º de cliente',
  order: 'Su pedido',
  contact: 'Contacto',
  billTo: 'Cliente',
  position: 'Línea',
  code: 'Código',
  description: 'Concepto',
  quantity: 'Cantidad',
  unit: 'Unidad',
  price: 'Precio',
  list: 'Tarifa',
  discount: 'Dto.',
  taxRate: 'IVA',
  amount: 'Importe',
  net: 'Base imponible',
  tax: 'IVA',
  gross: 'Total factura',
  payment: 'Forma de pago',
  bank: 'Cuenta bancaria',
  vatId: 'NIF-IVA',
  page: 'Página',
  carried: 'Suma y sigue',
  thanks: 'Gracias por confiar en nosotros.',
  credits: 'Abono de la factura',
};

const languages: Readonly<Record<Manner, Words>> = {
  'en-gb': english,
  'en-us': {
    ...english,
    number: 'Invoice number',
    date: 'Date of issue',
    due: 'Date due',
    order: 'PO number',
    quantity: 'Qty',
    gross: 'Amount due',
  },
  de: german,
  'de-ch': {
    ...german,
    number: 'Rechnung Nr.',
    tax: 'MWST',
    taxRate: 'MWST',
    gross: 'Total',
    net: 'Zwischentotal',
    vatId: 'MWST-Nr.',
    amount: 'Betrag',
  },
  fr: french,
  es: spanish,
};

/** The words an invoice is written in. */
export function wordsOf(manner: Manner): Words {
  return languages[manner];
}

/** When and how to pay, discounts included, in one or two sentences; of a credit note what it takes back. */
export function paymentTerms({ supplier, dueOn, kind, creditsNumber }: SampleInvoice): string {
  const { manner, discounts, netDays } = supplier;
  if (kind === 'credit-note') return `${wordsOf(manner).credits} ${creditsNumber ?? ''}. ${creditTerms[manner.slice(0, 2)] ?? ''}`;
  const due = shortDay(dueOn, manner);
  const steps = discounts.map(({ days, basisPoints }) => ({ days, percent: figure(String(basisPoints / 100), manner) }));
  switch (manner) {
    case 'de':
    case 'de-ch':
      return `${steps.map(({ days, percent }) => `${percent} % Skonto bei Zahlung innerhalb von ${days} Tagen. `).join('')}Zahlbar ohne Abzug bis ${due} (${netDays} Tage netto).`;
    case 'fr':
      return `Règlement par virement à ${netDays} jours, au plus tard le ${due}. Pas d’escompte pour paiement anticipé.`;
    case 'es':
      return `Transferencia bancaria a ${netDays} días, vencimiento ${due}.`;
    case 'en-gb':
    case 'en-us':
      return `${steps.map(({ days, percent }) => `${percent}% discount if paid within ${days} days. `).join('')}Payment due by ${due} (net ${netDays} days).`;
  }
}

const creditTerms: Readonly<Record<string, string>> = {
  de: 'Der Betrag wird mit Ihrer nächsten Rechnung verrechnet.',
  en: 'This amount will be set off against your next invoice.',
  fr: 'Ce montant sera déduit de votre prochaine facture.',
  es: 'El importe se descontará de su próxima factura.',
};

/** Why no tax is charged, as the law of the supplier's country wants it said; null where tax is charged. */
export function taxExemption({ supplier, taxes }: SampleInvoice): string | null {
  if (taxes.some(({ rate }) => rate !== '0')) return null;
  const reasons: Readonly<Record<string, string>> = {
    AT: 'Steuerschuldnerschaft des Leistungsempfängers (Reverse Charge, Art. 196 MwStSystRL).',
    NL: 'Intra-Community supply, VAT exempt (Art. 138 Directive 2006/112/EC).',
    IE: 'VAT reverse charged: the customer accounts for the tax (Art. 196 Directive 2006/112/EC).',
    US: 'Services supplied from the United States; no sales tax applies.',
  };
  return reasons[supplier.country] ?? null;
}
