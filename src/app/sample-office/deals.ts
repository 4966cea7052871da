import type { ExceptionReason } from '#domain/accounts-payable';
import type { DocumentType } from '#domain/documents';
import { decimal } from '#domain/money';
import { iban } from './check-digits.ts';
import { totalled, type LineDraft, type SampleInvoice } from './invoice.ts';
import { daysBefore, organization } from './office.ts';
import { orderOf, type SampleOrder } from './orders.ts';
import { stranger, supplierOf } from './suppliers.ts';

/** How an invoice reaches the office. */
export type Form = 'pdf' | 'flatbed' | 'grey' | 'photo' | 'scan-pdf' | 'ubl' | 'cii' | 'factur-x' | 'encrypted' | 'truncated';

/** What should become of it; kept from the server, for tests and the demo's own check. */
export interface Expectation {
  readonly outcome: 'clean' | 'exception' | 'set-aside' | 'unreadable';
  readonly reason?: ExceptionReason;
}

/** One invoice of the last weeks: which order it bills, how, and what is wrong with it. */
export interface Deal extends Expectation {
  readonly key: string;
  /** The last three digits of the order; null for the firm that is not on file. */
  readonly order: number | null;
  readonly form: Form;
  /** When it arrived; it was issued `postDays` before. */
  readonly daysAgo: number;
  /** @default 2 */
  readonly postDays?: number;
  /** Running number: the supplier's numbering makes the invoice number of it. */
  readonly running: number;
  /** Quantities billed by line where they are not the ordered ones; 0 leaves a line out. */
  readonly quantities?: readonly string[];
  /** Unit prices billed by line where they are not the ordered ones. */
  readonly prices?: readonly string[];
  readonly change?: 'other-iban' | 'no-order-number' | 'wrong-sum' | 'credit-note' | 'surcharge' | 'in-euro';
  /** Key of the deal whose invoice a credit note reduces. */
  readonly credits?: string;
  readonly documentType?: DocumentType;
}

const clean = { outcome: 'clean' } as const;
const asks = (reason: ExceptionReason): Expectation => ({ outcome: 'exception', reason });

/** In the order in which they arrive. */
export const deals: readonly Deal[] = [
  { key: 'paper', order: 101, form: 'pdf', daysAgo: 12, running: 4417, ...clean },
  { key: 'venue', order: 104, form: 'pdf', daysAgo: 12, running: 387, ...clean },
  { key: 'workspace', order: 110, form: 'pdf', daysAgo: 11, running: 98213, ...clean },
  { key: 'facade', order: 112, form: 'ubl', daysAgo: 11, running: 771, ...clean },
  { key: 'desks', order: 114, form: 'pdf', daysAgo: 11, running: 341, ...clean },
  { key: 'chairs', order: 115, form: 'pdf', daysAgo: 11, running: 342, ...clean },
  { key: 'cleaning', order: 108, form: 'pdf', daysAgo: 10, running: 20718, ...clean },
  { key: 'power', order: 119, form: 'ubl', daysAgo: 10, running: 41773, ...clean },
  { key: 'movers', order: 131, form: 'cii', daysAgo: 10, running: 1188, ...clean },
  { key: 'notebooks', order: 125, form: 'factur-x', daysAgo: 9, running: 4410, ...clean },
  { key: 'cameras', order: 126, form: 'cii', daysAgo: 9, running: 4433, ...clean },
  { key: 'terrace', order: 106, form: 'pdf', daysAgo: 9, running: 214, ...clean },
  { key: 'posters', order: 117, form: 'pdf', daysAgo: 8, running: 552017, ...clean },
  { key: 'flyers', order: 118, form: 'pdf', daysAgo: 8, running: 552044, ...clean },
  { key: 'heating', order: 120, form: 'pdf', daysAgo: 8, running: 41802, ...clean },
  { key: 'whiteboards', order: 103, form: 'pdf', daysAgo: 8, running: 4438, prices: ['214.00', '6.95'], ...asks('price') },
  { key: 'network', order: 123, form: 'pdf', daysAgo: 7, running: 3120, ...clean },
  { key: 'coffee', order: 121, form: 'scan-pdf', daysAgo: 7, running: 2207, ...clean },
  { key: 'stationery', order: 128, form: 'pdf', daysAgo: 7, running: 4452, ...clean },
  { key: 'backpacks', order: 107, form: 'pdf', daysAgo: 7, running: 221, ...asks('missing-receipt') },
  { key: 'couriers', order: 130, form: 'photo', daysAgo: 6, running: 1203, ...clean },
  { key: 'carpets', order: 113, form: 'pdf', daysAgo: 6, running: 778, ...clean },
  { key: 'panels', order: 116, form: 'pdf', daysAgo: 6, running: 355, quantities: ['12'], ...asks('quantity') },
  { key: 'lamps', order: 102, form: 'pdf', daysAgo: 5, running: 4466, quantities: ['12', '12'], ...clean },
  { key: 'supplies', order: 109, form: 'flatbed', daysAgo: 5, running: 20744, ...clean },
  { key: 'salon', order: 105, form: 'grey', daysAgo: 5, running: 402, ...clean },
  { key: 'catering', order: null, form: 'pdf', daysAgo: 5, running: 118, ...asks('unknown-supplier') },
  { key: 'tea', order: 122, form: 'pdf', daysAgo: 4, running: 2251, ...clean },
  { key: 'storage', order: 111, form: 'pdf', daysAgo: 4, running: 98840, change: 'wrong-sum', ...asks('arithmetic') },
  { key: 'security-review', order: 124, form: 'pdf', daysAgo: 3, running: 3127, change: 'other-iban', ...asks('bank-account-changed') },
  { key: 'monitors', order: 127, form: 'pdf', daysAgo: 3, running: 4471, ...asks('missing-receipt') },
  { key: 'night-courier', order: 132, form: 'pdf', daysAgo: 3, running: 1219, change: 'surcharge', ...asks('unordered-item') },
  {
    key: 'beans',
    order: 122,
    form: 'pdf',
    daysAgo: 2,
    running: 2266,
    quantities: ['9', '0', '0'],
    change: 'no-order-number',
    ...asks('missing-purchase-order'),
  },
  { key: 'reception', order: 133, form: 'pdf', daysAgo: 2, running: 20790, change: 'in-euro', ...asks('currency') },
  {
    key: 'returned-desk',
    order: 114,
    form: 'pdf',
    daysAgo: 2,
    running: 9,
    quantities: ['1', '0'],
    change: 'credit-note',
    credits: 'desks',
    documentType: 'credit_note',
    ...asks('credit-note'),
  },
  { key: 'locked', order: 110, form: 'encrypted', daysAgo: 1, running: 98990, outcome: 'unreadable' },
  { key: 'cut-short', order: 118, form: 'truncated', daysAgo: 1, running: 552090, outcome: 'unreadable' },
];

/** The deal of a key. */
export function dealOf(key: string): Deal {
  const found = deals.find((candidate) => candidate.key === key);
  if (found === undefined) throw new TypeError(`The sample office has no deal ${key}.`);
  return found;
}

/** Draws up the invoice of a deal. @param today - `YYYY-MM-DD` */
export function invoiceOf(deal: Deal, today: string): SampleInvoice {
  const order = deal.order === null ? null : orderOf(deal.order);
  const supplier = order === null ? stranger : supplierOf(order.supplier);
  const issuedOn = daysBefore(today, deal.daysAgo + (deal.postDays ?? 2));
  const credited = deal.credits === undefined ? null : invoiceOf(dealOf(deal.credits), today);
  const invoice = totalled(
    {
      kind: deal.change === 'credit-note' ? 'credit-note' : 'invoice',
      supplier,
      buyer: organization,
      number: numberOf(supplier.numbering, deal),
      issuedOn,
      deliveredOn: daysBefore(issuedOn, 3),
      dueOn: daysBefore(issuedOn, -supplier.netDays),
      poNumber: order === null || deal.change === 'no-order-number' ? null : order.number,
      creditsNumber: credited?.number ?? null,
      currency: deal.change === 'in-euro' ? 'EUR' : supplier.currency,
      ...accountOf(deal),
    },
    order === null ? cateringLines : [...billedLines(deal, order), ...(deal.change === 'surcharge' ? [surcharge] : [])],
  );
  // The mistake of a hurried bookkeeper: two digits of the total swapped.
  return deal.change === 'wrong-sum' ? { ...invoice, gross: decimal(invoice.gross).plus('18.00').toFixed(2) } : invoice;
}

function numberOf(numbering: string, deal: Deal): string {
  const number = numbering.replace('#', String(deal.running).padStart(4, '0'));
  return deal.change === 'credit-note' ? `CN-${number}` : number;
}

function accountOf({ order, change }: Deal): Pick<SampleInvoice, 'iban' | 'bic' | 'bankName'> {
  if (change === 'other-iban') return { iban: iban('LT', '3250017740981233'), bic: 'REVOLT21XXX', bankName: 'Baltic e-money account' };
  const supplier = order === null ? stranger : supplierOf(orderOf(order).supplier);
  return { iban: supplier.iban, bic: supplier.bic, bankName: supplier.bankName };
}

const cateringLines: readonly LineDraft[] = [
  { code: 'SK-BUF', description: 'Lunchbuffet Teamtag, vegetarisch', unit: 'Person', quantity: '24', price: '16.50' },
  { code: 'SK-GET', description: 'Getränkepauschale', unit: 'Person', quantity: '24', price: '4.80', tax: '19' },
];

const surcharge: LineDraft = { code: null, description: 'Dieselzuschlag 6 %', unit: 'Pausch.', quantity: '1', price: '34.02' };

function billedLines(deal: Deal, { lines }: SampleOrder): LineDraft[] {
  return lines.flatMap((line, index) => {
    const quantity = deal.quantities === undefined ? line.quantity : (deal.quantities[index] ?? '0');
    return quantity === '0' ? [] : [{ ...line, quantity, price: deal.prices?.[index] ?? line.price }];
  });
}
