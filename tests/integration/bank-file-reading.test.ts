import { expect, test } from 'vitest';
import { createBankFiles } from '#connectors';
import { money } from '#domain/money';
import type { BookedReport } from '#domain/ports';
import { notification, statement, statusReport, type Movement } from '../support/bank-answers.ts';

const account = 'DE89370400440532013000';
const debit: Movement = {
  amount: '220.41',
  currency: 'EUR',
  bookedOn: '2026-03-05',
  endToEndId: 'PAY-1',
  bankReference: 'B1',
  iban: 'DE02120300000000202051',
  name: 'Müller & Söhne',
  remittance: 'RE-7037',
};
const read = (xml: string): BookedReport => createBankFiles().read(Buffer.from(xml)) as BookedReport;

test.each(['02', '08'] as const)('reads a statement of version %s', (version) => {
  const file = read(
    statement({
      account,
      messageId: 'S1',
      version,
      movements: [
        debit,
        { ...debit, direction: 'CRDT', endToEndId: null, returned: { code: 'AC04', text: 'closed' } },
        { ...debit, isPending: true },
      ],
      opening: { amount: '1000.00', currency: 'EUR' },
      closing: { amount: '1000.00', currency: 'EUR' },
    }),
  );
  expect(file).toMatchObject({ kind: 'statement', format: `camt.053.001.${version}`, messageId: 'S1' });
  const [own] = file.accounts;
  expect(own).toMatchObject({ account, pending: 1, problems: [] });
  expect(own?.entries).toMatchObject([
    {
      position: 1,
      direction: 'debit',
      isReturn: false,
      amount: money('220.41', 'EUR'),
      bookedOn: '2026-03-05',
      endToEndId: 'PAY-1',
      bankReference: 'B1',
      counterpartyName: 'Müller & Söhne',
      counterpartyAccount: 'DE02120300000000202051',
      remittance: 'RE-7037',
      reason: null,
    },
    { position: 2, direction: 'credit', isReturn: true, endToEndId: null, reason: { code: 'AC04', text: 'closed' } },
  ]);
});

test('a collective booking is one entry a detail when they add up to it, and one with a problem when they do not', () => {
  const detail = (id: string, amount: string): string =>
    `<TxDtls><Refs><EndToEndId>${id}</EndToEndId></Refs><AmtDtls><TxAmt><Amt Ccy="EUR">${amount}</Amt></TxAmt></AmtDtls></TxDtls>`;
  const collective = (total: string): string =>
    statement({ account, messageId: 'S2', version: '02', movements: [] }).replace(
      '</Stmt>',
      `<Ntry><Amt Ccy="EUR">${total}</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><DtTm>2026-03-05T10:00:00</DtTm></BookgDt><NtryDtls><Btch><NbOfTxs>2</NbOfTxs><PmtInfId>RUN-1-1</PmtInfId></Btch>${detail('A', '10.00')}${detail('B', '5.50')}</NtryDtls></Ntry></Stmt>`,
    );
  expect(read(collective('15.50')).accounts[0]?.entries.map(({ endToEndId, amount }) => [endToEndId, amount.minor])).toEqual([
    ['A', 1000n],
    ['B', 550n],
  ]);
  const [wrong] = read(collective('15.51')).accounts;
  expect(wrong?.entries).toMatchObject([{ endToEndId: null, count: 2, paymentInformationId: 'RUN-1-1' }]);
  expect(wrong?.problems).toEqual([expect.stringContaining('do not add up')]);
});

test('a statement whose entries do not lead from one balance to the other says by how much', () => {
  const file = read(
    statement({
      account,
      messageId: 'S3',
      movements: [debit],
      opening: { amount: '1000.00', currency: 'EUR' },
      closing: { amount: '779.00', currency: 'EUR' },
    }),
  );
  expect(file.accounts[0]?.problems).toEqual([expect.stringContaining('-0.59 EUR are missing')]);
});

test('reads a notification, and numeric references in names', () => {
  const file = read(
    notification({ account, messageId: 'N1', movements: [{ ...debit, name: 'X' }] }).replace('<Nm>X</Nm>', '<Nm>M&#252;ller</Nm>'),
  );
  expect(file.kind).toBe('notification');
  expect(file.accounts[0]?.entries[0]?.counterpartyName).toBe('Müller');
});

test.each(['03', '10'] as const)('reads an answer of version %s by payment', (version) => {
  const order = { messageId: 'RUN-1', count: 2, controlSum: '2', debtorIban: account, transfers: [] };
  const file = createBankFiles().read(
    Buffer.from(
      statusReport(order, {
        messageId: 'P1',
        group: 'PART',
        version,
        payments: [
          { endToEndId: 'PAY-1', status: 'ACSP' },
          { endToEndId: 'PAY-2', status: 'RJCT', code: 'AC04', text: 'Konto geschlossen' },
        ],
      }),
    ),
  );
  expect(file).toMatchObject({
    kind: 'payment-status',
    messageId: 'P1',
    orders: [
      {
        originalMessageId: 'RUN-1',
        status: 'partly',
        payments: [
          { endToEndId: 'PAY-1', status: 'accepted', reasons: [] },
          { endToEndId: 'PAY-2', status: 'rejected', reasons: [{ code: 'AC04', text: 'Konto geschlossen' }] },
        ],
      },
    ],
  });
});

const good = statement({ account, messageId: 'S9', movements: [debit] });
test.each([
  ['a document type', good.replace('<Document', '<!DOCTYPE x [<!ENTITY a "b">]><Document'), 'document type'],
  ['an external entity', good.replace('<Document', '<!DOCTYPE x SYSTEM "file:///etc/passwd"><Document'), 'document type'],
  ['XML that is cut off', good.slice(0, -60), 'well-formed'],
  [
    'nesting without end',
    `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}</Document>`,
    'nested',
  ],
  ['an amount that is no number', good.replace('>220.41<', '>1e9<'), 'no amount'],
  ['a negative amount', good.replace('>220.41<', '>-1.00<'), 'no amount'],
  ['an amount beyond 15 digits', good.replace('>220.41<', '>1234567890123456.00<'), 'no amount'],
  ['a tenth of a cent', good.replace('>220.41<', '>1.001<'), 'more decimals'],
  ['a currency that there is not', good.replace('Ccy="EUR"', 'Ccy="EUX"'), 'ISO 4217'],
  ['a day that there is not', good.replace('<BookgDt><Dt>2026-03-05', '<BookgDt><Dt>2026-02-30'), 'not a day'],
  ['neither debit nor credit', good.replace('DBIT', 'BOTH'), 'came or went'],
  ['another message', good.replaceAll('camt.053.001.08', 'camt.060.001.05'), 'It is camt.060.001.05'],
  ['no XML', 'not xml', 'This file was not taken'],
  ['nothing', '', 'This file was not taken'],
])('refuses %s, and says so', (_, xml, words) => {
  expect(() => createBankFiles().read(Buffer.from(xml))).toThrow(
    expect.objectContaining({ code: 'DH_CONNECTORS_BANK_FILE_INVALID', message: expect.stringContaining(words) }),
  );
});

test('refuses bytes that are not what they say, and what is too large, before any parser sees it', () => {
  expect(() => createBankFiles().read(Buffer.from([0x3c, 0xff, 0xfe, 0xfd]))).toThrow('bytes are not utf-8');
  expect(() => createBankFiles().read(new Uint8Array(65 * 1024 * 1024))).toThrow('larger than');
});

test('2,000 movements are read in a moment, also when they all have a long text', () => {
  const movements = Array.from({ length: 2000 }, (_, index) => ({ ...debit, bankReference: `B${index}`, remittance: 'x'.repeat(140) }));
  expect(read(statement({ account, messageId: 'L', movements })).accounts[0]?.entries).toHaveLength(2000);
});
