import { expect, test } from 'vitest';
import { headerFieldNames, type ExtractedField, type Extraction, type Reading } from '#domain/documents';
import { explain, toExplanation } from './explain.ts';
import type { Terminal } from './cli-context.ts';

const terminal: Terminal = {
  write: () => undefined,
  note: () => undefined,
  isInteractive: false,
  isRead: true,
  hasColor: false,
  ask: () => Promise.resolve(''),
  readInput: () => Promise.resolve(new Uint8Array()),
};
const none: ExtractedField = {
  value: null,
  confidence: 0,
  standing: 'unproven',
  origin: null,
  evidence: null,
  reason: 'None.',
  alternatives: [],
};
const iban = 'DE89370400440532013000';
const words = ['IBAN', 'DE89', '3704', '0044', '0532', '0130', '00'].map((text, id) => ({
  id,
  text,
  box: [id * 30, 10, id * 30 + 25, 20] as const,
  confidence: 1,
}));
const reading: Reading = {
  mediaType: 'application/pdf',
  source: 'text-layer',
  pages: [{ number: 1, width: 500, height: 700, rotation: 0, words }],
  structuredXml: null,
  problems: [],
};
const extraction: Extraction = {
  documentType: 'invoice',
  documentTypeConfidence: 0.9,
  fields: {
    ...(Object.fromEntries(headerFieldNames.map((name) => [name, none])) as Extraction['fields']),
    iban: {
      value: iban,
      confidence: 0.97,
      standing: 'proven',
      origin: 'grammar',
      evidence: { page: 1, box: [30, 10, 205, 20], wordIds: [1, 2, 3, 4, 5, 6], text: 'DE89 3704 0044 0532 0130 00' },
      reason: 'The check digits agree.',
      alternatives: [{ value: 'DE02', confidence: 0.3, evidence: null, reason: 'Stands elsewhere.' }],
    },
  },
  lines: [],
  proof: {
    version: 2,
    currencyDigits: 2,
    equations: [{ rule: 'check-digits', text: `check digits of ${iban}`, holds: true, fields: ['iban'], wordIds: [1, 2, 3, 4, 5, 6] }],
  },
  problems: [],
  language: 'de',
  extractorVersion: 'test',
};

test('tells of each value where it stands, why it was taken, and what it beat and why', () => {
  const text = explain(terminal, { file: 'a.pdf', result: { reading, extraction, ms: 1 } });
  expect(text).toContain(
    [
      `iban            ${iban}  97 %  proven  by grammar`,
      '    page 1, box 30 10 205 20: “DE89 3704 0044 0532 0130 00” (words 1–6)',
      '    The check digits agree.',
      `    not DE02 (30 %): Stands elsewhere. Less sure: 30 % against 97 % for ${iban}.`,
    ].join('\n'),
  );
  expect(text).toContain('Checked independently: 1 equations come out on the words named, 1 values are proven.');
});

test('says which words do not bear out a card that fails', () => {
  const torn = {
    ...reading,
    pages: reading.pages.map((page) => ({ ...page, words: words.map((word) => (word.id === 2 ? { ...word, text: '3705' } : word)) })),
  };
  const read = { file: 'a.pdf', result: { reading: torn, extraction, ms: 1 } };
  expect(toExplanation(read).check?.outcome).toBe('fails');
  expect(explain(terminal, read)).toContain('its words do not print DE89370400440532013000');
});

test('a file that could not be had is told of as such', () => {
  const text = explain(terminal, { file: 'gone.pdf', result: null, problem: { code: 'not-readable', message: 'The file is gone.' } });
  expect(text).toBe('gone.pdf\n  The file is gone.\n');
});
