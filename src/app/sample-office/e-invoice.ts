import type { SampleInvoice, SampleLine } from './invoice.ts';

/** Unit codes of UN/ECE Recommendation 20 for the units our suppliers print. */
const unitCodes: Readonly<Record<string, string>> = {
  kg: 'KGM',
  kWh: 'KWH',
  Monat: 'MON',
  month: 'MON',
  day: 'DAY',
  'm²': 'MTK',
  year: 'ANN',
  lump: 'LS',
};

const xrechnung = 'urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0';

/** XRechnung 3.0 in UBL 2.1. Source: EN 16931-3-2 binding. */
export function ublInvoice(invoice: SampleInvoice): string {
  const isCredit = invoice.kind === 'credit-note';
  const root = isCredit ? 'CreditNote' : 'Invoice';
  const amount = (name: string, value: string): string => `<cbc:${name} currencyID="${invoice.currency}">${value}</cbc:${name}>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<${root} xmlns="urn:oasis:names:specification:ubl:schema:xsd:${root}-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
  <cbc:CustomizationID>${xrechnung}</cbc:CustomizationID>
  <cbc:ProfileID>urn:fdc:peppol.eu:2017:poacc:billing:01:1.0</cbc:ProfileID>
  <cbc:ID>${text(invoice.number)}</cbc:ID>
  <cbc:IssueDate>${invoice.issuedOn}</cbc:IssueDate>
  ${isCredit ? '' : `<cbc:DueDate>${invoice.dueOn}</cbc:DueDate>`}
  <cbc:${root}TypeCode>${isCredit ? 381 : 380}</cbc:${root}TypeCode>
  <cbc:DocumentCurrencyCode>${invoice.currency}</cbc:DocumentCurrencyCode>
  <cbc:BuyerReference>SAMPLE-AP</cbc:BuyerReference>
  ${invoice.poNumber === null ? '' : `<cac:OrderReference><cbc:ID>${text(invoice.poNumber)}</cbc:ID></cac:OrderReference>`}
  <cac:AccountingSupplierParty>${ublParty(invoice.supplier, invoice.supplier.country)}</cac:AccountingSupplierParty>
  <cac:AccountingCustomerParty>${ublParty(invoice.buyer, 'DE')}</cac:AccountingCustomerParty>
  <cac:PaymentMeans><cbc:PaymentMeansCode>58</cbc:PaymentMeansCode><cac:PayeeFinancialAccount><cbc:ID>${invoice.iban}</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>
  <cac:PaymentTerms><cbc:Note>${invoice.supplier.netDays} Tage netto</cbc:Note></cac:PaymentTerms>
  <cac:TaxTotal>${amount('TaxAmount', invoice.tax)}${invoice.taxes.map((tax) => `<cac:TaxSubtotal>${amount('TaxableAmount', tax.base)}${amount('TaxAmount', tax.amount)}${ublTax('TaxCategory', tax.rate)}</cac:TaxSubtotal>`).join('')}</cac:TaxTotal>
  <cac:LegalMonetaryTotal>${amount('LineExtensionAmount', invoice.net)}${amount('TaxExclusiveAmount', invoice.net)}${amount('TaxInclusiveAmount', invoice.gross)}${amount('PayableAmount', invoice.gross)}</cac:LegalMonetaryTotal>
  ${invoice.lines.map((line) => ublLine(line, root, amount)).join('\n  ')}
</${root}>
`;
}

function ublParty(
  party: Pick<SampleInvoice['buyer'], 'name' | 'street' | 'postcode' | 'city'> & { readonly vatId: string | null },
  country: string,
): string {
  const tax =
    party.vatId === null
      ? ''
      : `<cac:PartyTaxScheme><cbc:CompanyID>${party.vatId}</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>`;
  return `<cac:Party><cac:PartyName><cbc:Name>${text(party.name)}</cbc:Name></cac:PartyName><cac:PostalAddress><cbc:StreetName>${text(party.street)}</cbc:StreetName><cbc:CityName>${text(party.city)}</cbc:CityName><cbc:PostalZone>${text(party.postcode)}</cbc:PostalZone><cac:Country><cbc:IdentificationCode>${country}</cbc:IdentificationCode></cac:Country></cac:PostalAddress>${tax}<cac:PartyLegalEntity><cbc:RegistrationName>${text(party.name)}</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party>`;
}

function ublTax(name: 'TaxCategory' | 'ClassifiedTaxCategory', rate: string): string {
  return `<cac:${name}><cbc:ID>${rate === '0' ? 'Z' : 'S'}</cbc:ID><cbc:Percent>${rate}</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:${name}>`;
}

function ublLine(line: SampleLine, root: string, amount: (name: string, value: string) => string): string {
  const quantity = root === 'CreditNote' ? 'CreditedQuantity' : 'InvoicedQuantity';
  return `<cac:${root}Line><cbc:ID>${line.position}</cbc:ID><cbc:${quantity} unitCode="${unitCode(line)}">${line.quantity}</cbc:${quantity}>${amount('LineExtensionAmount', line.net)}<cac:Item><cbc:Name>${text(line.description)}</cbc:Name><cac:SellersItemIdentification><cbc:ID>${text(line.code ?? '')}</cbc:ID></cac:SellersItemIdentification>${ublTax('ClassifiedTaxCategory', line.taxRate)}</cac:Item><cac:Price>${amount('PriceAmount', line.price)}</cac:Price></cac:${root}Line>`;
}

/** UN/CEFACT CII D16B as XRechnung and Factur-X EN 16931 carry it. */
export function ciiInvoice(invoice: SampleInvoice, guideline: 'xrechnung' | 'factur-x'): string {
  const id = guideline === 'xrechnung' ? xrechnung : 'urn:cen.eu:en16931:2017';
  return `<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100" xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100" xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
  <rsm:ExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>${id}</ram:ID></ram:GuidelineSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext>
  <rsm:ExchangedDocument><ram:ID>${text(invoice.number)}</ram:ID><ram:TypeCode>${invoice.kind === 'credit-note' ? 381 : 380}</ram:TypeCode><ram:IssueDateTime>${ciiDay(invoice.issuedOn)}</ram:IssueDateTime></rsm:ExchangedDocument>
  <rsm:SupplyChainTradeTransaction>
    ${invoice.lines.map(ciiLine).join('\n    ')}
    <ram:ApplicableHeaderTradeAgreement><ram:BuyerReference>SAMPLE-AP</ram:BuyerReference>${ciiParty('SellerTradeParty', invoice.supplier, invoice.supplier.country)}${ciiParty('BuyerTradeParty', invoice.buyer, 'DE')}${invoice.poNumber === null ? '' : `<ram:BuyerOrderReferencedDocument><ram:IssuerAssignedID>${text(invoice.poNumber)}</ram:IssuerAssignedID></ram:BuyerOrderReferencedDocument>`}</ram:ApplicableHeaderTradeAgreement>
    <ram:ApplicableHeaderTradeDelivery/>
    <ram:ApplicableHeaderTradeSettlement>
      <ram:InvoiceCurrencyCode>${invoice.currency}</ram:InvoiceCurrencyCode>
      <ram:SpecifiedTradeSettlementPaymentMeans><ram:TypeCode>58</ram:TypeCode><ram:PayeePartyCreditorFinancialAccount><ram:IBANID>${invoice.iban}</ram:IBANID></ram:PayeePartyCreditorFinancialAccount></ram:SpecifiedTradeSettlementPaymentMeans>
      ${invoice.taxes.map((tax) => `<ram:ApplicableTradeTax><ram:CalculatedAmount>${tax.amount}</ram:CalculatedAmount><ram:TypeCode>VAT</ram:TypeCode><ram:BasisAmount>${tax.base}</ram:BasisAmount><ram:CategoryCode>${tax.rate === '0' ? 'Z' : 'S'}</ram:CategoryCode><ram:RateApplicablePercent>${tax.rate}</ram:RateApplicablePercent></ram:ApplicableTradeTax>`).join('')}
      <ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime>${ciiDay(invoice.dueOn)}</ram:DueDateDateTime></ram:SpecifiedTradePaymentTerms>
      <ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:LineTotalAmount>${invoice.net}</ram:LineTotalAmount><ram:TaxBasisTotalAmount>${invoice.net}</ram:TaxBasisTotalAmount><ram:TaxTotalAmount currencyID="${invoice.currency}">${invoice.tax}</ram:TaxTotalAmount><ram:GrandTotalAmount>${invoice.gross}</ram:GrandTotalAmount><ram:DuePayableAmount>${invoice.gross}</ram:DuePayableAmount></ram:SpecifiedTradeSettlementHeaderMonetarySummation>
    </ram:ApplicableHeaderTradeSettlement>
  </rsm:SupplyChainTradeTransaction>
</rsm:CrossIndustryInvoice>
`;
}

function ciiParty(
  name: string,
  party: Pick<SampleInvoice['buyer'], 'name' | 'street' | 'postcode' | 'city'> & { readonly vatId: string | null },
  country: string,
): string {
  const tax =
    party.vatId === null
      ? ''
      : `<ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">${party.vatId}</ram:ID></ram:SpecifiedTaxRegistration>`;
  return `<ram:${name}><ram:Name>${text(party.name)}</ram:Name><ram:PostalTradeAddress><ram:PostcodeCode>${text(party.postcode)}</ram:PostcodeCode><ram:LineOne>${text(party.street)}</ram:LineOne><ram:CityName>${text(party.city)}</ram:CityName><ram:CountryID>${country}</ram:CountryID></ram:PostalTradeAddress>${tax}</ram:${name}>`;
}

function ciiLine(line: SampleLine): string {
  return `<ram:IncludedSupplyChainTradeLineItem><ram:AssociatedDocumentLineDocument><ram:LineID>${line.position}</ram:LineID></ram:AssociatedDocumentLineDocument><ram:SpecifiedTradeProduct><ram:SellerAssignedID>${text(line.code ?? '')}</ram:SellerAssignedID><ram:Name>${text(line.description)}</ram:Name></ram:SpecifiedTradeProduct><ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice><ram:ChargeAmount>${line.price}</ram:ChargeAmount></ram:NetPriceProductTradePrice></ram:SpecifiedLineTradeAgreement><ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode="${unitCode(line)}">${line.quantity}</ram:BilledQuantity></ram:SpecifiedLineTradeDelivery><ram:SpecifiedLineTradeSettlement><ram:ApplicableTradeTax><ram:TypeCode>VAT</ram:TypeCode><ram:CategoryCode>${line.taxRate === '0' ? 'Z' : 'S'}</ram:CategoryCode><ram:RateApplicablePercent>${line.taxRate}</ram:RateApplicablePercent></ram:ApplicableTradeTax><ram:SpecifiedTradeSettlementLineMonetarySummation><ram:LineTotalAmount>${line.net}</ram:LineTotalAmount></ram:SpecifiedTradeSettlementLineMonetarySummation></ram:SpecifiedLineTradeSettlement></ram:IncludedSupplyChainTradeLineItem>`;
}

function ciiDay(day: string): string {
  return `<udt:DateTimeString format="102">${day.replaceAll('-', '')}</udt:DateTimeString>`;
}

function unitCode(line: SampleLine): string {
  return unitCodes[line.unit] ?? 'C62';
}

function text(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
