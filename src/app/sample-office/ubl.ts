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

const namespace = 'urn:oasis:names:specification:ubl:schema:xsd';

/** An invoice as XRechnung 3.0 in UBL 2.1. Source: EN 16931-3-2, KoSIT XRechnung 3.0. */
export function ublInvoice(invoice: SampleInvoice): string {
  const amount = amountIn(invoice.currency);
  return writeXml({
    Invoice: {
      '@xmlns': `${namespace}:Invoice-2`,
      '@xmlns:cac': `${namespace}:CommonAggregateComponents-2`,
      '@xmlns:cbc': `${namespace}:CommonBasicComponents-2`,
      'cbc:CustomizationID': xrechnung,
      'cbc:ProfileID': billingProcess,
      'cbc:ID': invoice.number,
      'cbc:IssueDate': invoice.issuedOn,
      'cbc:DueDate': invoice.dueOn,
      'cbc:InvoiceTypeCode': '380',
      'cbc:DocumentCurrencyCode': invoice.currency,
      'cbc:BuyerReference': buyerReference,
      'cac:OrderReference': invoice.poNumber === null ? undefined : { 'cbc:ID': invoice.poNumber },
      'cac:AccountingSupplierParty': { 'cac:Party': party(sellerOf(invoice)) },
      'cac:AccountingCustomerParty': { 'cac:Party': party(buyerOf(invoice)) },
      'cac:Delivery': { 'cbc:ActualDeliveryDate': invoice.deliveredOn },
      'cac:PaymentMeans': {
        'cbc:PaymentMeansCode': '58',
        'cac:PayeeFinancialAccount': {
          'cbc:ID': invoice.iban,
          'cbc:Name': invoice.supplier.name,
          'cac:FinancialInstitutionBranch': { 'cbc:ID': invoice.bic },
        },
      },
      'cac:PaymentTerms': { 'cbc:Note': termsOf(invoice) },
      'cac:TaxTotal': {
        'cbc:TaxAmount': amount(invoice.tax),
        'cac:TaxSubtotal': invoice.taxes.map(({ rate, base, amount: tax }) => ({
          'cbc:TaxableAmount': amount(base),
          'cbc:TaxAmount': amount(tax),
          'cac:TaxCategory': category(invoice, rate, true),
        })),
      },
      'cac:LegalMonetaryTotal': {
        'cbc:LineExtensionAmount': amount(invoice.net),
        'cbc:TaxExclusiveAmount': amount(invoice.net),
        'cbc:TaxInclusiveAmount': amount(invoice.gross),
        'cbc:PayableAmount': amount(invoice.gross),
      },
      'cac:InvoiceLine': invoice.lines.map((line) => invoiceLine(invoice, line)),
    },
  });
}

function amountIn(currency: string): (value: string) => XmlTree {
  return (value) => ({ '@currencyID': currency, '#text': value });
}

function party({ name, street, postcode, city, country, vatId, email, contact }: PartyFacts): XmlTree {
  return {
    'cbc:EndpointID': { '@schemeID': 'EM', '#text': email },
    'cac:PartyName': { 'cbc:Name': name },
    'cac:PostalAddress': {
      'cbc:StreetName': street,
      'cbc:CityName': city,
      'cbc:PostalZone': postcode,
      'cac:Country': { 'cbc:IdentificationCode': country },
    },
    'cac:PartyTaxScheme': vatId === null ? undefined : { 'cbc:CompanyID': vatId, 'cac:TaxScheme': { 'cbc:ID': 'VAT' } },
    'cac:PartyLegalEntity': { 'cbc:RegistrationName': name },
    'cac:Contact':
      contact === undefined ? undefined : { 'cbc:Name': contact.name, 'cbc:Telephone': contact.phone, 'cbc:ElectronicMail': email },
  };
}

/** @param isTotal - the reason for no tax stands with the total only (UBL-SR-32). */
function category(invoice: SampleInvoice, rate: string, isTotal: boolean): XmlTree {
  const { code, reasonCode, reason } = taxCategory(invoice, rate);
  return {
    'cbc:ID': code,
    'cbc:Percent': rate,
    'cbc:TaxExemptionReasonCode': isTotal ? reasonCode : undefined,
    'cbc:TaxExemptionReason': isTotal ? reason : undefined,
    'cac:TaxScheme': { 'cbc:ID': 'VAT' },
  };
}

function invoiceLine(invoice: SampleInvoice, line: SampleLine): XmlTree {
  const amount = amountIn(invoice.currency);
  return {
    'cbc:ID': String(line.position),
    'cbc:InvoicedQuantity': { '@unitCode': unitCode(line.unit), '#text': line.quantity },
    'cbc:LineExtensionAmount': amount(line.net),
    'cac:Item': {
      'cbc:Name': line.description,
      'cac:SellersItemIdentification': line.code === null ? undefined : { 'cbc:ID': line.code },
      'cac:ClassifiedTaxCategory': category(invoice, line.taxRate, false),
    },
    'cac:Price': { 'cbc:PriceAmount': amount(line.price) },
  };
}
