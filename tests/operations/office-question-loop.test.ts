import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createMailer, createUnpacker } from '#connectors';
import type { Correspondence } from '#domain/ports';
import { recogniseAnswer } from '#intelligence';
import {
  askQuestion,
  draftTaskQuestion,
  getMessage,
  getNumbers,
  getTask,
  getTaskQuestions,
  listInvoices,
  recordQuestionSent,
  remindOfQuestion,
  settleAnswer,
  uploadFiles,
  type Office,
} from '#orchestration';
import { createMetrics, createOutsideCalls } from '#platform';
import { sweepTasks } from '../../src/orchestration/tasks/sweep-tasks.ts';
import { headerOf, openMailServer, type TestMailServer } from '../support/mail-server.ts';
import { openTestOffice, type TaskState, type TestOffice } from '../support/office.ts';
import { importSuppliers, orderPaper, paperInvoice } from '../support/office-records.ts';
import { paperReader } from '../support/paper-reader.ts';

const supplier = 'rechnung@nordwind.example';
const unpacker = createUnpacker();
let mails: TestMailServer;
let office: TestOffice;
let correspondence: Correspondence;

beforeAll(async () => {
  mails = await openMailServer();
  const system = createOutsideCalls({ metrics: createMetrics() }).to('smtp');
  const mailer = createMailer({ host: '127.0.0.1', port: mails.port, encryption: 'none', login: null }, 'invoices@office.example', system);
  correspondence = { mailer, recogniseAnswer };
  // Mails are real ones; papers are what a test says they hold.
  const both: Office['unpacker'] = {
    unpack: (message) => (message.kind === 'mail' ? unpacker : paperReader.unpacker).unpack(message),
  };
  office = await openTestOffice({ correspondence, unpacker: both });
  await importSuppliers(office);
});
beforeEach(() => {
  office.setDay('2026-03-02');
  Object.assign(office.office, { correspondence });
});
afterAll(async () => {
  await office?.close();
  await mails?.close();
  await unpacker.close();
});

interface Asked {
  readonly task: TaskState;
  readonly questionId: string;
  readonly invoiceId: string;
}

/** A price that is too high, and Bo asks the supplier about it. */
async function ask(): Promise<Asked> {
  const order = await orderPaper(office, { quantity: '10', price: '18.90' });
  const invoiceId = await office.receive(paperInvoice(order, { quantity: '10', price: '21.00' }));
  const [task] = await office.openTasks(invoiceId);
  if (task === undefined) return expect.fail();
  const draft = await draftTaskQuestion(office.office, office.people.bo, { taskId: task.id, recipient: 'supplier', language: 'en' });
  const { questionId } = await askQuestion(office.office, office.people.bo, {
    ...draft,
    taskId: task.id,
    toAddress: supplier,
    body: `${draft.body}\nThank you, Bo\n`,
  });
  await office.settle();
  return { task, questionId, invoiceId };
}

async function questionOf({ task, questionId }: Asked) {
  const { items } = await getTaskQuestions(office.office, office.people.bo, task.id);
  return items.find(({ id }) => id === questionId) ?? expect.fail();
}

let replies = 0;

/** A mail arrives by upload. */
async function answer(text: string, changes: { from?: string; headers?: string; subject?: string; attached?: string } = {}) {
  replies += 1;
  const { from = supplier, headers = '', subject = 'Re: your question', attached } = changes;
  const head = `From: ${from}\r\nTo: invoices@office.example\r\nSubject: ${subject}\r\nMessage-ID: <reply-${replies}@nordwind.example>\r\nDate: Mon, 02 Mar 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\n${headers}`;
  const plain = `Content-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n`;
  const mail =
    attached === undefined
      ? `${head}${plain}`
      : `${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n${plain}--b\r\nContent-Type: application/pdf; name=corrected.pdf\r\nContent-Disposition: attachment; filename=corrected.pdf\r\n\r\n${attached}\r\n--b--\r\n`;
  const [receipt] = await uploadFiles(office.office, office.people.ana, {
    files: [{ fileName: `reply-${replies}.eml`, bytes: new TextEncoder().encode(mail) }],
  });
  await office.settle();
  return receipt?.messageId ?? '';
}

const inReplyTo = (): string => `In-Reply-To: ${headerOf(mails.taken.at(-1) ?? '', 'Message-ID')}\r\n`;
const taskRow = async ({ task }: Asked) =>
  (
    await office.query<{ status: string; waiting_for: string | null; waiting_until: Date | null; reminders: number }>(
      'select status, waiting_for, waiting_until, reminders from tasks where id = $1',
      [task.id],
    )
  )[0];

test('a question goes out once with its reference, and the task waits for the answer', async () => {
  const before = mails.taken.length;
  const asked = await ask();
  expect(mails.taken).toHaveLength(before + 1);
  const mail = mails.taken.at(-1) ?? '';
  expect(headerOf(mail, 'To')).toContain(supplier);
  expect(headerOf(mail, 'Subject')).toMatch(/\[Q-[0-9A-Z]{10}\]$/);
  expect(mail).toContain('Thank you, Bo');
  expect((await questionOf(asked)).mails).toMatchObject([{ delivery: 'sent', purpose: 'ask', writtenBy: { name: 'bo' } }]);
  expect(await taskRow(asked)).toMatchObject({ status: 'open', waiting_for: 'Nordwind Papier GmbH' });
  // The same again finds the open one.
  const again = await askQuestion(office.office, office.people.bo, {
    taskId: asked.task.id,
    recipient: 'supplier',
    toName: 'Nordwind',
    toAddress: supplier,
    language: 'en',
    subject: 'Again',
    body: 'Again',
  });
  await office.settle();
  expect(again.questionId).toBe(asked.questionId);
  expect(mails.taken).toHaveLength(before + 1);
});

test('an answer is tied by the mail it answers, read, proposed, confirmed, and the invoice goes on', async () => {
  const asked = await ask();
  const messageId = await answer('Hello Bo,\n\nThe price is correct, paper became dearer in January.\n\nKind regards\nNora', {
    headers: inReplyTo(),
  });
  const question = await questionOf(asked);
  expect(question.answers).toMatchObject([
    {
      messageId,
      doubt: null,
      recognised: { kind: 'stands', sentence: 'The price is correct, paper became dearer in January.' },
      proposal: { effect: 'accept' },
    },
  ]);
  expect(question.answeredAt).not.toBeNull();
  expect(await taskRow(asked)).toMatchObject({ status: 'open', waiting_for: null });
  expect(await getTask(office.office, office.people.bo, asked.task.id)).toMatchObject({ answers: 1 });
  expect((await getMessage(office.office, office.people.ana, messageId)).outcome).toMatch(/^Answers a question about RE-/);
  // Nobody is asked about the bare message beside.
  expect(await office.query(`select 1 from tasks where event_id = $1 and status = 'open'`, [messageId])).toEqual([]);

  const settlement = { answerId: question.answers[0]?.id ?? '', effect: 'accept' } as const;
  await settleAnswer(office.office, office.people.bo, settlement);
  await office.settle();
  expect(await questionOf(asked)).toMatchObject({
    status: 'closed',
    outcome: 'accept',
    answers: [{ settled: 'accept', settledBy: { name: 'bo' } }],
  });
  expect((await office.openTasks(asked.invoiceId)).some(({ kind }) => kind === 'exception')).toBe(false);
  expect(['awaiting-approval', 'approved', 'scheduled']).toContain((await office.invoice(asked.invoiceId)).status);
  await expect(settleAnswer(office.office, office.people.bo, { ...settlement, effect: 'reject' })).rejects.toMatchObject({
    code: 'DH_ORCHESTRATION_ALREADY_DECIDED',
  });
});

test('a promise of a date is waited for; what is attached goes its own way and is shown', async () => {
  const asked = await ask();
  const subject = `AW: ${headerOf(mails.taken.at(-1) ?? '', 'Subject')}`;
  await answer('We will send you a corrected invoice by 6 March.', { subject, attached: 'corrected' });
  const [found] = (await questionOf(asked)).answers;
  expect(found).toMatchObject({
    recognised: { kind: 'corrected-invoice', until: '2026-03-06' },
    proposal: { effect: 'reject' },
    documents: [{ fileName: 'corrected.pdf' }],
  });
  await settleAnswer(office.office, office.people.bo, { answerId: found?.id ?? '', effect: 'wait', until: '2026-03-06' });
  expect((await taskRow(asked))?.waiting_until?.toISOString().slice(0, 10)).toBe('2026-03-06');
  expect(await questionOf(asked)).toMatchObject({ status: 'open', answers: [{ settled: 'wait' }] });
});

test('a mail from somebody else is flagged, proposes nothing and does not count as the answer', async () => {
  const asked = await ask();
  await answer('The price is correct.', { from: 'rechnung@nordwlnd.example', headers: inReplyTo() });
  expect(await questionOf(asked)).toMatchObject({
    answeredAt: null,
    answers: [{ proposal: null, recognised: { kind: 'stands' }, doubt: expect.stringContaining('nordwlnd.example') as string }],
  });
  const forged = `${inReplyTo()}Authentication-Results: mx.office.example; dmarc=fail header.from=nordwind.example\r\n`;
  await answer('The price is correct.', { headers: forged });
  expect((await questionOf(asked)).answers[1]).toMatchObject({ proposal: null, doubt: expect.stringContaining('DMARC failed') as string });
  expect(await taskRow(asked)).toMatchObject({ status: 'open' });
});

test('an absence note is no answer, and an unclear one goes to the person as it is', async () => {
  const asked = await ask();
  await answer('I am out of office until Monday.', { headers: `${inReplyTo()}Auto-Submitted: auto-replied\r\n` });
  expect(await taskRow(asked)).toMatchObject({ waiting_for: 'Nordwind Papier GmbH' });
  await answer('Let me look at that with my colleagues.', { headers: inReplyTo() });
  const { answers, answeredAt } = await questionOf(asked);
  expect(answers.map(({ recognised, proposal }) => [recognised.kind, proposal])).toEqual([
    ['automatic', null],
    ['unclear', null],
  ]);
  expect(answeredAt).not.toBeNull();
  expect(await taskRow(asked)).toMatchObject({ waiting_for: null });
});

test('without an answer Bo is reminded, sends a reminder, and at last gets a task', async () => {
  const asked = await ask();
  // Three business days, and at the close of the last one.
  office.setTime('2026-03-06T09:00:00Z');
  await sweepTasks(office.office);
  await office.settle();
  expect(await questionOf(asked)).toMatchObject({ unansweredSince: expect.any(String) as string });
  expect(await taskRow(asked)).toMatchObject({ reminders: 1, waiting_for: 'Nordwind Papier GmbH' });
  const first = mails.taken.at(-1) ?? '';
  await remindOfQuestion(office.office, office.people.bo, { questionId: asked.questionId });
  await office.settle();
  const reminder = mails.taken.at(-1) ?? '';
  expect(headerOf(reminder, 'In-Reply-To')).toBe(headerOf(first, 'Message-ID'));
  expect(headerOf(reminder, 'Subject')).toContain(headerOf(first, 'Subject'));
  office.setTime('2026-03-17T09:00:00Z');
  await sweepTasks(office.office);
  await office.settle();
  const [told] = await office.query<TaskState>(
    `select * from tasks where reason = 'question-unanswered' and facts ->> 'aboutTaskId' = $1`,
    [asked.task.id],
  );
  expect(told).toMatchObject({ kind: 'question', member_id: office.people.bo.memberId });
  // It is over with the task itself.
  await office.decide('bo', asked.task, { decision: 'reject' });
  expect(await office.query('select status from tasks where id = $1', [told?.id])).toEqual([{ status: 'cancelled' }]);
  expect(await questionOf(asked)).toMatchObject({ status: 'closed', outcome: 'reject' });
});

test('where the task policy says so, the reminder goes out by itself, once', async () => {
  const insert = "insert into policies (organization_id, kind, version, content) values ($1, 'tasks', 1, $2)";
  await office.query(insert, [office.organizationId, '{"questions": {"answerWithinBusinessDays": 1, "remindsByMail": true}}']);
  const asked = await ask();
  const before = mails.taken.length;
  office.setTime('2026-03-04T09:00:00Z');
  for (let look = 0; look < 2; look += 1) {
    await sweepTasks(office.office);
    await office.settle();
  }
  expect((await questionOf(asked)).mails).toMatchObject([{ purpose: 'ask' }, { purpose: 'remind', delivery: 'sent' }]);
  const [row] = await office.query<{ reference: string }>('select reference from questions where id = $1', [asked.questionId]);
  expect(mails.taken.slice(before).filter((mail) => mail.includes(`[Q-${row?.reference ?? ''}]`))).toHaveLength(1);
  await office.query("delete from policies where kind = 'tasks'");
});

test('a mail whose answer was lost is not sent again but on a word; a refused one may be asked anew', async () => {
  mails.next('lose-answer');
  const before = mails.taken.length;
  const asked = await ask();
  expect((await questionOf(asked)).mails).toMatchObject([{ delivery: 'unknown' }]);
  const doubt = (await office.openTasks()).find(({ reason }) => reason === 'question-mail-unknown');
  await office.restart();
  expect(mails.taken).toHaveLength(before + 1);
  await office.decide('bo', doubt, { decision: 'send-mail-again' });
  expect(mails.taken).toHaveLength(before + 2);
  expect(headerOf(mails.taken.at(-1) ?? '', 'Message-ID')).toBe(headerOf(mails.taken.at(-2) ?? '', 'Message-ID'));
  expect((await questionOf(asked)).mails).toMatchObject([{ delivery: 'sent' }]);

  mails.next('refuse');
  const refused = await ask();
  expect(await questionOf(refused)).toMatchObject({
    status: 'closed',
    outcome: 'not-delivered',
    mails: [{ delivery: 'refused', note: expect.stringContaining('No such user here') as string }],
  });
  expect(await taskRow(refused)).toMatchObject({ status: 'open', waiting_for: null });
});

test('without a mail server Bo sends it and says so; the thread is watched all the same', async () => {
  Object.assign(office.office, { correspondence: { ...correspondence, mailer: null } });
  const asked = await ask();
  const [mail] = (await questionOf(asked)).mails;
  expect(mail).toMatchObject({ delivery: 'to-send' });
  expect(await taskRow(asked)).toMatchObject({ waiting_for: null });
  await recordQuestionSent(office.office, office.people.bo, { questionId: asked.questionId });
  await recordQuestionSent(office.office, office.people.bo, { questionId: asked.questionId });
  expect(await taskRow(asked)).toMatchObject({ waiting_for: 'Nordwind Papier GmbH' });
  await answer('We issue a credit note for the difference today.', { subject: `Re: ${mail?.subject ?? ''}` });
  expect((await questionOf(asked)).answers).toMatchObject([{ recognised: { kind: 'credit-note' }, proposal: { effect: 'wait' } }]);
});

test('colleagues are asked at addresses of the house only, and another organization sees nothing', async () => {
  const asked = await ask();
  const order = { taskId: asked.task.id, recipient: 'buyer', toName: 'Bo', language: 'en', subject: 'Why', body: 'Why?' } as const;
  await expect(askQuestion(office.office, office.people.bo, { ...order, toAddress: 'bo@elsewhere.example' })).rejects.toMatchObject({
    code: 'DH_ORCHESTRATION_VALUE_INVALID',
  });
  const stranger = { ...office.people.bo, organizationId: 'org_other' };
  await expect(getTaskQuestions(office.office, stranger, asked.task.id)).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_NOT_FOUND' });
});

test('the numbers count what was asked, answered and closed, and lead to the invoices', async () => {
  const { figures, answers } = await getNumbers(office.office, office.people.katrin, '2026-03');
  const counted = Object.fromEntries(figures.map(({ name, invoices }) => [name, invoices]));
  const [rows] = await office.query<{ asked: number; answered: number; closed: number }>(
    `select count(*) filter (where outcome is distinct from 'not-delivered')::int as asked, count(answered_at)::int as answered,
            count(*) filter (where answered_at is not null and outcome in ('accept', 'reject'))::int as closed from questions`,
  );
  expect([counted['questions-asked'], counted['questions-answered'], counted['questions-closed']]).toEqual([
    rows?.asked,
    rows?.answered,
    rows?.closed,
  ]);
  expect(rows).toMatchObject({ answered: 4, closed: 1 });
  // The office's clock stands while a test runs.
  expect(answers).toMatchObject({ medianHoursToAnswer: '0.0', medianHoursToClose: '0.0' });
  const { items } = await listInvoices(office.office, office.people.katrin, { figure: 'questions-closed', period: '2026-03' });
  expect(items).toHaveLength(1);
});
