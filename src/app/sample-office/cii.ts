import { decimal } from '#domain/money';
import {
  billingProcess,
  buyerOf,
  buyerReference,
  sellerOf,
  taxCategory,
  termsOf,
  unitCode,
  writeXml,
  xrechnung,
  type PartyFacts,
  type XmlTree,
} from './e-invoice.ts';
import type { SampleInvoice, SampleLine } from './invoice.ts';

const namespace = 'urn:un:unece:uncefact:data';

/** An invoice in UN/CEFACT CII D16B, as XRechnung 3.0 or for the inside of a Factur-X PDF. Source: EN 16931-3-3. */
export function ciiInvoice(invoice: SampleInvoice, guideline: 'xrechnung' | 'factur-x'): string {
  return writeXml({
    'rsm:CrossIndustryInvoice': {
      '@xmlns:rsm': `${namespace}:standard:CrossIndustryInvoice:100`,
      '@xmlns:ram': `${namespace}:standard:ReusableAggregateBusinessInformationEntity:100`,
      '@xmlns:udt': `${namespace}:standard:UnqualifiedDataType:100`,
      'rsm:ExchangedDocumentContext': {
        'ram:BusinessProcessSpecifiedDocumentContextParameter': { 'ram:ID': billingProcess },
        'ram:GuidelineSpecifiedDocumentContextParameter': { 'ram:ID': guideline === 'xrechnung' ? xrechnung : 'urn:cen.eu:en16931:2017' },
      },
      'rsm:ExchangedDocument': { 'ram:ID': invoice.number, 'ram:TypeCode': '380', 'ram:IssueDateTime': day(invoice.issuedOn) },
      'rsm:SupplyChainTradeTransaction': {
        'ram:IncludedSupplyChainTradeLineItem': invoice.lines.map((line) => lineItem(invoice, line)),
        'ram:ApplicableHeaderTradeAgreement': {
          'ram:BuyerReference': buyerReference,
          'ram:SellerTradeParty': party(sellerOf(invoice)),
          'ram:BuyerTradeParty': party(buyerOf(invoice)),
          'ram:BuyerOrderReferencedDocument': invoice.poNumber === null ? undefined : { 'ram:IssuerAssignedID': invoice.poNumber },
        },
        'ram:ApplicableHeaderTradeDelivery': {
          'ram:ActualDeliverySupplyChainEvent': { 'ram:OccurrenceDateTime': day(invoice.deliveredOn) },
        },
        'ram:ApplicableHeaderTradeSettlement': settlement(invoice),
      },
    },
  });
}

function settlement(invoice: SampleInvoice): XmlTree {
  return {
    'ram:InvoiceCurrencyCode': invoice.currency,
    'ram:SpecifiedTradeSettlementPaymentMeans': {
      'ram:TypeCode': '58',
      'ram:PayeePartyCreditorFinancialAccount': { 'ram:IBANID': invoice.iban, 'ram:AccountName': invoice.supplier.name },
      'ram:PayeeSpecifiedCreditorFinancialInstitution': { 'ram:BICID': invoice.bic },
    },
    'ram:ApplicableTradeTax': invoice.taxes.map(({ rate, base, amount }) => {
      const { code, reasonCode, reason } = taxCategory(invoice, rate);
      return {
        'ram:CalculatedAmount': amount,
        'ram:TypeCode': 'VAT',
        'ram:ExemptionReason': reason,
        'ram:BasisAmount': base,
        'ram:CategoryCode': code,
        'ram:ExemptionReasonCode': reasonCode,
        'ram:RateApplicablePercent': rate,
      };
    }),
    'ram:SpecifiedTradePaymentTerms': { 'ram:Description': termsOf(invoice), 'ram:DueDateDateTime': day(invoice.dueOn) },
    'ram:SpecifiedTradeSettlementHeaderMonetarySummation': {
      'ram:LineTotalAmount': invoice.net,
      'ram:TaxBasisTotalAmount': invoice.net,
      'ram:TaxTotalAmount': { '@currencyID': invoice.currency, '#text': invoice.tax },
      'ram:GrandTotalAmount': invoice.gross,
      'ram:DuePayableAmount': invoice.gross,
    },
  };
}

function party({ name, street, postcode, city, country, vatId, email, contact }: PartyFacts): XmlTree {
  return {
    'ram:Name': name,
    'ram:DefinedTradeContact':
      contact === undefined
        ? undefined
        : {
            'ram:PersonName': contact.name,
            'ram:TelephoneUniversalCommunication': { 'ram:CompleteNumber': contact.phone },
            'ram:EmailURIUniversalCommunication': { 'ram:URIID': email },
          },
    'ram:PostalTradeAddress': { 'ram:PostcodeCode': postcode, 'ram:LineOne': street, 'ram:CityName': city, 'ram:CountryID': country },
    'ram:URIUniversalCommunication': { 'ram:URIID': { '@schemeID': 'EM', '#text': email } },
    'ram:SpecifiedTaxRegistration': vatId === null ? undefined : { 'ram:ID': { '@schemeID': 'VA', '#text': vatId } },
  };
}

function lineItem(invoice: SampleInvoice, line: SampleLine): XmlTree {
  const { code } = taxCategory(invoice, line.taxRate);
  return {
    'ram:AssociatedDocumentLineDocument': { 'ram:LineID': String(line.position) },
    'ram:SpecifiedTradeProduct': { 'ram:SellerAssignedID': line.code ?? undefined, 'ram:Name': line.description },
    'ram:SpecifiedLineTradeAgreement': {
      'ram:GrossPriceProductTradePrice': line.list === null ? undefined : grossPrice(line.list, line.price),
      'ram:NetPriceProductTradePrice': { 'ram:ChargeAmount': line.price },
    },
    'ram:SpecifiedLineTradeDelivery': { 'ram:BilledQuantity': { '@unitCode': unitCode(line.unit), '#text': line.quantity } },
    'ram:SpecifiedLineTradeSettlement': {
      'ram:ApplicableTradeTax': { 'ram:TypeCode': 'VAT', 'ram:CategoryCode': code, 'ram:RateApplicablePercent': line.taxRate },
      'ram:SpecifiedTradeSettlementLineMonetarySummation': { 'ram:LineTotalAmount': line.net },
    },
  };
}

/** List price and what comes off it (BT-148, BT-147). */
function grossPrice(list: string, price: string): XmlTree {
  return {
    'ram:ChargeAmount': list,
    'ram:AppliedTradeAllowanceCharge': {
      'ram:ChargeIndicator': { 'udt:Indicator': 'false' },
      'ram:ActualAmount': decimal(list).minus(price).toFixed(2),
    },
  };
}

function day(value: string): XmlTree {
  return { 'udt:DateTimeString': { '@format': '102', '#text': value.replaceAll('-', '') } };
}
