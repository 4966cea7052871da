import { attributeOf, elementAt, elementsAt, textAt, textOf } from '../extraction/e-invoice/xml-tree.ts';
import type { Element } from '../extraction/e-invoice/xml-tree.ts';
import type { Adjustment, Party, Payment, Period, SemanticInvoice, SemanticLine } from './semantic-invoice.ts';

/** Binds a UBL 2.1 Invoice or CreditNote to the semantic model, as CEN/TS 16931-3-2 says. */
export function fromUbl(element: Element): SemanticInvoice {
  const totals = elementAt(element, 'LegalMonetaryTotal');
  const currency = textAt(element, 'DocumentCurrencyCode');
  const taxCurrency = textAt(element, 'TaxCurrencyCode');
  const taxIn = (wanted: string | null): string | null =>
    textOf(elementsAt(element, 'TaxTotal', 'TaxAmount').find((amount) => wanted === null || attributeOf(amount, 'currencyID') === wanted));
  const delivery = elementAt(element, 'Delivery');
  const period = elementAt(element, 'InvoicePeriod');
  return {
    syntax: 'UBL',
    specification: textAt(element, 'CustomizationID'),
    number: textAt(element, 'ID'),
    issueDate: textAt(element, 'IssueDate'),
    typeCode: textAt(element, 'InvoiceTypeCode') ?? textAt(element, 'CreditNoteTypeCode'),
    currency,
    taxCurrency,
    taxPointDate: textAt(element, 'TaxPointDate'),
    taxPointCode: textAt(period, 'DescriptionCode'),
    dueDate: textAt(element, 'DueDate') ?? textAt(element, 'PaymentMeans', 'PaymentDueDate'),
    terms: textAt(element, 'PaymentTerms', 'Note'),
    buyerReference: textAt(element, 'BuyerReference'),
    seller: partyOf(elementAt(element, 'AccountingSupplierParty', 'Party')),
    buyer: partyOf(elementAt(element, 'AccountingCustomerParty', 'Party')),
    payee: payeeOf(elementAt(element, 'PayeeParty')),
    taxRepresentative: representativeOf(elementAt(element, 'TaxRepresentativeParty')),
    delivery: {
      date: textAt(delivery, 'ActualDeliveryDate'),
      hasAddress: elementAt(delivery, 'DeliveryLocation', 'Address') !== undefined,
      country: textAt(delivery, 'DeliveryLocation', 'Address', 'Country', 'IdentificationCode'),
    },
    period: periodOf(period),
    precedingNumbers: elementsAt(element, 'BillingReference', 'InvoiceDocumentReference').map((reference) => textAt(reference, 'ID')),
    supportingDocuments: elementsAt(element, 'AdditionalDocumentReference').map((reference) => textAt(reference, 'ID')),
    payments: elementsAt(element, 'PaymentMeans').map(paymentOf),
    ...adjustmentsOf(element),
    totals: {
      lines: textAt(totals, 'LineExtensionAmount'),
      allowances: textAt(totals, 'AllowanceTotalAmount'),
      charges: textAt(totals, 'ChargeTotalAmount'),
      net: textAt(totals, 'TaxExclusiveAmount'),
      tax: taxIn(currency),
      taxInTaxCurrency: taxCurrency === null ? null : taxIn(taxCurrency),
      gross: textAt(totals, 'TaxInclusiveAmount'),
      prepaid: textAt(totals, 'PrepaidAmount'),
      rounding: textAt(totals, 'PayableRoundingAmount'),
      payable: textAt(totals, 'PayableAmount'),
    },
    breakdown: elementsAt(element, 'TaxTotal', 'TaxSubtotal').map((row) => ({
      basis: textAt(row, 'TaxableAmount'),
      tax: textAt(row, 'TaxAmount'),
      category: textAt(row, 'TaxCategory', 'ID'),
      rate: textAt(row, 'TaxCategory', 'Percent'),
      exemptionReason: textAt(row, 'TaxCategory', 'TaxExemptionReason'),
      exemptionCode: textAt(row, 'TaxCategory', 'TaxExemptionReasonCode'),
    })),
    lines: [...elementsAt(element, 'InvoiceLine'), ...elementsAt(element, 'CreditNoteLine')].map(lineOf),
  };
}

function partyOf(party: Element | undefined): Party {
  const schemes = elementsAt(party, 'PartyTaxScheme');
  const isVat = (scheme: Element): boolean => (textAt(scheme, 'TaxScheme', 'ID') ?? 'VAT').toUpperCase() === 'VAT';
  const endpoint = elementAt(party, 'EndpointID');
  const endpointId = textOf(endpoint);
  return {
    name: textAt(party, 'PartyLegalEntity', 'RegistrationName'),
    ids: elementsAt(party, 'PartyIdentification', 'ID').flatMap((id) => textOf(id) ?? []),
    legalId: textAt(party, 'PartyLegalEntity', 'CompanyID'),
    vatId: textAt(schemes.find(isVat), 'CompanyID'),
    taxNumber: textAt(
      schemes.find((scheme) => !isVat(scheme)),
      'CompanyID',
    ),
    endpoint: endpointId === null ? null : { id: endpointId, scheme: attributeOf(endpoint, 'schemeID') },
    hasAddress: elementAt(party, 'PostalAddress') !== undefined,
    country: textAt(party, 'PostalAddress', 'Country', 'IdentificationCode'),
  };
}

function payeeOf(payee: Element | undefined): SemanticInvoice['payee'] {
  return payee === undefined ? null : { name: textAt(payee, 'PartyName', 'Name'), legalId: textAt(payee, 'PartyLegalEntity', 'CompanyID') };
}

function representativeOf(representative: Element | undefined): Party | null {
  return representative === undefined ? null : { ...partyOf(representative), name: textAt(representative, 'PartyName', 'Name') };
}

function periodOf(period: Element | undefined): Period | null {
  return period === undefined || textAt(period, 'DescriptionCode') !== null
    ? null
    : { start: textAt(period, 'StartDate'), end: textAt(period, 'EndDate') };
}

function paymentOf(means: Element): Payment {
  const card = elementAt(means, 'CardAccount');
  return {
    means: textAt(means, 'PaymentMeansCode'),
    accounts: elementsAt(means, 'PayeeFinancialAccount').map((account) => textAt(account, 'ID')),
    card: card === undefined ? undefined : textAt(card, 'PrimaryAccountNumberID'),
  };
}

function adjustmentsOf(holder: Element): { readonly allowances: Adjustment[]; readonly charges: Adjustment[] } {
  const all = elementsAt(holder, 'AllowanceCharge').map((one) => ({
    isCharge: textAt(one, 'ChargeIndicator') === 'true',
    amount: textAt(one, 'Amount'),
    base: textAt(one, 'BaseAmount'),
    category: textAt(one, 'TaxCategory', 'ID'),
    rate: textAt(one, 'TaxCategory', 'Percent'),
    reason: textAt(one, 'AllowanceChargeReason'),
    reasonCode: textAt(one, 'AllowanceChargeReasonCode'),
  }));
  return { allowances: all.filter(({ isCharge }) => !isCharge), charges: all.filter(({ isCharge }) => isCharge) };
}

function lineOf(line: Element): SemanticLine {
  const quantity = elementAt(line, 'InvoicedQuantity') ?? elementAt(line, 'CreditedQuantity');
  const price = elementAt(line, 'Price');
  const priceAmount = textAt(price, 'PriceAmount');
  return {
    id: textAt(line, 'ID'),
    quantity: textOf(quantity),
    unit: attributeOf(quantity, 'unitCode'),
    net: textAt(line, 'LineExtensionAmount'),
    price: priceAmount,
    grossPrice: textAt(price, 'AllowanceCharge', 'BaseAmount'),
    category: textAt(line, 'Item', 'ClassifiedTaxCategory', 'ID'),
    rate: textAt(line, 'Item', 'ClassifiedTaxCategory', 'Percent'),
    name: textAt(line, 'Item', 'Name'),
    period: periodOf(elementAt(line, 'InvoicePeriod')),
    ...adjustmentsOf(line),
    isItemIdWithoutScheme: lacksAttribute(elementsAt(line, 'Item', 'StandardItemIdentification', 'ID'), 'schemeID'),
    isClassWithoutScheme: lacksAttribute(elementsAt(line, 'Item', 'CommodityClassification', 'ItemClassificationCode'), 'listID'),
    attributes: elementsAt(line, 'Item', 'AdditionalItemProperty').map((property) => ({
      name: textAt(property, 'Name'),
      value: textAt(property, 'Value'),
    })),
  };
}

function lacksAttribute(elements: readonly Element[], name: string): boolean {
  return elements.some((element) => attributeOf(element, name) === null);
}
