import { decimal } from '#domain/money';
import type { SampleOrganization } from './office.ts';
import type { SampleSupplier } from './suppliers.ts';

/** One line as printed; amounts are decimal text with two places, quantities and unit prices as ordered. */
export interface SampleLine {
  readonly position: number;
  readonly code: string | null;
  readonly description: string;
  readonly unit: string;
  readonly quantity: string;
  readonly price: string;
  /** Price before the line's discount, where there is one; `price` is after it. */
  readonly list: string | null;
  readonly net: string;
  /** Percent. */
  readonly taxRate: string;
}

/** An invoice of the sample office with everything that any of its forms (page, scan, XML) shows. */
export interface SampleInvoice {
  readonly kind: 'invoice' | 'credit-note';
  readonly supplier: SampleSupplier;
  readonly buyer: SampleOrganization;
  readonly number: string;
  /** `YYYY-MM-DD`. */
  readonly issuedOn: string;
  readonly deliveredOn: string;
  readonly dueOn: string;
  readonly poNumber: string | null;
  /** For a credit note: the invoice it reduces. */
  readonly creditsNumber: string | null;
  readonly currency: string;
  readonly iban: string;
  readonly bic: string;
  readonly bankName: string;
  readonly lines: readonly SampleLine[];
  readonly net: string;
  readonly taxes: readonly SampleTax[];
  readonly tax: string;
  readonly gross: string;
}

export interface SampleTax {
  /** Percent. */
  readonly rate: string;
  readonly base: string;
  readonly amount: string;
}

export type LineDraft = Pick<SampleLine, 'code' | 'description' | 'unit' | 'quantity' | 'price'> & {
  readonly tax?: string;
  readonly list?: string;
};

/** Adds up an invoice as its issuer would: each line to the cent, tax per rate, the highest rate first. */
export function totalled(
  head: Omit<SampleInvoice, 'lines' | 'net' | 'taxes' | 'tax' | 'gross'>,
  drafts: readonly LineDraft[],
): SampleInvoice {
  const lines = drafts.map(({ tax, list, ...draft }, index) => ({
    ...draft,
    position: index + 1,
    list: list ?? null,
    net: decimal(draft.quantity).times(draft.price).toFixed(2),
    taxRate: tax ?? head.supplier.taxRate,
  }));
  const taxes = [...Map.groupBy(lines, (line) => line.taxRate)]
    .map(([rate, own]) => {
      const base = sum(own.map((line) => line.net));
      return { rate, base, amount: decimal(base).times(rate).div(100).toFixed(2) };
    })
    .toSorted((left, right) => Number(right.rate) - Number(left.rate));
  const net = sum(lines.map((line) => line.net));
  const tax = sum(taxes.map((entry) => entry.amount));
  return { ...head, lines, net, taxes, tax, gross: sum([net, tax]) };
}

function sum(amounts: readonly string[]): string {
  return amounts.reduce((total, amount) => total.plus(amount), decimal(0)).toFixed(2);
}
