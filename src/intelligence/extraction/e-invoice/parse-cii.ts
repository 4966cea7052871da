import type { DocumentType } from '#domain/documents';
import { pricePerUnit } from './parse-ubl.ts';
import { documentTypeFor, isoDate } from './structured-document.ts';
import type { StructuredDocument, StructuredLine, TaxRow } from './structured-document.ts';
import { attributeOf, elementAt, elementsAt, textAt, textOf } from './xml-tree.ts';
import type { Element } from './xml-tree.ts';

/** Root elements of UN/CEFACT messages: ZUGFeRD 1, CII of EN 16931 (Factur-X, XRechnung), Order-X. */
const roots: Readonly<Record<string, DocumentType>> = {
  CrossIndustryDocument: 'invoice',
  CrossIndustryInvoice: 'invoice',
  SCRDMCCBDACIOMessageStructure: 'purchase_order',
  CrossIndustryOrder: 'purchase_order',
  CrossIndustryOrderResponse: 'order_response',
};

export function isCiiRoot(root: string): boolean {
  return Object.hasOwn(roots, root);
}

/** The three versions name the same containers differently. */
const header = {
  document: ['ExchangedDocument', 'HeaderExchangedDocument'],
  transaction: ['SupplyChainTradeTransaction', 'SpecifiedSupplyChainTradeTransaction'],
  agreement: ['ApplicableHeaderTradeAgreement', 'ApplicableSupplyChainTradeAgreement'],
  delivery: ['ApplicableHeaderTradeDelivery', 'ApplicableSupplyChainTradeDelivery'],
  settlement: ['ApplicableHeaderTradeSettlement', 'ApplicableSupplyChainTradeSettlement'],
  sums: ['SpecifiedTradeSettlementHeaderMonetarySummation', 'SpecifiedTradeSettlementMonetarySummation'],
} as const;
const perLine = {
  agreement: ['SpecifiedLineTradeAgreement', 'SpecifiedSupplyChainTradeAgreement'],
  delivery: ['SpecifiedLineTradeDelivery', 'SpecifiedSupplyChainTradeDelivery'],
  settlement: ['SpecifiedLineTradeSettlement', 'SpecifiedSupplyChainTradeSettlement'],
  sums: ['SpecifiedTradeSettlementLineMonetarySummation', 'SpecifiedTradeSettlementMonetarySummation'],
} as const;

/** Maps a CII document by local names. */
export function parseCii(root: string, element: Element): StructuredDocument {
  const document = oneOf(element, header.document);
  const transaction = oneOf(element, header.transaction);
  const agreement = oneOf(transaction, header.agreement);
  const settlement = oneOf(transaction, header.settlement);
  const sums = oneOf(settlement, header.sums);
  const isOrder = roots[root] !== 'invoice';
  const documentType = documentTypeFor(textAt(document, 'TypeCode'), roots[root] ?? 'other');
  const currency = textAt(settlement, 'InvoiceCurrencyCode') ?? textAt(settlement, 'OrderCurrencyCode');
  const number = textAt(document, 'ID');
  return {
    syntax: isOrder ? 'Order-X' : 'CII',
    documentType,
    values: {
      invoiceNumber: number,
      issueDate: dateAt(document, 'IssueDateTime'),
      dueDate: dateAt(settlement, 'SpecifiedTradePaymentTerms', 'DueDateDateTime'),
      supplierName: partyName(elementAt(agreement, 'SellerTradeParty')),
      supplierTaxId: partyTaxId(elementAt(agreement, 'SellerTradeParty')),
      iban: textAt(settlement, 'SpecifiedTradeSettlementPaymentMeans', 'PayeePartyCreditorFinancialAccount', 'IBANID'),
      buyerName: partyName(elementAt(agreement, 'BuyerTradeParty')),
      poNumber: orderNumber(agreement, documentType, number),
      currency,
      netTotal: amountIn(sums, 'TaxBasisTotalAmount', currency) ?? (isOrder ? amountIn(sums, 'LineTotalAmount', currency) : null),
      taxTotal: amountIn(sums, 'TaxTotalAmount', currency),
      grossTotal: amountIn(sums, 'GrandTotalAmount', currency),
    },
    lines: elementsAt(transaction, 'IncludedSupplyChainTradeLineItem').filter(isInvoicedLine).map(parseLine),
    sums: {
      lines: amountIn(sums, 'LineTotalAmount', currency),
      allowances: textAt(sums, 'AllowanceTotalAmount'),
      charges: textAt(sums, 'ChargeTotalAmount'),
      prepaid: textAt(sums, 'TotalPrepaidAmount'),
      rounding: textAt(sums, 'RoundingAmount'),
      payable: textAt(sums, 'DuePayableAmount'),
    },
    taxRows: elementsAt(settlement, 'ApplicableTradeTax').map(parseTaxRow),
  };
}

function oneOf(element: Element | undefined, names: readonly string[]): Element | undefined {
  for (const name of names) {
    const found = elementAt(element, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function dateAt(element: Element | undefined, ...path: readonly string[]): string | null {
  const holder = elementAt(element, ...path);
  const text = elementAt(holder, 'DateTimeString') ?? elementAt(holder, 'DateTime') ?? holder;
  return isoDate(textOf(text), attributeOf(text, 'format'));
}

function partyName(party: Element | undefined): string | null {
  return (
    textAt(party, 'Name') ??
    textAt(party, 'SpecifiedLegalOrganization', 'TradingBusinessName') ??
    textAt(party, 'DefinedTradeContact', 'PersonName')
  );
}

/** The VAT identifier (scheme VA) before the local tax number (FC). */
function partyTaxId(party: Element | undefined): string | null {
  const ids = elementsAt(party, 'SpecifiedTaxRegistration', 'ID');
  const vat = ids.find((id) => attributeOf(id, 'schemeID') === 'VA' && textOf(id) !== null);
  return textOf(vat ?? ids.find((id) => textOf(id) !== null));
}

function orderNumber(agreement: Element | undefined, type: DocumentType, number: string | null): string | null {
  const referenced = elementAt(agreement, 'BuyerOrderReferencedDocument');
  return textAt(referenced, 'IssuerAssignedID') ?? textAt(referenced, 'ID') ?? (type === 'purchase_order' ? number : null);
}

/** The amount in the document's currency: the tax total may be repeated in the currency of the books. */
function amountIn(sums: Element | undefined, name: string, currency: string | null): string | null {
  const all = elementsAt(sums, name);
  return textOf(all.find((amount) => attributeOf(amount, 'currencyID') === currency) ?? all[0]);
}

function parseTaxRow(row: Element): TaxRow {
  return {
    basis: textAt(row, 'BasisAmount'),
    rate: textAt(row, 'RateApplicablePercent') ?? textAt(row, 'ApplicablePercent'),
    tax: textAt(row, 'CalculatedAmount'),
    category: textAt(row, 'CategoryCode'),
  };
}

/** ZUGFeRD 1 has lines that hold a note only; extended profiles have group and information lines that count for nothing. */
function isInvoicedLine(line: Element): boolean {
  const reason = textAt(line, 'AssociatedDocumentLineDocument', 'LineStatusReasonCode');
  if (reason === 'GROUP' || reason === 'INFORMATION') return false;
  return (
    textAt(oneOf(oneOf(line, perLine.settlement), perLine.sums), 'LineTotalAmount') !== null ||
    elementAt(line, 'SpecifiedTradeProduct') !== undefined
  );
}

function parseLine(line: Element): StructuredLine {
  const agreement = oneOf(line, perLine.agreement);
  const delivery = oneOf(line, perLine.delivery);
  const settlement = oneOf(line, perLine.settlement);
  const price = elementAt(agreement, 'NetPriceProductTradePrice') ?? elementAt(agreement, 'GrossPriceProductTradePrice');
  return {
    description: textAt(line, 'SpecifiedTradeProduct', 'Name') ?? textAt(line, 'SpecifiedTradeProduct', 'Description'),
    quantity: textAt(delivery, 'BilledQuantity') ?? textAt(delivery, 'RequestedQuantity') ?? textAt(delivery, 'AgreedQuantity'),
    unitPrice: pricePerUnit(textAt(price, 'ChargeAmount'), textAt(price, 'BasisQuantity')),
    netAmount: textAt(oneOf(settlement, perLine.sums), 'LineTotalAmount'),
    taxRate:
      textAt(settlement, 'ApplicableTradeTax', 'RateApplicablePercent') ?? textAt(settlement, 'ApplicableTradeTax', 'ApplicablePercent'),
  };
}
