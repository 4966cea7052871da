import type { DocumentType } from '#domain/documents';
import { decimal, isDecimalText } from '#domain/money';
import { documentTypeFor, isoDate } from './structured-document.ts';
import type { StructuredDocument, StructuredLine, TaxRow } from './structured-document.ts';
import { attributeOf, elementAt, elementsAt, textAt, textOf } from './xml-tree.ts';
import type { Element } from './xml-tree.ts';

/** Root elements of UBL 2 that we read, with what they are. */
const roots: Readonly<Record<string, DocumentType>> = {
  Invoice: 'invoice',
  SelfBilledInvoice: 'invoice',
  CreditNote: 'credit_note',
  SelfBilledCreditNote: 'credit_note',
  Order: 'purchase_order',
  OrderChange: 'order_change',
  OrderResponse: 'order_response',
  OrderResponseSimple: 'order_response',
  Quotation: 'quote',
  DespatchAdvice: 'despatch_advice',
  ReceiptAdvice: 'delivery_note',
  Reminder: 'reminder',
  Statement: 'statement',
};

export function isUblRoot(root: string): boolean {
  return Object.hasOwn(roots, root);
}

/** Maps a UBL document by local names, as EN 16931-3-2 binds them; orders and responses by their UBL counterparts. */
export function parseUbl(root: string, element: Element): StructuredDocument {
  const isOrder = !root.includes('Invoice') && !root.includes('CreditNote');
  const total =
    elementAt(element, 'LegalMonetaryTotal') ??
    elementAt(element, 'RequestedMonetaryTotal') ??
    elementAt(element, 'AnticipatedMonetaryTotal') ??
    elementAt(element, 'QuotedMonetaryTotal');
  const currency = textAt(element, 'DocumentCurrencyCode') ?? attributeOf(elementAt(total, 'PayableAmount'), 'currencyID');
  const tax = taxTotals(element, currency);
  const supplier = partyOf(element, ['AccountingSupplierParty', 'SellerSupplierParty', 'DespatchSupplierParty']);
  const buyer = partyOf(element, ['AccountingCustomerParty', 'BuyerCustomerParty', 'DeliveryCustomerParty', 'OriginatorCustomerParty']);
  const code = textAt(element, 'InvoiceTypeCode') ?? textAt(element, 'CreditNoteTypeCode');
  return {
    syntax: 'UBL',
    documentType: documentTypeFor(code, roots[root] ?? 'other'),
    values: {
      invoiceNumber: textAt(element, 'ID'),
      issueDate: isoDate(textAt(element, 'IssueDate')),
      dueDate: isoDate(
        textAt(element, 'DueDate') ??
          textAt(element, 'PaymentMeans', 'PaymentDueDate') ??
          textAt(element, 'PaymentTerms', 'PaymentDueDate'),
      ),
      supplierName: partyName(supplier),
      supplierTaxId: partyTaxId(supplier),
      iban: textAt(element, 'PaymentMeans', 'PayeeFinancialAccount', 'ID'),
      buyerName: partyName(buyer),
      poNumber: textAt(element, 'OrderReference', 'ID') ?? (root === 'Order' ? textAt(element, 'ID') : null),
      currency,
      netTotal: textAt(total, 'TaxExclusiveAmount') ?? (isOrder ? textAt(total, 'LineExtensionAmount') : null),
      taxTotal: tax.amount,
      grossTotal: textAt(total, 'TaxInclusiveAmount') ?? (isOrder ? textAt(total, 'PayableAmount') : null),
    },
    lines: linesOf(element).map(parseLine),
    sums: {
      lines: textAt(total, 'LineExtensionAmount'),
      allowances: textAt(total, 'AllowanceTotalAmount'),
      charges: textAt(total, 'ChargeTotalAmount'),
      prepaid: textAt(total, 'PrepaidAmount'),
      rounding: textAt(total, 'PayableRoundingAmount'),
      payable: textAt(total, 'PayableAmount'),
    },
    taxRows: tax.rows,
  };
}

function partyOf(element: Element, names: readonly string[]): Element | undefined {
  for (const name of names) {
    const party = elementAt(element, name, 'Party');
    if (party !== undefined) return party;
  }
  return undefined;
}

function partyName(party: Element | undefined): string | null {
  return (
    textAt(party, 'PartyLegalEntity', 'RegistrationName') ??
    textAt(party, 'PartyName', 'Name') ??
    textAt(party, 'PartyTaxScheme', 'RegistrationName') ??
    personName(elementAt(party, 'Person'))
  );
}

function personName(person: Element | undefined): string | null {
  return [textAt(person, 'FirstName'), textAt(person, 'FamilyName')].filter((part) => part !== null).join(' ') || null;
}

/** The VAT identifier before any other tax identifier of the party. */
function partyTaxId(party: Element | undefined): string | null {
  const schemes = elementsAt(party, 'PartyTaxScheme');
  const vat = schemes.find((scheme) => /VAT/i.test(textAt(scheme, 'TaxScheme', 'ID') ?? '') && textAt(scheme, 'CompanyID') !== null);
  return textAt(vat ?? schemes.find((scheme) => textAt(scheme, 'CompanyID') !== null), 'CompanyID');
}

/** Tax in the document's currency: a second total may repeat it in the currency of the books (BT-111). */
function taxTotals(element: Element, currency: string | null): { amount: string | null; rows: TaxRow[] } {
  const totals = elementsAt(element, 'TaxTotal');
  const own = totals.filter((total) => {
    const written = attributeOf(elementAt(total, 'TaxAmount'), 'currencyID');
    return written === null || currency === null || written === currency;
  });
  const first = own.find((total) => elementAt(total, 'TaxSubtotal') !== undefined) ?? own[0] ?? totals[0];
  const rows = elementsAt(first, 'TaxSubtotal').map((row) => ({
    basis: textAt(row, 'TaxableAmount'),
    rate: textAt(row, 'TaxCategory', 'Percent') ?? textAt(row, 'Percent'),
    tax: textAt(row, 'TaxAmount'),
    category: textAt(row, 'TaxCategory', 'ID'),
  }));
  return { amount: textAt(first, 'TaxAmount'), rows };
}

const lineNames = ['InvoiceLine', 'CreditNoteLine', 'DespatchLine', 'ReceiptLine'];

function linesOf(element: Element): Element[] {
  const direct = lineNames.flatMap((name) => elementsAt(element, name));
  return direct.length > 0 ? direct : ['OrderLine', 'QuotationLine'].flatMap((name) => elementsAt(element, name, 'LineItem'));
}

const quantityNames = ['InvoicedQuantity', 'CreditedQuantity', 'Quantity', 'DeliveredQuantity', 'ReceivedQuantity'];

function parseLine(line: Element): StructuredLine {
  const quantity = quantityNames.map((name) => textAt(line, name)).find((text) => text !== null) ?? null;
  return {
    description: textAt(line, 'Item', 'Name') ?? textAt(line, 'Item', 'Description'),
    quantity,
    unitPrice: pricePerUnit(textAt(line, 'Price', 'PriceAmount'), textOf(elementAt(line, 'Price', 'BaseQuantity'))),
    netAmount: textAt(line, 'LineExtensionAmount'),
    taxRate:
      textAt(line, 'Item', 'ClassifiedTaxCategory', 'Percent') ??
      textAt(line, 'TaxTotal', 'TaxSubtotal', 'TaxCategory', 'Percent') ??
      textAt(line, 'TaxTotal', 'TaxSubtotal', 'Percent'),
  };
}

/** A price may be stated per 100 or per 1000 pieces (BT-149); the office compares prices of one. */
export function pricePerUnit(price: string | null, base: string | null): string | null {
  if (price === null || base === null || !isDecimalText(price) || !isDecimalText(base)) return price;
  const divisor = decimal(base);
  if (divisor.lte(0) || divisor.eq(1)) return price;
  return decimal(price).div(divisor).round(10).toFixed();
}
