import type { TaxReason, TaxStatement } from '#domain/documents';
import { semanticInvoiceOf } from '../../en16931/index.ts';
import { foldText } from '../text/fold-text.ts';
import { isCalendarDate, isoDate, type StructuredDocument } from '../e-invoice/structured-document.ts';
import type { Element } from '../e-invoice/xml-tree.ts';
import { taxReasonsIn } from './tax-words.ts';

/** What a category of UNCL 5305 says by itself; of E, L and M the law does not say one thing only. */
const reasonOf: Readonly<Record<string, TaxReason>> = {
  AE: 'reverse-charge',
  K: 'intra-community',
  G: 'export',
  E: 'exempt',
  Z: 'zero-rated',
  O: 'outside-scope',
};
/** `Natura` of FatturaPA (Agenzia delle Entrate, specifiche tecniche 1.8), by what it begins with. */
const reasonOfNatura: readonly (readonly [string, TaxReason])[] = [
  ['N1', 'outside-scope'],
  ['N2', 'outside-scope'],
  ['N3.1', 'export'],
  ['N3.2', 'intra-community'],
  ['N3', 'zero-rated'],
  ['N4', 'exempt'],
  ['N5', 'margin-scheme'],
  ['N6', 'reverse-charge'],
  ['N7', 'outside-scope'],
];
const longestText = 160;

/** What the data of an e-invoice say about its tax. Null for orders, which owe none. */
export function readTaxOfData(root: string, element: Element, document: StructuredDocument): TaxStatement | null {
  if (document.syntax === 'Order-X') return null;
  const semantic = semanticInvoiceOf(root, element);
  const isItalian = document.syntax === 'FatturaPA';
  const reasons = document.taxRows.flatMap(({ category }) => reasonsOfCategory(category, isItalian));
  const written = (semantic?.breakdown ?? []).flatMap(({ exemptionReason }) =>
    exemptionReason === null ? [] : reasonsOfText(exemptionReason),
  );
  const { seller, buyer, delivery, period } = semantic ?? { seller: null, buyer: null, delivery: null, period: null };
  return {
    source: 'xml',
    shares: document.taxRows.map(({ category, rate, basis, tax }) => ({
      category: isItalian ? null : category,
      rate,
      basis,
      tax,
    })),
    reasons: distinct([...written, ...reasons]),
    vatIds: [seller?.vatId, buyer?.vatId].flatMap((id) => (id == null ? [] : [id.replaceAll(/[^A-Za-z0-9]/g, '').toUpperCase()])),
    buyerVatId: buyer?.vatId ?? null,
    suppliedFrom: dayOf(period?.start ?? delivery?.date ?? null),
    suppliedTo: dayOf(period?.end ?? delivery?.date ?? null),
  };
}

function reasonsOfCategory(category: string | null, isItalian: boolean): { reason: TaxReason; text: string }[] {
  if (category === null) return [];
  const reason = isItalian ? reasonOfNatura.find(([start]) => category.startsWith(start))?.[1] : reasonOf[category];
  return reason === undefined ? [] : [{ reason, text: `${isItalian ? 'Natura' : 'tax category'} ${category}` }];
}

function reasonsOfText(text: string): { reason: TaxReason; text: string }[] {
  return taxReasonsIn(foldText(text)).map(({ reason }) => ({ reason, text: text.slice(0, longestText) }));
}

/** The first saying of each reason. */
function distinct(found: readonly { reason: TaxReason; text: string }[]): { reason: TaxReason; text: string }[] {
  return found.filter(({ reason }, index) => found.findIndex((other) => other.reason === reason) === index);
}

function dayOf(text: string | null): string | null {
  const day = isoDate(text);
  return day !== null && isCalendarDate(day) ? day : null;
}
