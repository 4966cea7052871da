import { expect, test } from 'vitest';
import { extract } from './extract.ts';
import { flattenExtraction } from './flatten.ts';
import { gridReading } from './grid-reading.test-kit.ts';

const papers: Readonly<Record<string, readonly string[]>> = {
  es: ['Suministros Levante S.L.', 'Calle Mayor 12, 46001 Valencia', 'CIF: B58378431', '', 'FACTURA', 'Nº de factura: F-2024/118 | Fecha de factura: 05/11/2024', 'Nº pedido: PC-88 | Fecha de vencimiento: 05/12/2024', '', 'Cliente:', 'Hotel Miramar S.A.', 'Avda. del Puerto 4', '46021 Valencia', '', 'Descripción | Cantidad | Precio | Importe', 'Toallas blancas | 20 | 6,50 | 130,00', 'Sábanas dobles | 5 | 24,00 | 120,00', 'Base imponible | | | 250,00 €', 'IVA 21% | | | 52,50 €', 'Total factura | | | 302,50 €'],
  it: ['Officine Rossi S.r.l.', 'Via Garibaldi 8', '20121 Milano', 'P.IVA 00743110157', '', 'FATTURA', 'Numero fattura: 118/2024 | Data fattura: 05/11/2024', 'Ordine n.: PC-88 | Scadenza: 05/12/2024', '', 'Spett.le', 'Hotel Miramare S.p.A.', 'Via Roma 4', '16121 Genova', '', 'Descrizione | Quantità | Prezzo | Importo', 'Asciugamani | 20 | 6,50 | 130,00', 'Lenzuola | 5 | 24,00 | 120,00', 'Imponibile | | | 250,00 €', 'IVA 22% | | | 55,00 €', 'Totale fattura | | | 305,00 €'],
  nl: ['Van Dijk Kantoor B.V.', 'Keizersgracht 12', '1015 CX Amsterdam', '', 'FACTUUR', 'Factuurnummer: F2024118 | Factuurdatum: 5 november 2024', 'Uw ordernummer: PC-88 | Vervaldatum: 05-12-2024', '', 'Factuuradres', 'Hotel Zeezicht N.V.', 'Strandweg 4', '2586 JK Den Haag', '', 'Omschrijving | Aantal | Prijs | Bedrag', 'Handdoeken | 20 | 6,50 | 130,00', 'Lakens | 5 | 24,00 | 120,00', 'Totaal excl. btw | | | € 250,00', 'Btw 21% | | | € 52,50', 'Totaal incl. btw | | | € 302,50'],
  pt: ['Têxteis do Norte Lda', 'Rua das Flores 12', '4050-262 Porto', '', 'FATURA', 'Fatura n.º: FT 2024/118 | Data de emissão: 05/11/2024', 'Nota de encomenda: PC-88 | Data de vencimento: 05/12/2024', '', 'Cliente:', 'Hotel Mirante S.A.', 'Avenida do Porto 4', '1100-148 Lisboa', '', 'Descrição | Quantidade | Preço | Valor', 'Toalhas | 20 | 6,50 | 130,00', 'Lençóis | 5 | 24,00 | 120,00', 'Total líquido | | | 250,00 €', 'IVA 23% | | | 57,50 €', 'Total com IVA | | | 307,50 €'],
  pl: ['Tkaniny Polskie Sp. z o.o.', 'ul. Długa 12', '00-238 Warszawa', '', 'FAKTURA VAT', 'Nr faktury: 118/2024 | Data wystawienia: 05.11.2024', 'Nr zamówienia: PC-88 | Termin płatności: 05.12.2024', '', 'Nabywca:', 'Hotel Bałtyk S.A.', 'ul. Morska 4', '81-001 Gdynia', '', 'Nazwa | Ilość | Cena netto | Wartość netto', 'Ręczniki | 20 | 6,50 | 130,00', 'Pościel | 5 | 24,00 | 120,00', 'Razem netto | | | 250,00 zł', 'Kwota VAT | | | 57,50 zł', 'Do zapłaty | | | 307,50 zł'],
  fr: ['Textiles du Nord SARL', '12 rue des Fleurs', '59000 Lille', '', 'FACTURE', 'Facture n° : F-118 | Date de facture : 05/11/2024', 'Votre commande : PC-88 | Échéance : 05/12/2024', '', 'Adresse de facturation', 'Hôtel Bellevue SAS', '4 avenue du Port', '62200 Boulogne', '', 'Désignation | Qté | P.U. HT | Montant HT', 'Serviettes | 20 | 6,50 | 130,00', 'Draps | 5 | 24,00 | 120,00', 'Total HT | | | 250,00 €', 'TVA 20 % | | | 50,00 €', 'Total TTC | | | 300,00 €'],
};
const rates: Readonly<Record<string, number>> = { es: 21, it: 22, nl: 21, pt: 23, pl: 23, fr: 20 };

test.each(Object.keys(papers))('an invoice in “%s” is read by its own words', (language) => {
  const extraction = extract(gridReading(papers[language] ?? []));
  const flat = flattenExtraction(extraction);
  const tax = (250 * (rates[language] ?? 0)) / 100;
  expect(extraction.language).toBe(language);
  expect(flat).toMatchObject({ documentType: 'invoice', issueDate: '2024-11-05', dueDate: '2024-12-05', poNumber: 'PC-88', currency: language === 'pl' ? 'PLN' : 'EUR', netTotal: 250, taxTotal: tax, grossTotal: 250 + tax });
  expect(flat.invoiceNumber).toContain('118');
  expect(flat.supplierName).toBe(papers[language]?.[0]);
  expect(flat.buyerName).toMatch(/^H[oô]tel/);
  expect(flat.lines.map((line) => [line.quantity, line.unitPrice, line.netAmount])).toEqual([
    [20, 6.5, 130],
    [5, 24, 120],
  ]);
  expect(extraction.fields.grossTotal.standing).toBe('proven');
});
