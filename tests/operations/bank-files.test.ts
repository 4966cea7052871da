import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  getBankFile,
  getInvoice,
  getPaymentFile,
  getPaymentRun,
  getRemittanceAdvices,
  getTimeline,
  importBankFile,
  listBankFiles,
  proposePaymentRun,
  releasePaymentRun,
  type BankFileReceipt,
} from '#orchestration';
import { debitOf, notification, statement, statusReport, type Movement } from '../support/bank-answers.ts';
import { openTestOffice, type Person, type TaskState, type TestOffice } from '../support/office.ts';
import { accounts, cleanInvoice, importSuppliers } from '../support/office-records.ts';
import { readPain001, type OrderFile, type OrderedTransfer } from '../support/read-pain001.ts';
import { expectRebuildable } from '../support/rebuild.ts';

let office: TestOffice;
let account: string;

beforeAll(async () => {
  office = await openTestOffice();
  await importSuppliers(office);
  const [row] = await office.query<{ iban: string }>('select iban from organizations where id = $1', [office.organizationId]);
  account = row?.iban ?? '';
});
afterAll(() => office.close());

interface Released {
  readonly runId: string;
  readonly invoiceIds: readonly string[];
  readonly file: OrderFile;
}

let prices = 0;

/** Below what the policy approves without a person; each amount is its own. */
function anInvoice(): Promise<string> {
  prices += 1;
  return cleanInvoice(office, { quantity: '5', price: `${20 + prices * 0.5}` });
}

/** Invoices approved, put into a run by Ana and released by Katrin; the file as a bank reads it. */
async function released(count: number): Promise<Released> {
  const invoiceIds: string[] = [];
  for (let index = 0; index < count; index += 1) invoiceIds.push(await anInvoice());
  const rows = await office.query<{ id: string }>('select id from payments where invoice_id = any($1) order by id', [invoiceIds]);
  return { ...(await release(rows.map(({ id }) => id))), invoiceIds };
}

async function release(paymentIds: readonly string[]): Promise<Omit<Released, 'invoiceIds'>> {
  const { paymentRunId: runId } = await proposePaymentRun(office.office, office.people.ana, { paymentIds });
  await releasePaymentRun(office.office, office.people.katrin, { paymentRunId: runId });
  const [run] = await office.query<{ file_sha256: string }>('select file_sha256 from payment_runs where id = $1', [runId]);
  const xml = new TextDecoder().decode(await office.office.blobs.get(run?.file_sha256 ?? ''));
  return { runId, file: readPain001(xml) };
}

const hand = (xml: string, person: Person = 'ana'): Promise<BankFileReceipt> =>
  importBankFile(office.office, office.people[person], { fileName: 'bank.xml', bytes: Buffer.from(xml) });
let messages = 0;
const told = (movements: readonly Movement[], kind: typeof statement = statement, version: '02' | '08' = '08'): string => {
  messages += 1;
  return kind({ account, messageId: `MSG-${messages}`, movements, version });
};
const only = (file: OrderFile): OrderedTransfer => file.transfers[0] ?? expect.unreachable();
const states = async (runId: string): Promise<(string | undefined)[]> =>
  (await getPaymentRun(office.office, office.people.katrin, runId)).payments.map(({ bank }) => bank?.state);
const asked = async (receipt: BankFileReceipt): Promise<readonly TaskState[]> =>
  office.query<TaskState>(`select * from tasks where workflow_id = $1 and status = 'open' order by created_at, id`, [
    `bank-message:${receipt.bankMessageId}`,
  ]);

test.each(['02', '08'] as const)('round trip: released, paid, booked on a camt.053.001.%s: all settled, to the cent', async (version) => {
  const { runId, invoiceIds, file } = await released(3);
  expect(file).toMatchObject({ count: 3, debtorIban: account });
  const paid = file.transfers.reduce((sum, { amount }) => sum + BigInt(amount.replace('.', '')), 0n);
  expect(file.controlSum.replace('.', '')).toBe(String(paid));
  const receipt = await hand(
    told(
      file.transfers.map((transfer) => debitOf(transfer)),
      statement,
      version,
    ),
  );
  expect(receipt.summary).toEqual({ entries: 3, accepted: 0, rejected: 0, settled: 3, returned: 0, known: 0, credits: 0, questions: 0 });
  const run = await getPaymentRun(office.office, office.people.katrin, runId);
  expect(run.bank).toEqual({ settled: 3, failed: 0 });
  expect(run.payments.map(({ bank }) => bank)).toEqual(
    run.payments.map(() => ({ state: 'settled', on: '2026-03-12', note: 'Booked on 2026-03-12, to the cent.' })),
  );
  expect(await office.invoice(invoiceIds[0] ?? '')).toMatchObject({ status: 'paid' });
  const { items } = await getTimeline(office.office, office.people.katrin, invoiceIds[0] ?? '');
  expect(items.at(-1)?.sentence).toBe('The bank booked the payment on 2026-03-12, to the cent.');
});

test('a release covers what was shown and nothing else, and the bank file carries it', async () => {
  const invoiceIds = [await anInvoice(), await anInvoice()];
  const rows = await office.query<{ id: string }>('select id from payments where invoice_id = any($1) order by id', [invoiceIds]);
  const { paymentRunId } = await proposePaymentRun(office.office, office.people.ana, { paymentIds: rows.map(({ id }) => id) });
  const shown = await getPaymentRun(office.office, office.people.katrin, paymentRunId);
  expect(shown.digest).toMatch(/^[0-9a-f]{64}$/);
  const other = `${shown.digest?.startsWith('0') === true ? '1' : '0'}${shown.digest?.slice(1) ?? ''}`;
  await expect(releasePaymentRun(office.office, office.people.katrin, { paymentRunId, digest: other })).rejects.toMatchObject({
    code: 'DH_ORCHESTRATION_RUN_NOT_READY',
    message: expect.stringContaining('not what was shown to you') as string,
  });
  expect(await getRemittanceAdvices(office.office, office.people.ana, paymentRunId)).toEqual([]);
  await releasePaymentRun(office.office, office.people.katrin, { paymentRunId, digest: shown.digest ?? '' });
  const run = await getPaymentRun(office.office, office.people.katrin, paymentRunId);
  expect(run.digest).toBe(shown.digest);
  const file = readPain001(new TextDecoder().decode((await getPaymentFile(office.office, office.people.katrin, paymentRunId)).bytes));
  // As anybody can recompute it from the digest alone.
  expect(file.transfers.map(({ instructionId }) => instructionId)).toEqual(
    file.transfers.map(({ endToEndId }) =>
      createHash('sha256').update(`${shown.digest} ${endToEndId}`).digest('hex').slice(0, 32).toUpperCase(),
    ),
  );
  const [entry] = await office.query<{ details: Record<string, unknown> }>(
    `select details from audit_entries where action = 'payment-run.released' and subjects @> array[$1]`,
    [paymentRunId],
  );
  expect(entry?.details).toMatchObject({ digest: shown.digest, isAsShown: true });
  const [advice] = await getRemittanceAdvices(office.office, office.people.ana, paymentRunId);
  expect(advice).toMatchObject({
    supplier: { name: 'Nordwind Papier GmbH' },
    language: 'de',
    subject: expect.stringContaining('Zahlungsavis') as string,
  });
  for (const { endToEndId, amount } of file.transfers) {
    expect(advice?.text).toContain(`Referenz auf Ihrem Kontoauszug: ${endToEndId}`);
    expect(advice?.text).toContain(`Gezahlt: ${amount.replace('.', ',')} EUR`);
  }
});

test('the same file again, the same movements in another message, and a notification before the statement change nothing', async () => {
  const { runId, file } = await released(2);
  const movements = file.transfers.map((transfer) => debitOf(transfer));
  const first = told(movements, notification);
  expect(await hand(first)).toMatchObject({ isNew: true, kind: 'notification', summary: { settled: 2 } });
  const before = await office.query('select count(*) from stream_events');
  expect(await hand(first, 'katrin')).toMatchObject({ isNew: false, summary: { settled: 2 } });
  expect(await hand(told(movements))).toMatchObject({ isNew: true, summary: { entries: 2, settled: 0, known: 2, questions: 0 } });
  // A bank without references of its own: the payment and its day say that it is the same.
  const bare = movements.map((one) => ({ ...one, bankReference: null }));
  expect(await hand(told(bare))).toMatchObject({ summary: { settled: 0, known: 2, questions: 0 } });
  expect(await office.query('select count(*) from stream_events')).toEqual(before);
  expect(await states(runId)).toEqual(['settled', 'settled']);
});

test('imported by several people at the same time, a file counts once', async () => {
  const { runId, file } = await released(1);
  const xml = told([debitOf(only(file))]);
  const receipts = await Promise.all([hand(xml), hand(xml, 'katrin'), hand(xml)]);
  expect(receipts.filter(({ isNew }) => isNew)).toHaveLength(1);
  expect(new Set(receipts.map(({ bankMessageId }) => bankMessageId)).size).toBe(1);
  const events = await office.query(
    `select 1 from stream_events where type = 'payment.settled' and stream_id in (select id from payments where payment_run_id = $1)`,
    [runId],
  );
  expect(events).toHaveLength(1);
});

test.each([
  ['another amount', { amount: '0.01' }, 'bank-amount-differs'],
  ['another account', { iban: accounts.other }, 'bank-account-differs'],
] as const)(
  'a debit that carries our reference but %s becomes a task, and settles nothing until a person says so',
  async (_, change, reason) => {
    const { runId, file } = await released(1);
    const receipt = await hand(told([debitOf(only(file), change)]));
    expect(receipt.summary).toMatchObject({ settled: 0, questions: 1 });
    const [task] = await asked(receipt);
    expect(task).toMatchObject({ reason, role: 'controller', choices: ['accept-booking', 'keep-open'], facts: { paymentRunId: runId } });
    expect(await states(runId)).toEqual([undefined]);
    expect((await getPaymentRun(office.office, office.people.katrin, runId)).questions).toMatchObject([{ taskId: task?.id }]);
    await expect(office.decide('ana', task, { decision: 'accept-booking', note: 'x' })).rejects.toMatchObject({
      code: 'DH_ORCHESTRATION_NOT_ALLOWED',
    });
    await expect(office.decide('katrin', task, { decision: 'accept-booking' })).rejects.toMatchObject({
      code: 'DH_ORCHESTRATION_DECISION_INCOMPLETE',
    });
    await office.decide('katrin', task, { decision: 'accept-booking', note: 'The bank confirmed it by telephone.' });
    expect(await states(runId)).toEqual(['settled']);
  },
);

test('a second debit of a settled payment becomes a task', async () => {
  const { file } = await released(1);
  await hand(told([debitOf(only(file))]));
  const receipt = await hand(told([debitOf(only(file), { bookedOn: '2026-03-13', bankReference: 'TWICE' })]));
  expect(await asked(receipt)).toMatchObject([{ reason: 'bank-debited-again', choices: ['explained'] }]);
});

test('a debit that no payment explains becomes a task: one for the usual, one for each that went to a supplier', async () => {
  const other = { amount: '10.00', currency: 'EUR', bookedOn: '2026-03-05', iban: accounts.third, name: 'Landlord' } as const;
  const receipt = await hand(
    told([{ ...other }, { ...other, name: 'Tax office', endToEndId: 'TAX-1' }, { ...other, iban: accounts.nordwind, amount: '999.00' }]),
  );
  expect(receipt.summary).toMatchObject({ entries: 3, settled: 0, questions: 2 });
  const tasks = await asked(receipt);
  expect(tasks.map(({ reason }) => reason)).toEqual(['bank-unexplained', 'bank-unexplained']);
  expect(tasks.map(({ facts }) => (facts['why'] as string[]).length).toSorted((one, other) => one - other)).toEqual([0, 2]);
  expect(tasks.some(({ question }) => question.includes('Nordwind Papier GmbH'))).toBe(true);
  const view = await getBankFile(office.office, office.people.katrin, receipt.bankMessageId);
  expect(view.entries.map(({ outcome }) => outcome)).toEqual(['unexplained', 'unexplained', 'unexplained']);
  expect(view.questions).toHaveLength(2);
});

test('a rejected payment is not paid, says why and what to do, and is paid again only by both people anew', async () => {
  const { runId, invoiceIds, file } = await released(2);
  const [good, bad] = file.transfers;
  const receipt = await hand(
    statusReport(file, {
      messageId: 'P-1',
      group: 'PART',
      payments: [
        { endToEndId: good?.endToEndId ?? '', status: 'ACSP' },
        { endToEndId: bad?.endToEndId ?? '', status: 'RJCT', code: 'AC04', text: 'Konto erloschen' },
      ],
    }),
  );
  expect(receipt.summary).toMatchObject({ accepted: 1, rejected: 1, questions: 1 });
  expect(new Set(await states(runId))).toEqual(new Set(['accepted', 'rejected']));
  const [task] = await asked(receipt);
  expect(task).toMatchObject({ reason: 'payment-rejected', choices: ['pay-again', 'paid-otherwise'], role: 'controller' });
  expect(task?.question).toContain(
    'The supplier’s account is closed. (AC04) The bank writes: “Konto erloschen”. Nothing left the account.',
  );
  const invoices = await Promise.all(invoiceIds.map(async (id) => (await office.invoice(id)).status));
  expect(invoices.toSorted()).toEqual(['approved', 'paid']);
  await office.decide('katrin', task, { decision: 'pay-again' });
  const [again] = await office.query<{ id: string; status: string; bank_state: null; payment_run_id: null }>(
    `select * from payments where id = $1`,
    [(bad?.endToEndId ?? '').toLowerCase().replaceAll('-', '_')],
  );
  expect(again).toMatchObject({ status: 'scheduled', bank_state: null, payment_run_id: null });
  const second = await release([again?.id ?? '']);
  expect(second.file.transfers.map(({ endToEndId, amount }) => [endToEndId, amount])).toEqual([[bad?.endToEndId, bad?.amount]]);
  expect(await hand(told([debitOf(only(second.file))]))).toMatchObject({ summary: { settled: 1, questions: 0 } });
  await expectRebuildable(office);
});

test('money that came back: the invoice is not paid; it may have been paid another way', async () => {
  const { runId, invoiceIds, file } = await released(1);
  await hand(told([debitOf(only(file))]));
  const back = debitOf(only(file), { direction: 'CRDT', bookedOn: '2026-03-16', bankReference: 'BACK', returned: { code: 'AC01' } });
  const receipt = await hand(told([back]));
  expect(receipt.summary).toMatchObject({ returned: 1, questions: 1 });
  expect(await states(runId)).toEqual(['returned']);
  expect(await office.invoice(invoiceIds[0] ?? '')).toMatchObject({ status: 'approved' });
  const [task] = await asked(receipt);
  await expect(office.decide('katrin', task, { decision: 'paid-otherwise' })).rejects.toMatchObject({
    code: 'DH_ORCHESTRATION_DECISION_INCOMPLETE',
  });
  await office.decide('katrin', task, { decision: 'paid-otherwise', note: 'By card, receipt 17.' });
  expect(await office.invoice(invoiceIds[0] ?? '')).toMatchObject({ status: 'paid' });
  const view = await getInvoice(office.office, office.people.katrin, invoiceIds[0] ?? '');
  expect(view.payment?.bank).toMatchObject({ state: 'returned', on: '2026-03-16' });
});

test('a whole file rejected is one question for all its payments', async () => {
  const { runId, file } = await released(2);
  const receipt = await hand(statusReport(file, { messageId: 'P-2', group: 'RJCT' }));
  expect(receipt.summary).toMatchObject({ rejected: 2, questions: 1 });
  const [task] = await asked(receipt);
  expect(task?.facts['paymentIds']).toHaveLength(2);
  await office.decide('katrin', task, { decision: 'pay-again' });
  expect(await office.query('select status from payments where payment_run_id = $1', [runId])).toEqual([]);
});

test('an answer to a payment that is settled meanwhile cannot pay it again', async () => {
  const { file } = await released(1);
  const receipt = await hand(statusReport(file, { messageId: 'P-3', group: 'RJCT' }));
  await hand(told([debitOf(only(file))]));
  const [task] = await asked(receipt);
  await expect(office.decide('katrin', task, { decision: 'pay-again' })).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_RUN_NOT_READY' });
});

test('a file of another account, and one of a person without the right, change nothing', async () => {
  const before = await listBankFiles(office.office, office.people.katrin, {});
  const foreign = statement({ account: accounts.lumiere, messageId: 'F', movements: [] });
  await expect(hand(foreign)).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_BANK_ACCOUNT_UNKNOWN' });
  await expect(hand(told([]), 'bo')).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_NOT_ALLOWED' });
  await expect(hand('<!DOCTYPE a><Document/>')).rejects.toMatchObject({ code: 'DH_CONNECTORS_BANK_FILE_INVALID' });
  expect(await listBankFiles(office.office, office.people.katrin, {})).toEqual(before);
});

test('what does not fit in the file itself is asked, and what is clear in it is taken', async () => {
  const { file } = await released(1);
  const xml = statement({
    account,
    messageId: 'BAL',
    movements: [debitOf(only(file))],
    opening: { amount: '9000.00', currency: 'EUR' },
    closing: { amount: '9000.00', currency: 'EUR' },
  });
  const receipt = await hand(xml);
  expect(receipt.summary).toMatchObject({ settled: 1, questions: 1 });
  expect(await asked(receipt)).toMatchObject([{ reason: 'bank-file-problem' }]);
});

test('everything the bank said is in the events: the tables can be built from them', async () => {
  await expectRebuildable(office);
});
