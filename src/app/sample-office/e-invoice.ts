import { XMLBuilder } from 'fast-xml-parser';
import type { SampleInvoice } from './invoice.ts';
import { paymentTerms } from './layouts/words.ts';

/** Elements in their order; attributes begin with `@`, `#text` is what stands inside. */
export type XmlTree = { readonly [name: string]: XmlTree | readonly XmlTree[] | string | undefined };

const builder = new XMLBuilder({ format: true, ignoreAttributes: false, attributeNamePrefix: '@', suppressEmptyNode: true });

/** Writes XML; elements that are undefined are left out. */
export function writeXml(tree: XmlTree): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build(pruned(tree))}`;
}

function pruned(tree: XmlTree): XmlTree {
  const entries = Object.entries(tree).flatMap(([name, value]): [string, XmlTree[string]][] => {
    if (value === undefined) return [];
    if (typeof value === 'string') return [[name, value]];
    return [[name, Array.isArray(value) ? value.map(pruned) : pruned(value as XmlTree)]];
  });
  return Object.fromEntries(entries);
}

export const xrechnung = 'urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0';
export const billingProcess = 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0';

/** Leitweg id or what the buyer asks to be named (BT-10). */
export const buyerReference = 'SAMPLE-AP';

/** UN/ECE Recommendation 20 codes of the units our suppliers print. */
const unitCodes: Readonly<Record<string, string>> = {
  Stk: 'H87',
  pcs: 'H87',
  each: 'H87',
  'ud.': 'H87',
  kg: 'KGM',
  kWh: 'KWH',
  'm²': 'MTK',
  'Std.': 'HUR',
  hours: 'HUR',
  Tag: 'DAY',
  jour: 'DAY',
  Monat: 'MON',
  month: 'MON',
  'Pausch.': 'LS',
  forfait: 'LS',
  set: 'SET',
  Set: 'SET',
  Pack: 'PK',
  Karton: 'CT',
};

/** A unit's code; what has none is counted (`C62`, one). */
export function unitCode(unit: string): string {
  return unitCodes[unit] ?? 'C62';
}

export interface TaxCategory {
  readonly code: 'S' | 'AE' | 'K' | 'O';
  readonly reasonCode: string | undefined;
  readonly reason: string | undefined;
}

/** Category of a rate (UNCL 5305) and, where nothing is charged, why (VATEX). */
export function taxCategory({ supplier }: SampleInvoice, rate: string): TaxCategory {
  if (rate !== '0') return { code: 'S', reasonCode: undefined, reason: undefined };
  if (supplier.country === 'NL') return { code: 'K', reasonCode: 'VATEX-EU-IC', reason: 'Intra-Community supply' };
  return { code: 'AE', reasonCode: 'VATEX-EU-AE', reason: 'Reverse charge' };
}

/** What both syntaxes say about a party. */
export interface PartyFacts {
  readonly name: string;
  readonly street: string;
  readonly postcode: string;
  readonly city: string;
  readonly country: string;
  readonly vatId: string | null;
  readonly email: string;
  /** BR-DE-5 to 7 want the seller's. */
  readonly contact: { readonly name: string; readonly phone: string } | undefined;
}

export function sellerOf({ supplier }: SampleInvoice): PartyFacts {
  const email = `rechnung@${supplier.emailDomains[0] ?? ''}`;
  return { ...supplier, email, contact: { name: supplier.contact, phone: supplier.phone } };
}

export function buyerOf({ buyer }: SampleInvoice): PartyFacts {
  return { ...buyer, email: 'invoices@sample-office.example', contact: undefined };
}

/** Payment terms in words (BT-20). */
export function termsOf(invoice: SampleInvoice): string {
  return paymentTerms(invoice);
}
