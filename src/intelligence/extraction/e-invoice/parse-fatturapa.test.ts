import { expect, test } from 'vitest';
import type { Extraction } from '#domain/documents';
import { extract } from '../extract.ts';

const body = (
  number: string,
): string => `<FatturaElettronicaBody><DatiGenerali><DatiGeneraliDocumento><TipoDocumento>TD01</TipoDocumento><Divisa>EUR</Divisa>
<Data>2026-03-12</Data><Numero>${number}</Numero><DatiCassaPrevidenziale><ImportoContributoCassa>4.00</ImportoContributoCassa></DatiCassaPrevidenziale><ImportoTotaleDocumento>126.88</ImportoTotaleDocumento></DatiGeneraliDocumento>
<DatiOrdineAcquisto><IdDocumento>PO-2291</IdDocumento></DatiOrdineAcquisto></DatiGenerali>
<DatiBeniServizi><DettaglioLinee><NumeroLinea>1</NumeroLinea><Descrizione>Consulenza marzo</Descrizione><Quantita>2.00</Quantita><PrezzoUnitario>50.00</PrezzoUnitario><PrezzoTotale>100.00</PrezzoTotale><AliquotaIVA>22.00</AliquotaIVA></DettaglioLinee>
<DatiRiepilogo><AliquotaIVA>22.00</AliquotaIVA><ImponibileImporto>104.00</ImponibileImporto><Imposta>22.88</Imposta></DatiRiepilogo></DatiBeniServizi>
<DatiPagamento><DettaglioPagamento><ModalitaPagamento>MP05</ModalitaPagamento><DataScadenzaPagamento>2026-04-11</DataScadenzaPagamento><ImportoPagamento>126.88</ImportoPagamento><IBAN>IT60X0542811101000000123456</IBAN></DettaglioPagamento></DatiPagamento></FatturaElettronicaBody>`;

const file = (...bodies: readonly string[]): string => `<?xml version="1.0"?>
<p:FatturaElettronica versione="FPR12" xmlns:p="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2"><FatturaElettronicaHeader>
<CedentePrestatore><DatiAnagrafici><IdFiscaleIVA><IdPaese>IT</IdPaese><IdCodice>01234567897</IdCodice></IdFiscaleIVA><Anagrafica><Nome>Carla</Nome><Cognome>Fontana</Cognome></Anagrafica></DatiAnagrafici></CedentePrestatore>
<CessionarioCommittente><DatiAnagrafici><Anagrafica><Denominazione>Sample Office GmbH</Denominazione></Anagrafica></DatiAnagrafici></CessionarioCommittente></FatturaElettronicaHeader>${bodies.join('')}</p:FatturaElettronica>`;

const read = (xml: string): Extraction =>
  extract({ mediaType: 'application/xml', source: 'xml', pages: [], structuredXml: xml, problems: [] });

test('a FatturaPA invoice is read exactly, a person’s name and a pension contribution included', () => {
  const { documentType, fields, lines, problems } = read(file(body('12/A')));
  expect([documentType, ...Object.values(fields).map(({ value }) => value)]).toEqual([
    'invoice',
    '12/A',
    '2026-03-12',
    '2026-04-11',
    'Carla Fontana',
    'IT01234567897',
    'IT60X0542811101000000123456',
    'Sample Office GmbH',
    'PO-2291',
    'EUR',
    '104.00',
    '22.88',
    '126.88',
  ]);
  expect(lines.map((line) => [line.description.value, line.quantity.value, line.netAmount.value, line.taxRate.value])).toEqual([
    ['Consulenza marzo', '2.00', '100.00', '22'],
  ]);
  expect(fields.grossTotal.standing).toBe('proven');
  expect(problems).toEqual([]);
});

test('TD04 is a credit note', () => {
  expect(read(file(body('3').replace('TD01', 'TD04'))).documentType).toBe('credit_note');
});

test('a FatturaPA total that is not net plus tax is contradicted, without a rule that does not hold for it', () => {
  const { fields, problems } = read(file(body('4').replace('126.88</ImportoTotaleDocumento>', '136.88</ImportoTotaleDocumento>')));
  expect(fields.grossTotal.standing).toBe('contradicted');
  expect(problems[0]?.message).toMatch(/^The e-invoice data do not add up: 104\.00 \+ 22\.88 = 136\.88/);
});

test('a batch of FatturaPA invoices says that only the first was read', () => {
  const { fields, problems } = read(file(body('7'), body('8')));
  expect(fields.invoiceNumber.value).toBe('7');
  expect(problems.map(({ code }) => code)).toEqual(['several-invoices']);
});
