import { attributeOf, elementAt, elementsAt, textAt, textOf } from '../extraction/e-invoice/xml-tree.ts';
import type { Element } from '../extraction/e-invoice/xml-tree.ts';
import type { Adjustment, Party, Payment, Period, SemanticInvoice, SemanticLine } from './semantic-invoice.ts';

/** Binds a UN/CEFACT CrossIndustryInvoice (D16B and later) to the semantic model, as CEN/TS 16931-3-3 says. */
export function fromCii(element: Element): SemanticInvoice {
  const document = elementAt(element, 'ExchangedDocument');
  const transaction = elementAt(element, 'SupplyChainTradeTransaction');
  const agreement = elementAt(transaction, 'ApplicableHeaderTradeAgreement');
  const delivery = elementAt(transaction, 'ApplicableHeaderTradeDelivery');
  const settlement = elementAt(transaction, 'ApplicableHeaderTradeSettlement');
  const shipTo = elementAt(delivery, 'ShipToTradeParty');
  const payee = elementAt(settlement, 'PayeeTradeParty');
  const representative = elementAt(agreement, 'SellerTaxRepresentativeTradeParty');
  const taxes = elementsAt(settlement, 'ApplicableTradeTax');
  return {
    syntax: 'CII',
    specification: textAt(element, 'ExchangedDocumentContext', 'GuidelineSpecifiedDocumentContextParameter', 'ID'),
    number: textAt(document, 'ID'),
    issueDate: textAt(document, 'IssueDateTime', 'DateTimeString'),
    typeCode: textAt(document, 'TypeCode'),
    currency: textAt(settlement, 'InvoiceCurrencyCode'),
    taxCurrency: textAt(settlement, 'TaxCurrencyCode'),
    taxPointDate: firstText(taxes, 'TaxPointDate', 'DateString'),
    taxPointCode: firstText(taxes, 'DueDateTypeCode'),
    dueDate: textAt(settlement, 'SpecifiedTradePaymentTerms', 'DueDateDateTime', 'DateTimeString'),
    terms: textAt(settlement, 'SpecifiedTradePaymentTerms', 'Description'),
    buyerReference: textAt(agreement, 'BuyerReference'),
    seller: partyOf(elementAt(agreement, 'SellerTradeParty')),
    buyer: partyOf(elementAt(agreement, 'BuyerTradeParty')),
    payee: payee === undefined ? null : { name: textAt(payee, 'Name'), legalId: textAt(payee, 'SpecifiedLegalOrganization', 'ID') },
    taxRepresentative: representative === undefined ? null : partyOf(representative),
    delivery: {
      date: textAt(delivery, 'ActualDeliverySupplyChainEvent', 'OccurrenceDateTime', 'DateTimeString'),
      hasAddress: elementAt(shipTo, 'PostalTradeAddress') !== undefined,
      country: textAt(shipTo, 'PostalTradeAddress', 'CountryID'),
    },
    period: periodOf(elementAt(settlement, 'BillingSpecifiedPeriod')),
    precedingNumbers: elementsAt(settlement, 'InvoiceReferencedDocument').map((reference) => textAt(reference, 'IssuerAssignedID')),
    supportingDocuments: elementsAt(agreement, 'AdditionalReferencedDocument')
      .filter((reference) => textAt(reference, 'TypeCode') === '916')
      .map((reference) => textAt(reference, 'IssuerAssignedID')),
    payments: elementsAt(settlement, 'SpecifiedTradeSettlementPaymentMeans').map(paymentOf),
    ...adjustmentsOf(elementsAt(settlement, 'SpecifiedTradeAllowanceCharge')),
    totals: totalsOf(settlement),
    breakdown: taxes.map((row) => ({
      basis: textAt(row, 'BasisAmount'),
      tax: textAt(row, 'CalculatedAmount'),
      category: textAt(row, 'CategoryCode'),
      rate: textAt(row, 'RateApplicablePercent'),
      exemptionReason: textAt(row, 'ExemptionReason'),
      exemptionCode: textAt(row, 'ExemptionReasonCode'),
    })),
    lines: elementsAt(transaction, 'IncludedSupplyChainTradeLineItem').map(lineOf),
  };
}

function firstText(elements: readonly Element[], ...path: readonly string[]): string | null {
  return elements.map((element) => textAt(element, ...path)).find((text) => text !== null) ?? null;
}

function totalsOf(settlement: Element | undefined): SemanticInvoice['totals'] {
  const sums = elementAt(settlement, 'SpecifiedTradeSettlementHeaderMonetarySummation');
  const currency = textAt(settlement, 'InvoiceCurrencyCode');
  const taxCurrency = textAt(settlement, 'TaxCurrencyCode');
  const taxes = elementsAt(sums, 'TaxTotalAmount');
  const taxIn = (wanted: string | null): string | null =>
    textOf(taxes.find((amount) => wanted === null || (attributeOf(amount, 'currencyID') ?? currency) === wanted));
  return {
    lines: textAt(sums, 'LineTotalAmount'),
    allowances: textAt(sums, 'AllowanceTotalAmount'),
    charges: textAt(sums, 'ChargeTotalAmount'),
    net: textAt(sums, 'TaxBasisTotalAmount'),
    tax: taxIn(currency),
    taxInTaxCurrency: taxCurrency === null ? null : taxIn(taxCurrency),
    gross: textAt(sums, 'GrandTotalAmount'),
    prepaid: textAt(sums, 'TotalPrepaidAmount'),
    rounding: textAt(sums, 'RoundingAmount'),
    payable: textAt(sums, 'DuePayableAmount'),
  };
}

function partyOf(party: Element | undefined): Party {
  const registrations = elementsAt(party, 'SpecifiedTaxRegistration', 'ID');
  const ofScheme = (scheme: string): string | null => textOf(registrations.find((id) => attributeOf(id, 'schemeID') === scheme));
  const endpoint = elementAt(party, 'URIUniversalCommunication', 'URIID');
  const endpointId = textOf(endpoint);
  return {
    name: textAt(party, 'Name'),
    ids: [...elementsAt(party, 'ID'), ...elementsAt(party, 'GlobalID')].flatMap((id) => textOf(id) ?? []),
    legalId: textAt(party, 'SpecifiedLegalOrganization', 'ID'),
    vatId: ofScheme('VA'),
    taxNumber: ofScheme('FC'),
    endpoint: endpointId === null ? null : { id: endpointId, scheme: attributeOf(endpoint, 'schemeID') },
    hasAddress: elementAt(party, 'PostalTradeAddress') !== undefined,
    country: textAt(party, 'PostalTradeAddress', 'CountryID'),
  };
}

function periodOf(period: Element | undefined): Period | null {
  return period === undefined
    ? null
    : { start: textAt(period, 'StartDateTime', 'DateTimeString'), end: textAt(period, 'EndDateTime', 'DateTimeString') };
}

function paymentOf(means: Element): Payment {
  const card = elementAt(means, 'ApplicableTradeSettlementFinancialCard');
  return {
    means: textAt(means, 'TypeCode'),
    accounts: elementsAt(means, 'PayeePartyCreditorFinancialAccount').map(
      (account) => textAt(account, 'IBANID') ?? textAt(account, 'ProprietaryID'),
    ),
    card: card === undefined ? undefined : textAt(card, 'ID'),
  };
}

function adjustmentsOf(elements: readonly Element[]): { readonly allowances: Adjustment[]; readonly charges: Adjustment[] } {
  const all = elements.map((one) => ({
    isCharge: textAt(one, 'ChargeIndicator', 'Indicator') === 'true',
    amount: textAt(one, 'ActualAmount'),
    base: textAt(one, 'BasisAmount'),
    category: textAt(one, 'CategoryTradeTax', 'CategoryCode'),
    rate: textAt(one, 'CategoryTradeTax', 'RateApplicablePercent'),
    reason: textAt(one, 'Reason'),
    reasonCode: textAt(one, 'ReasonCode'),
  }));
  return { allowances: all.filter(({ isCharge }) => !isCharge), charges: all.filter(({ isCharge }) => isCharge) };
}

function lineOf(line: Element): SemanticLine {
  const agreement = elementAt(line, 'SpecifiedLineTradeAgreement');
  const settlement = elementAt(line, 'SpecifiedLineTradeSettlement');
  const product = elementAt(line, 'SpecifiedTradeProduct');
  const quantity = elementAt(line, 'SpecifiedLineTradeDelivery', 'BilledQuantity');
  const id = elementAt(product, 'GlobalID');
  const classes = elementsAt(product, 'DesignatedProductClassification', 'ClassCode');
  return {
    id: textAt(line, 'AssociatedDocumentLineDocument', 'LineID'),
    quantity: textOf(quantity),
    unit: attributeOf(quantity, 'unitCode'),
    net: textAt(settlement, 'SpecifiedTradeSettlementLineMonetarySummation', 'LineTotalAmount'),
    price: textAt(agreement, 'NetPriceProductTradePrice', 'ChargeAmount'),
    grossPrice: textAt(agreement, 'GrossPriceProductTradePrice', 'ChargeAmount'),
    category: textAt(settlement, 'ApplicableTradeTax', 'CategoryCode'),
    rate: textAt(settlement, 'ApplicableTradeTax', 'RateApplicablePercent'),
    name: textAt(product, 'Name'),
    period: periodOf(elementAt(settlement, 'BillingSpecifiedPeriod')),
    ...adjustmentsOf(elementsAt(settlement, 'SpecifiedTradeAllowanceCharge')),
    isItemIdWithoutScheme: id !== undefined && textOf(id) !== null && attributeOf(id, 'schemeID') === null,
    isClassWithoutScheme: classes.some((code) => attributeOf(code, 'listID') === null),
    attributes: elementsAt(product, 'ApplicableProductCharacteristic').map((property) => ({
      name: textAt(property, 'Description'),
      value: textAt(property, 'Value'),
    })),
  };
}
