import { expect, test } from 'vitest';
import type { Extraction, Reading } from '#domain/documents';
import { extract } from '../extract.ts';
import { gridReading } from '../table/grid-reading.test-kit.ts';

const ubl = (gross = '121.00', extra = ''): string => `<?xml version="1.0"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" xmlns:cac="a" xmlns:cbc="b">
<cbc:ID>F-1</cbc:ID><cbc:IssueDate>2024-05-02</cbc:IssueDate><cbc:DueDate>2024-06-01</cbc:DueDate>
<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>${extra}
<cac:AccountingSupplierParty><cac:Party><cac:PartyTaxScheme><cbc:CompanyID>NL123456789B01</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
<cac:PartyLegalEntity><cbc:RegistrationName>M&#252;ller &amp; Co</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party></cac:AccountingSupplierParty>
<cac:LegalMonetaryTotal><cbc:LineExtensionAmount>100.00</cbc:LineExtensionAmount><cbc:TaxExclusiveAmount>100.00</cbc:TaxExclusiveAmount><cbc:TaxInclusiveAmount>${gross}</cbc:TaxInclusiveAmount><cbc:PayableAmount>${gross}</cbc:PayableAmount></cac:LegalMonetaryTotal>
<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">21.00</cbc:TaxAmount><cac:TaxSubtotal><cbc:TaxableAmount>100.00</cbc:TaxableAmount><cbc:TaxAmount>21.00</cbc:TaxAmount><cac:TaxCategory><cbc:Percent>21</cbc:Percent></cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>
<cac:InvoiceLine><cbc:InvoicedQuantity>200.00000000000</cbc:InvoicedQuantity><cbc:LineExtensionAmount>100.00</cbc:LineExtensionAmount><cac:Item><cbc:Name>Screws</cbc:Name></cac:Item><cac:Price><cbc:PriceAmount>50.00</cbc:PriceAmount><cbc:BaseQuantity>100</cbc:BaseQuantity></cac:Price></cac:InvoiceLine>
</Invoice>`;

const cii = `<rsm:CrossIndustryInvoice xmlns:rsm="x" xmlns:ram="y" xmlns:udt="z"><rsm:ExchangedDocument><ram:ID>R7</ram:ID><ram:TypeCode>381</ram:TypeCode>
<ram:IssueDateTime><udt:DateTimeString format="102">20240731</udt:DateTimeString></ram:IssueDateTime></rsm:ExchangedDocument>
<rsm:SupplyChainTradeTransaction><ram:ApplicableHeaderTradeAgreement><ram:SellerTradeParty><ram:Name>Kraxi GmbH</ram:Name>
<ram:SpecifiedTaxRegistration><ram:ID schemeID="FC">201/113/40209</ram:ID></ram:SpecifiedTaxRegistration><ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">DE136695976</ram:ID></ram:SpecifiedTaxRegistration></ram:SellerTradeParty></ram:ApplicableHeaderTradeAgreement>
<ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode><ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:TaxBasisTotalAmount>10.00</ram:TaxBasisTotalAmount><ram:TaxTotalAmount currencyID="EUR">1.90</ram:TaxTotalAmount><ram:GrandTotalAmount>11.90</ram:GrandTotalAmount></ram:SpecifiedTradeSettlementHeaderMonetarySummation></ram:ApplicableHeaderTradeSettlement></rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>`;

const bare = (xml: string): Reading => ({ mediaType: 'application/xml', source: 'xml', pages: [], structuredXml: xml, problems: [] });
const codes = (extraction: Extraction): string[] => extraction.problems.map(({ code }) => code);

test('UBL is read exactly and proven by its own sums', () => {
  const extraction = extract(bare(ubl()));
  const { fields, lines } = extraction;
  expect(extraction.documentType).toBe('invoice');
  expect([
    fields.invoiceNumber.value,
    fields.issueDate.value,
    fields.dueDate.value,
    fields.supplierName.value,
    fields.supplierTaxId.value,
  ]).toEqual(['F-1', '2024-05-02', '2024-06-01', 'Müller & Co', 'NL123456789B01']);
  expect([
    fields.netTotal.value,
    fields.taxTotal.value,
    fields.grossTotal.value,
    fields.grossTotal.standing,
    fields.grossTotal.origin,
  ]).toEqual(['100.00', '21.00', '121.00', 'proven', 'xml']);
  expect([lines[0]?.quantity.value, lines[0]?.unitPrice.value, lines[0]?.netAmount.value]).toEqual(['200.00', '0.5', '100.00']);
  expect(extraction.problems).toEqual([]);
});

test('CII dates, types and the VAT identifier before the tax number', () => {
  const extraction = extract(bare(cii));
  expect(extraction.documentType).toBe('credit_note');
  expect([extraction.fields.issueDate.value, extraction.fields.supplierTaxId.value, extraction.fields.grossTotal.value]).toEqual([
    '2024-07-31',
    'DE136695976',
    '11.90',
  ]);
});

test('sums that do not add up are contradicted and named by their rule', () => {
  const extraction = extract(bare(ubl('131.00')));
  expect(extraction.fields.grossTotal.standing).toBe('contradicted');
  expect(extraction.problems[0]?.message).toContain('BR-CO-15');
});

test('data that differ from the page are reported; what agrees gets its place on the page', () => {
  const page = ['Invoice number: F-1', 'Date: 2 May 2024', 'Total | | | 999.00 EUR'];
  const extraction = extract(gridReading(page, { xml: ubl() }));
  expect(codes(extraction)).toEqual(['xml-differs-from-page']);
  expect(extraction.problems[0]?.message).toContain('999.00');
  expect(extraction.fields.invoiceNumber.evidence?.text).toBe('F-1');
  expect(extraction.fields.grossTotal.standing).toBe('contradicted');
  expect(extraction.proof.equations.filter(({ rule }) => rule === 'xml=picture').map(({ holds }) => holds)).toEqual([false, true, true]);
});

test.each(['<Invoice><ID>1</Invoice>', '<!DOCTYPE a [<!ENTITY x "y">]><Invoice/>', '<Other/>', '', '<Invoice/>', '{"a":1}'])(
  'data that cannot be used (%s) are named and the page is read',
  (xml) => {
    const extraction = extract(gridReading(['Invoice number: F-9', 'Total | | | 12.00 EUR'], { xml }));
    expect(codes(extraction)).toContain('xml-unreadable');
    expect(extraction.fields.invoiceNumber.value).toBe('F-9');
  },
);

test('an amount with a comma, a date of no calendar and a missing currency are said', () => {
  const broken = ubl('121,00').replace('2024-05-02', '2024-02-30').replace('<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>', '');
  const extraction = extract(bare(broken));
  expect(extraction.fields.grossTotal.value).toBeNull();
  expect(extraction.fields.issueDate.value).toBeNull();
  expect(codes(extraction).toSorted()).toEqual(['xml-value-invalid', 'xml-value-invalid', 'xml-value-missing']);
});
