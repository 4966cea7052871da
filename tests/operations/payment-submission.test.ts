import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBankGateway } from '#connectors';
import type { PaymentChannel } from '#domain/ports';
import { cancelPaymentRun, getPaymentRun, getTask, getTimeline, proposePaymentRun, releasePaymentRun } from '#orchestration';
import { createMetrics, createOutsideCalls } from '#platform';
import { openFakeBank, type BankFault, type FakeBank } from '../support/fake-bank.ts';
import { openTestOffice, type Person, type TaskState, type TestOffice } from '../support/office.ts';
import { cleanInvoice, importSuppliers } from '../support/office-records.ts';

const metrics = createMetrics();
let folder = '';
let bank: FakeBank;
let office: TestOffice;
/** What the office finds behind its port; null takes the way out away. */
function setChannel(channel: PaymentChannel | null): void {
  Object.assign(office.office, { paymentChannel: channel });
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'deskhand-bank-'));
  bank = await openFakeBank({ folder });
  office = await openTestOffice({ paymentChannel: gateway() });
  await importSuppliers(office);
});
afterAll(async () => {
  await office.close();
  await bank.close();
  await rm(folder, { recursive: true, force: true });
});

/** Each with a breaker of its own, so that one test's faults are not another's. */
function gateway(limits: Readonly<Record<string, number>> = {}): PaymentChannel {
  const calls = createOutsideCalls({ metrics, changes: { bank: { timeoutMs: 2_000, restMs: 200, perMinute: 10_000, ...limits } } });
  return createBankGateway({ url: bank.url, token: bank.token, system: calls.to('bank'), arrivesWithinMs: 200 });
}

async function proposed(): Promise<{ runId: string; paymentId: string; invoiceId: string }> {
  const invoiceId = await cleanInvoice(office, { quantity: '10', price: '18.90' });
  const [payment] = await office.query<{ id: string }>('select id from payments where invoice_id = $1', [invoiceId]);
  const paymentId = payment?.id ?? '';
  const { paymentRunId: runId } = await proposePaymentRun(office.office, office.people.ana, { paymentIds: [paymentId] });
  return { runId, paymentId, invoiceId };
}
const release = (runId: string, person: Person = 'katrin'): Promise<void> =>
  releasePaymentRun(office.office, office.people[person], { paymentRunId: runId });
async function released(): Promise<{ runId: string; paymentId: string; invoiceId: string }> {
  const made = await proposed();
  await release(made.runId);
  return made;
}

interface Run {
  readonly status: string;
  readonly submission: string | null;
  readonly submission_attempts: number;
  readonly bank_reference: string | null;
  readonly submission_note: string | null;
  readonly message_id: string;
}
const runOf = async (runId: string): Promise<Run | undefined> =>
  (await office.query<Run>('select * from payment_runs where id = $1', [runId]))[0];
const viewOf = (runId: string, person: Person = 'katrin'): ReturnType<typeof getPaymentRun> =>
  getPaymentRun(office.office, office.people[person], runId);
const stepsOf = async (runId: string): Promise<string[]> => (await viewOf(runId)).path.map(({ what }) => what);
const bookedOf = (messageId: string | undefined): number => bank.booked().filter((payment) => payment.messageId === messageId).length;
const tasksOf = (runId: string, reason: string): Promise<readonly TaskState[]> =>
  office.query<TaskState>(`select * from tasks where workflow_id = $1 and reason = $2 and status = 'open'`, [
    `payment-run:${runId}`,
    reason,
  ]);

async function until<Found>(look: () => Promise<Found | false | undefined>): Promise<Found> {
  const giveUpAt = performance.now() + 20_000;
  for (;;) {
    const found = await look();
    if (found !== false && found !== undefined) return found;
    if (performance.now() > giveUpAt) throw new Error('It did not come about.');
    await new Promise((resume) => setTimeout(resume, 15));
  }
}
const submission = (runId: string, state: string): Promise<Run> =>
  until(async () => {
    const run = await runOf(runId);
    return run?.submission === state && run;
  });
const asked = (runId: string, reason: string): Promise<TaskState> => until(async () => (await tasksOf(runId, reason))[0]);

test('a released run goes to the bank by itself, and its invoice is paid once the bank accepted it', async () => {
  const { runId, invoiceId, paymentId } = await proposed();
  office.before('sendPaymentFile', async () => expect(await office.invoice(invoiceId)).toMatchObject({ status: 'scheduled' }));
  await release(runId);
  const run = await submission(runId, 'accepted');
  expect(run).toMatchObject({ status: 'released', submission_attempts: 1, bank_reference: `BANK-${run.message_id}` });
  expect(await office.invoice(invoiceId)).toMatchObject({ status: 'paid' });
  expect((await viewOf(runId)).submission).toMatchObject({
    state: 'accepted',
    sentTimes: 1,
    askedTimes: 0,
    bankReference: run.bank_reference,
  });
  expect(await stepsOf(runId)).toEqual(['proposed', 'released', 'sent', 'accepted']);
  const { items } = await getTimeline(office.office, office.people.katrin, invoiceId);
  expect(items.at(-1)?.sentence).toBe(`The bank accepted the payment run as ${run.bank_reference}.`);
  const endToEndId = paymentId.toUpperCase().replaceAll('_', '-');
  expect(bank.booked()).toEqual([
    { messageId: run.message_id, endToEndId, amount: '220.41', currency: 'EUR', iban: expect.any(String) as string },
  ]);
});

test('without a way to the bank the file is for a person to hand in, and the invoice is paid at release', async () => {
  setChannel(null);
  const { runId, invoiceId } = await released();
  expect(await runOf(runId)).toMatchObject({ status: 'released', submission: null });
  expect(await office.invoice(invoiceId)).toMatchObject({ status: 'paid' });
  expect((await viewOf(runId)).submission).toMatchObject({ state: 'hand-in', sentTimes: 0 });
  setChannel(gateway());
});

test('a run that the bank refuses gives its payments back, and a controller is told why', async () => {
  bank.next('refuse');
  const { runId, paymentId, invoiceId } = await released();
  const task = await asked(runId, 'bank-refused');
  expect(task).toMatchObject({ role: 'controller', question: expect.stringContaining('may not be debited') as string });
  expect(await runOf(runId)).toMatchObject({ status: 'cancelled', submission: 'refused' });
  expect(await office.query('select status, payment_run_id from payments where id = $1', [paymentId])).toEqual([
    { status: 'scheduled', payment_run_id: null },
  ]);
  expect(await office.invoice(invoiceId)).toMatchObject({ status: 'scheduled' });
  expect(
    await office.query(`select 1 from audit_entries where action = 'payment-run.taken-back' and subjects @> array[$1, $2]`, [
      runId,
      paymentId,
    ]),
  ).toHaveLength(1);
  const apart = await viewOf(runId);
  expect(apart).toMatchObject({ count: 1, totals: [{ amount: '220.41', currency: 'EUR' }], mayTakeBack: false });
  expect(apart.submission).toMatchObject({ state: 'refused', lastWord: expect.stringContaining('may not be debited') as string });
  expect(await stepsOf(runId)).toEqual(['proposed', 'released', 'sent', 'refused', 'taken-back']);
  const { paymentRunId: nextId } = await proposePaymentRun(office.office, office.people.ana, { paymentIds: [paymentId] });
  await release(nextId);
  const next = await submission(nextId, 'accepted');
  expect(bookedOf(next.message_id)).toBe(1);
});

const ambiguous: readonly (readonly [BankFault, number])[] = [
  ['drop-after', 1],
  ['error-after', 1],
  ['wrong-json', 1],
  ['torn', 1],
  ['slow', 1],
  ['duplicate', 1],
  ['late', 1],
  ['drop-before', 2],
  ['unavailable', 2],
];
test.each(ambiguous)('whatever the bank does with the answer, the file is executed once: %s', async (fault, attempts) => {
  setChannel(gateway());
  bank.next(fault);
  const { runId, invoiceId } = await released();
  const run = await submission(runId, 'accepted');
  expect([run.submission_attempts, bookedOf(run.message_id)]).toEqual([attempts, 1]);
  expect(await office.invoice(invoiceId)).toMatchObject({ status: 'paid' });
});

test('a server that dies between the bank and its own record asks, and sends nothing again', async () => {
  const inner = gateway();
  const { runId } = await proposed();
  let isSent = false;
  // The bank has executed it; the answer reaches a server that is gone.
  setChannel({
    ...inner,
    async submit(file) {
      await inner.submit(file);
      isSent = true;
      return await new Promise<never>(() => undefined);
    },
  });
  await release(runId);
  await until(() => Promise.resolve(isSent));
  const { submissions } = bank.seen;
  await office.restart(() => {
    setChannel(inner);
    return Promise.resolve();
  });
  const run = await submission(runId, 'accepted');
  expect([run.submission_attempts, bookedOf(run.message_id), bank.seen.submissions - submissions]).toEqual([1, 1, 0]);
});

test('what stays in doubt is for a controller; it is sent again only when two people say so', async () => {
  setChannel(silent(gateway()));
  const { runId } = await released();
  const arrival = await asked(runId, 'submission-unknown');
  expect(arrival.choices).toEqual(['ask-again', 'it-arrived', 'it-did-not-arrive']);
  const doubted = await viewOf(runId);
  expect(doubted.submission).toMatchObject({ state: 'in-doubt', sentTimes: 1, askedTimes: 8, lastWord: 'It said nothing.' });
  expect([doubted.questions.map(({ taskId }) => taskId), doubted.mayTakeBack]).toEqual([[arrival.id], false]);
  const { facts, paymentRun } = await getTask(office.office, office.people.katrin, arrival.id);
  expect([paymentRun?.id, facts.why]).toEqual([
    runId,
    expect.arrayContaining(['1 payment, 220.41 EUR.', expect.stringMatching(/^Asked the bank 8 times, last .* UTC/)]) as string[],
  ]);
  await expect(office.decide('katrin', arrival, { decision: 'it-did-not-arrive' })).rejects.toMatchObject({
    code: 'DH_ORCHESTRATION_DECISION_INCOMPLETE',
  });
  await office.decide('katrin', arrival, { decision: 'it-did-not-arrive', note: 'I called Mr. Brandt at the bank.' });
  const resend = await asked(runId, 'submission-resend');
  await expect(office.decide('katrin', resend, { decision: 'send-again', note: 'Yes.' })).rejects.toMatchObject({
    code: 'DH_ORCHESTRATION_FOUR_EYES',
  });
  setChannel(gateway());
  await office.decide('kim', resend, { decision: 'send-again', note: 'Not on the account either.' });
  const run = await submission(runId, 'accepted');
  expect([run.submission_attempts, bookedOf(run.message_id)]).toEqual([2, 1]);
  const answered = (await viewOf(runId)).path.filter(({ what }) => what === 'answered');
  expect(answered.map(({ decision, by }) => [decision, by?.id])).toEqual([
    ['it-did-not-arrive', office.people.katrin.memberId],
    ['send-again', office.people.kim.memberId],
  ]);
});

test('a person may answer for a file that arrived', async () => {
  setChannel(silent(gateway()));
  const { runId, invoiceId } = await released();
  await office.decide('kim', await asked(runId, 'submission-unknown'), { decision: 'it-arrived', note: 'It is on the statement.' });
  expect(await runOf(runId)).toMatchObject({ submission: 'accepted', bank_reference: null });
  expect(await office.invoice(invoiceId)).toMatchObject({ status: 'paid' });
  const entries = await office.query<{ actor: string }>(
    `select actor from audit_entries where action = 'payment-run.accepted' and subjects @> array[$1]`,
    [runId],
  );
  expect(entries).toEqual([{ actor: office.people.kim.memberId }]);
  setChannel(gateway());
});

/** A bank that takes nothing and says nothing. */
function silent(inner: PaymentChannel): PaymentChannel {
  return {
    ...inner,
    arrivesWithinMs: 40,
    submit: () => Promise.resolve({ outcome: 'unknown', why: 'It said nothing.' }),
    find: () => Promise.resolve({ outcome: 'unknown', why: 'It said nothing.' }),
  };
}

test('a payment that is not what was approved does not leave, and goes back with a reason', async () => {
  setChannel(gateway());
  const { runId, paymentId } = await proposed();
  office.before('sendPaymentFile', () => office.query('update payments set amount = amount + 1 where id = $1', [paymentId]));
  await release(runId);
  const failed = await until(async () => (await tasksOf(runId, 'DH_ORCHESTRATION_RUN_NOT_READY'))[0]);
  const { submissions } = bank.seen;
  await office.decide('katrin', failed, { decision: 'dismiss' });
  await asked(runId, 'run-taken-back');
  expect(await runOf(runId)).toMatchObject({ status: 'cancelled' });
  expect([await office.query('select status from payments where id = $1', [paymentId]), bank.seen.submissions]).toEqual([
    [{ status: 'scheduled' }],
    submissions,
  ]);
});

test('a file that is not what the payments say does not leave', async () => {
  const { runId } = await proposed();
  const other = await office.office.blobs.put(new TextEncoder().encode('<Document/>'));
  office.before('sendPaymentFile', () => office.query('update payment_runs set file_sha256 = $2 where id = $1', [runId, other.sha256]));
  const { submissions } = bank.seen;
  await release(runId);
  await until(async () => (await tasksOf(runId, 'DH_ORCHESTRATION_RUN_NOT_READY'))[0]);
  expect(bank.seen.submissions).toBe(submissions);
});

test('while the bank cannot be reached a released run may still be taken back; nothing of it leaves later', async () => {
  const closed = await openFakeBank({ folder });
  await closed.close();
  const calls = createOutsideCalls({ metrics, changes: { bank: { openAfter: 2, restMs: 60_000 } } });
  setChannel(createBankGateway({ url: closed.url, token: bank.token, system: calls.to('bank') }));
  const { runId, paymentId } = await released();
  await until(async () => /deskhand_outside_state\{system="bank"\} 2/.test((await metrics.read()).text));
  const waiting = await submission(runId, 'waiting');
  expect(waiting.submission_attempts).toBe(0);
  const takeBack = (person: Person, reason?: string): Promise<void> =>
    cancelPaymentRun(office.office, office.people[person], { paymentRunId: runId, ...(reason === undefined ? {} : { reason }) });
  // Whoever proposes runs takes none back that was released; whoever may, says why.
  await until(async () => (await viewOf(runId)).mayTakeBack);
  expect((await viewOf(runId, 'ana')).mayTakeBack).toBe(false);
  await expect(retried(() => takeBack('ana', 'No.'))).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_NOT_ALLOWED' });
  await expect(retried(() => takeBack('katrin', ' '))).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_DECISION_INCOMPLETE' });
  await until(() =>
    takeBack('katrin', 'The bank is away.').then(
      () => true,
      () => false,
    ),
  );
  setChannel(gateway());
  expect(await office.query('select status from payments where id = $1', [paymentId])).toEqual([{ status: 'scheduled' }]);
  expect(await runOf(runId)).toMatchObject({ status: 'cancelled', submission: 'waiting' });
  const apart = await viewOf(runId);
  expect(apart.submission).toMatchObject({ state: 'taken-back', lastWord: 'The bank is away.', sentTimes: 0 });
  expect(apart.path.slice(2).map(({ what, by }) => [what, by?.id])).toEqual([
    ['not-sent', undefined],
    ['taken-back', office.people.katrin.memberId],
  ]);
});

/** A try to send may be under way, of which nobody knows yet whether it leaves. */
async function retried(deed: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      return await deed();
    } catch (thrown) {
      if ((thrown as { code?: string }).code !== 'DH_ORCHESTRATION_RUN_NOT_READY') throw thrown;
    }
    await new Promise((resume) => setTimeout(resume, 15));
  }
}

test('the bank is left alone after failures in a row, and the run leaves when it is back', async () => {
  setChannel(gateway({ openAfter: 2, restMs: 300, tries: 1 }));
  bank.next('unavailable');
  bank.nextAsk('ask-unavailable');
  const { runId } = await released();
  await until(async () => /deskhand_outside_state\{system="bank"\} 2/.test((await metrics.read()).text));
  const run = await submission(runId, 'accepted');
  expect(bookedOf(run.message_id)).toBe(1);
  expect((await metrics.read()).text).toMatch(/deskhand_outside_state\{system="bank"\} 0/);
});

test('the ledger of the bank is what was released, to the cent', async () => {
  const accepted = await office.query<{ id: string; amount: string; currency: string }>(
    `select p.id, round(p.amount, 2)::text as amount, p.currency from payments p join payment_runs r on r.id = p.payment_run_id
      where r.submission = 'accepted' and r.bank_reference is not null order by 1`,
  );
  const expected = accepted.map(({ id, ...rest }) => ({ endToEndId: id.toUpperCase().replaceAll('_', '-'), ...rest }));
  const booked = bank.booked().map(({ endToEndId, amount, currency }) => ({ endToEndId, amount, currency }));
  expect(booked.toSorted((one, other) => one.endToEndId.localeCompare(other.endToEndId))).toEqual(
    expected.toSorted((one, other) => one.endToEndId.localeCompare(other.endToEndId)),
  );
});
