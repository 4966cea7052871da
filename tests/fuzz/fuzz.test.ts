import { expect, test } from 'vitest';
import { builtSeeds } from './built-seeds.ts';
import { fuzz, readersInProcess } from './fuzz.ts';
import { makeInput } from './make-input.ts';
import { faultsOfReading, faultsOfUnpacking } from './rules.ts';

const reading = { mediaType: 'text/plain', source: 'text', pages: [], structuredXml: null, problems: [] } as const;
const message = {
  subject: null,
  sender: { name: null, address: null },
  messageId: null,
  sentAt: null,
  text: '',
  calendars: [],
  parts: [],
  problems: [],
};

// The whole run is `npm run fuzz`, in the readers' own processes; here only what needs no recognition of pictures.
test('150 mutated mails, tables, pages, office files and e-invoices are read by the rules', { timeout: 120_000 }, async () => {
  const seeds = (await builtSeeds()).filter(({ kind }) => kind !== 'pdf' && kind !== 'picture');
  const { findings } = await fuzz(readersInProcess(), seeds, { inputs: 150, seed: 20_261_130 });
  expect(findings.map(({ input, faults, path }) => [input.story, faults, path])).toEqual([]);
});

test('the same seed makes the same inputs', async () => {
  const seeds = await builtSeeds();
  const made = (seed: number): string[] =>
    Array.from({ length: 20 }, (_, index) => Buffer.from(makeInput(seeds, seed, index).bytes).toString('base64'));
  expect(made(1)).toEqual(made(1));
  expect(made(1)).not.toEqual(made(2));
});

test('a reader that was beaten, is silent, speaks like a program or keeps what cannot be stored breaks a rule', () => {
  const problem = (
    code: string,
    text = 'The file is empty. Ask for it again.',
  ): { reading: typeof reading & object; extraction: null; ms: number } => ({
    reading: { ...reading, problems: [{ code, message: text, severity: 'error' }] } as never,
    extraction: null,
    ms: 1,
  });
  expect(faultsOfReading(problem('empty-file'))).toEqual([]);
  expect(faultsOfReading({ reading, extraction: null, ms: 1 })).toEqual(['nothing was read, and no problem says why']);
  expect(faultsOfReading(problem('timed-out'))).toEqual(['it ended with timed-out']);
  expect(faultsOfReading(problem('broken', 'TypeError: x is undefined'))).toHaveLength(1);
  expect(faultsOfUnpacking({ ...message, subject: 'a\u0000b' })).toEqual(['the message holds the character NUL']);
  expect(faultsOfUnpacking({ ...message, subject: String.raw`a\u0000b` })).toEqual([]);
  expect(faultsOfUnpacking({ ...message, text: '\ud83d' })).toEqual(['the message holds half a character']);
});
