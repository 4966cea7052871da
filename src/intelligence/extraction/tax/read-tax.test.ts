import { expect, test } from 'vitest';
import { foldText } from '../text/fold-text.ts';
import { taxReasonsIn } from './tax-words.ts';

const reasonsOf = (text: string): string[] => taxReasonsIn(foldText(text)).map(({ reason }) => reason);

test.each([
  ['Steuerschuldnerschaft des Leistungsempfängers', 'reverse-charge'],
  ['VAT reverse charged: the customer accounts for the tax', 'reverse-charge'],
  ['Autoliquidation – art. 283-2 du CGI', 'reverse-charge'],
  ['Inversión del sujeto pasivo', 'reverse-charge'],
  ['Inversione contabile', 'reverse-charge'],
  ['Btw verlegd', 'reverse-charge'],
  ['Autoliquidação', 'reverse-charge'],
  ['Odwrotne obciążenie', 'reverse-charge'],
  ['Steuerfreie innergemeinschaftliche Lieferung', 'intra-community'],
  ['Intra-Community supply, VAT exempt (Art. 138 Directive 2006/112/EC)', 'intra-community'],
  ['Livraison intracommunautaire', 'intra-community'],
  ['Wewnątrzwspólnotowa dostawa towarów', 'intra-community'],
  ['Steuerfreie Ausfuhrlieferung', 'export'],
  ['Gemäß § 19 UStG wird keine Umsatzsteuer berechnet (Kleinunternehmer)', 'small-business'],
  ['TVA non applicable, art. 293 B du CGI', 'small-business'],
  ['Regime forfettario', 'small-business'],
  ['Umsatzsteuerfrei nach § 4 Nr. 12 UStG', 'exempt'],
  ['Operación exenta de IVA', 'exempt'],
  ['Isento de IVA', 'exempt'],
  ['Zwolniony z VAT', 'exempt'],
  ['Nullsteuersatz für Photovoltaik', 'zero-rated'],
  ['Outside the scope of UK VAT', 'outside-scope'],
  ['Differenzbesteuerung nach § 25a UStG', 'margin-scheme'],
])('“%s” says %s', (text, reason) => {
  expect(reasonsOf(text)).toContain(reason);
});

test.each([
  'Gesamtbetrag inkl. 19 % MwSt.',
  'VAT 20 %',
  'Bitte zahlen Sie innerhalb von 19 Tagen',
  'Article 2930 B4',
  'Steuernummer 19/123/45678',
])('“%s” gives no reason', (text) => {
  expect(reasonsOf(text)).toEqual([]);
});
