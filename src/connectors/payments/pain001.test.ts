import { expect, test } from 'vitest';
import { money } from '#domain/money';
import type { PaymentInstruction, PaymentOrder } from '#domain/ports';
import { createPaymentFiles } from './payment-files.ts';
import { writePain001 } from './pain001.ts';
import { validatePain001 } from './validate-pain001.ts';

function payment(changes: Partial<PaymentInstruction> = {}): PaymentInstruction {
  return {
    endToEndId: 'DH-1',
    instructionId: null,
    amount: money('119.00', 'EUR'),
    remittance: 'Invoice 2026-12',
    executeOn: '2026-03-05',
    creditor: { name: 'Müller & Söhne GmbH', iban: 'DE89 3704 0044 0532 0130 00', bic: null },
    ...changes,
  };
}

function runOf(...payments: readonly PaymentInstruction[]): PaymentOrder {
  return {
    messageId: 'DH-RUN-1',
    createdAt: new Date('2026-03-02T09:00:00.123Z'),
    debtor: { name: 'Sample Office', iban: 'NL91ABNA0417164300', bic: 'ABNANL2A' },
    payments,
  };
}

test('writes a file that the official schema accepts, the same bytes each time', async () => {
  const xml = writePain001(runOf(payment(), payment({ endToEndId: 'DH-2', remittance: 'RF18 5390 0754 7034' })));
  expect(await validatePain001(xml)).toEqual([]);
  expect(writePain001(runOf(payment(), payment({ endToEndId: 'DH-2', remittance: 'RF18 5390 0754 7034' })))).toBe(xml);
  expect(xml).toContain('<CtrlSum>238.00</CtrlSum>');
  expect(xml).toContain('<Nm>Mueller + Soehne GmbH</Nm>');
});

test('sends a creditor reference structured only when its check digits hold', () => {
  expect(writePain001(runOf(payment({ remittance: 'RF18 5390 0754 7034' })))).toContain(
    '<Cd>SCOR</Cd></CdOrPrtry><Issr>ISO</Issr></Tp><Ref>RF18539007547034</Ref>',
  );
  expect(writePain001(runOf(payment({ remittance: 'RF19 5390 0754 7034' })))).toContain('<Ustrd>RF19 5390 0754 7034</Ustrd>');
});

test('adds amounts exactly where floats would not', () => {
  const payments = Array.from({ length: 10 }, (_, index) => payment({ endToEndId: `E${index}`, amount: money('0.10', 'EUR') }));
  expect(writePain001(runOf(...payments, payment({ amount: money('999999999.99', 'EUR') })))).toContain('<CtrlSum>1000000000.99</CtrlSum>');
});

test('keeps other currencies and countries apart, without the SEPA service level', async () => {
  const swiss = { name: 'Alpen AG', iban: 'CH9300762011623852957', bic: 'UBSWCHZH80A' };
  const saudi = { name: 'Riyadh Co', iban: 'SA0380000000608010167519', bic: 'RJHISARI' };
  const xml = writePain001(
    runOf(
      payment(),
      payment({ endToEndId: 'CHF', amount: money('10.05', 'CHF'), creditor: swiss }),
      payment({ endToEndId: 'KWD', amount: money('1.234', 'KWD'), creditor: saudi }),
      payment({ endToEndId: 'EUR-OUT', creditor: saudi }),
    ),
  );
  expect(await validatePain001(xml)).toEqual([]);
  expect(xml.match(/<PmtInf>/g)).toHaveLength(4);
  expect(xml.match(/<Cd>SEPA<\/Cd>/g)).toHaveLength(1);
  expect(xml).toContain('<CtrlSum>249.284</CtrlSum>');
});

test('carries what binds a payment to its release, before the end-to-end id as the schema has it', async () => {
  const xml = writePain001(runOf(payment({ instructionId: 'A'.repeat(32) })));
  expect(await validatePain001(xml)).toEqual([]);
  expect(xml).toContain(`<PmtId><InstrId>${'A'.repeat(32)}</InstrId><EndToEndId>DH-1</EndToEndId></PmtId>`);
  expect(() => writePain001(runOf(payment({ instructionId: 'ü' })))).toThrow('instruction id');
});

test('groups by execution date', async () => {
  const run = runOf(payment(), payment({ endToEndId: 'B', executeOn: '2026-03-06' }), payment({ endToEndId: 'C' }));
  const xml = writePain001(run);
  expect(await validatePain001(xml)).toEqual([]);
  expect(xml).toContain('<PmtInfId>DH-RUN-1-2</PmtInfId>');
  expect(xml).toContain('<ReqdExctnDt><Dt>2026-03-06</Dt></ReqdExctnDt>');
});

test.each([
  ['a wrong check digit', runOf(payment({ creditor: { name: 'A', iban: 'DE88370400440532013000', bic: null } })), 'check digits'],
  ['an amount of zero', runOf(payment({ amount: money(0, 'EUR') })), '0.01'],
  ['a negative amount', runOf(payment({ amount: money(-1, 'EUR') })), '0.01'],
  ['an amount above the SEPA limit', runOf(payment({ amount: money('1000000000.00', 'EUR') })), '999999999.99'],
  ['the same end-to-end id twice', runOf(payment(), payment()), 'used twice'],
  ['an end-to-end id that would have to be changed', runOf(payment({ endToEndId: 'Zahlung/Ü' })), 'end-to-end id'],
  ['no payments', runOf(), 'no payments'],
  ['an execution date that does not exist', runOf(payment({ executeOn: '2026-02-30' })), 'execution date'],
  ['a foreign currency without BIC', runOf(payment({ amount: money(1, 'USD') })), 'BIC'],
  ['a message id of 36 characters', { ...runOf(payment()), messageId: 'x'.repeat(36) }, '35'],
])('refuses %s and says so', (_, run, words) => {
  expect(() => writePain001(run)).toThrow(
    expect.objectContaining({ code: 'DH_CONNECTORS_PAYMENT_FILE_INVALID', message: expect.stringContaining(words) }),
  );
});

test('does not put the IBAN into the error', () => {
  expect(() => writePain001(runOf(payment({ creditor: { name: 'A', iban: 'DE88370400440532013000', bic: null } })))).toThrow(
    expect.not.objectContaining({ message: expect.stringContaining('DE88') }),
  );
});

test('can not be broken out of by names and texts from outside', async () => {
  const xml = writePain001(
    runOf(
      payment({
        remittance: ']]></Ustrd><x>&amp;"\u0000\u202e',
        creditor: { name: '<script>"&Łódź Ελλάς', iban: 'DE89370400440532013000', bic: null },
      }),
    ),
  );
  expect(await validatePain001(xml)).toEqual([]);
  expect(xml).toContain('Lodz Ellas');
  expect(xml).not.toContain('<x>');
});

test('cuts names at 70 and texts at 140 characters', async () => {
  const xml = writePain001(
    runOf(payment({ remittance: 'r'.repeat(141), creditor: { name: 'n'.repeat(71), iban: 'DE89370400440532013000', bic: null } })),
  );
  expect(await validatePain001(xml)).toEqual([]);
  expect(xml).toContain(`<Ustrd>${'r'.repeat(140)}</Ustrd>`);
  expect(xml).toContain(`<Nm>${'n'.repeat(70)}</Nm>`);
});

test('takes a message id of 35 characters', async () => {
  expect(await validatePain001(writePain001({ ...runOf(payment()), messageId: 'x'.repeat(35) }))).toEqual([]);
});

test('hands out a file through the port after checking it', async () => {
  expect(await createPaymentFiles().write(runOf(payment()))).toBe(writePain001(runOf(payment())));
});

test('names what the schema refuses', async () => {
  const faults = await validatePain001(writePain001(runOf(payment())).replace('TRF', 'XXX'));
  expect(faults.join()).toContain('PmtMtd');
  expect(await validatePain001('no xml')).not.toEqual([]);
});

test('validates a run of 5,000 payments', async () => {
  const payments = Array.from({ length: 5000 }, (_, index) => payment({ endToEndId: `E${index}` }));
  expect(await validatePain001(writePain001(runOf(...payments)))).toEqual([]);
});
