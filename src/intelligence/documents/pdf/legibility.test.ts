import { expect, test } from 'vitest';
import { isGarbled } from './legibility.ts';
import type { TextLayer } from './text-layer.ts';

function layerOf(text: string, unmappedCount = 0): TextLayer {
  const words = text.split(' ').map((word) => ({
    text: word,
    box: [0, 0, 10, 10] as const,
    confidence: 1,
    isInvisible: false,
    isFaint: false,
    quarterTurns: 0,
    ink: 0,
    object: 0,
  }));
  return { words, characterCount: text.replaceAll(' ', '').length, unmappedCount };
}

const invoice =
  'Rechnung Nr. 2026-0042 vom 03.03.2026 Muster GmbH Lieferanten straße 20 DE123456789 IBAN DE02120300000000202051 Gesamtbetrag 1.234,56 EUR zahlbar bis Ende April';

test('accepts an invoice in common languages', () => {
  expect(isGarbled(layerOf(invoice))).toBe(false);
  expect(
    isGarbled(
      layerOf(
        'Facture numéro FA-2017-0010 Boulangerie du Moulin échéance règlement montant hors taxes quantité désignation prix unitaire livraison',
      ),
    ),
  ).toBe(false);
  expect(isGarbled(layerOf('請求書 株式会社 東京都 港区 合計 金額 税込 振込 銀行 支店 口座 番号 担当'))).toBe(false);
});

test('tells text that was stored three letters off', () => {
  const body =
    'Rechnung vom dritten Juni der Muster Lieferanten Gesellschaft mit beschraenkter Haftung zahlbar ohne Abzug innerhalb von dreissig Tagen';
  const shifted = body.replaceAll(/\S/g, (character) => String.fromCharCode(character.charCodeAt(0) - 29));
  expect(isGarbled(layerOf(shifted))).toBe(true);
});

test('tells characters that the font maps to nothing, from one in eight on', () => {
  expect(isGarbled(layerOf('a'.repeat(100), 11))).toBe(false);
  expect(isGarbled(layerOf('a'.repeat(100), 13))).toBe(true);
});

test('tells text that became signs', () => {
  expect(isGarbled(layerOf('!"#$ %&/( )=?* +~#< >|^'.repeat(8)))).toBe(true);
});

test('does not judge a page with hardly any text', () => {
  expect(isGarbled(layerOf('Xqzt Bcdf'))).toBe(false);
});
