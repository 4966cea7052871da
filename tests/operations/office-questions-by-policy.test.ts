import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { TableRow } from '#domain/policy';
import { askQuestion, claimTask, draftTaskQuestion, getTaskQuestions, pauseWork, resumeWork, settleAnswer } from '#orchestration';
import { askByPolicy } from '../../src/orchestration/questions/ask-by-policy.ts';
import { sweepTasks } from '../../src/orchestration/tasks/sweep-tasks.ts';
import { openCorrespondingOffice, switchQuestionsOn, type CorrespondingOffice } from '../support/corresponding-office.ts';
import { headerOf, type TestMailServer } from '../support/mail-server.ts';
import type { TaskState, TestOffice } from '../support/office.ts';
import { accounts, importSuppliers, orderPaper, paperInvoice } from '../support/office-records.ts';
import type { Paper } from '../support/paper.ts';

const nordwind = 'rechnung@nordwind.example';
let corresponding: CorrespondingOffice;
let mails: TestMailServer;
let office: TestOffice;

beforeAll(async () => {
  corresponding = await openCorrespondingOffice();
  ({ mails, office } = corresponding);
  await importSuppliers(office);
  await office.query("update suppliers set email = $1, email_domains = '{nordwind.example}' where number = 'S-1'", [nordwind]);
});
beforeEach(() => Object.assign(office.office, { correspondence: corresponding.correspondence }));
afterAll(() => corresponding?.close());

const order: TableRow = { _id: 'order', about: '"missing-purchase-order"', to: 'supplier', perDay: '20' };
const receipt: TableRow = { _id: 'receipt', about: '"missing-receipt", "quantity", "unit"', to: 'receiver', perDay: '20' };

let bills = 0;
/** Of an amount that no other has: two that are the same would be asked about as duplicates. */
function nextBill(): { readonly quantity: string; readonly price: string } {
  bills += 1;
  return { quantity: String(bills + 3), price: `${17 + bills}.${bills + 10}` };
}

/** Goods that nobody has booked in: whoever ordered has the task, Ana took the goods in. */
async function missingReceipt(came: Readonly<Record<string, string>> | null = null): Promise<TaskState> {
  const bill = nextBill();
  const number = await orderPaper(office, { ...bill, received: '0' });
  // An order may concern other invoices, which are looked at again.
  await office.settle();
  if (came !== null) nextCame(came);
  return await taskOf(paperInvoice(number, bill), 'missing-receipt');
}
async function missingOrder(changes: Partial<Paper> = {}): Promise<TaskState> {
  return await taskOf(paperInvoice(null, nextBill(), changes), 'missing-purchase-order');
}
async function taskOf(paper: Paper, reason: string): Promise<TaskState> {
  const tasks = await office.openTasks(await office.receive(paper));
  return tasks.find((task) => task.reason === reason) ?? expect.fail(`Asked about ${tasks.map((task) => task.reason).join()}.`);
}
/** Looks once, as housekeeping does, and lets what it asked leave. @returns the mails that left. */
async function look(): Promise<readonly string[]> {
  const before = mails.taken.length;
  await askByPolicy(office.office);
  await office.settle();
  return mails.taken.slice(before);
}
const questionsOf = async ({ id }: TaskState) => (await getTaskQuestions(office.office, office.people.bo, id)).items;
const close = (task: TaskState) => office.decide('ana', task, { decision: 'reject' });

test('without a row nothing is sent; with one the receiver is asked once, and the thread and the log say by which version', async () => {
  const task = await missingReceipt();
  expect(await look()).toEqual([]);
  expect(await switchQuestionsOn(office)).toBeGreaterThan(0);
  expect(await look()).toEqual([]);
  const version = await switchQuestionsOn(office, order, receipt);
  // Several servers look at the same time.
  const before = mails.taken.length;
  const asked = await Promise.all([1, 2, 3].map(() => askByPolicy(office.office)));
  expect(asked.toSorted((one, other) => one - other)).toEqual([0, 0, 1]);
  await office.settle();
  const [mail, ...others] = mails.taken.slice(before);
  expect(others).toEqual([]);
  expect(headerOf(mail ?? '', 'To')).toContain('ana@office.example');
  expect(mail?.replaceAll('=\r\n', '')).toContain('This question was written and sent by our software. A person reads your answer.');
  const because = 'Row 2 of its questions lets Deskhand ask whoever took the goods in about a missing goods receipt.';
  expect(await questionsOf(task)).toMatchObject([
    {
      status: 'open',
      recipient: 'receiver',
      askedBy: null,
      byPolicy: { version, because },
      mails: [{ delivery: 'sent', writtenBy: null }],
    },
  ]);
  const log = "select actor, details from audit_entries where action = 'question.asked'";
  expect(await office.query(log)).toMatchObject([{ actor: 'deskhand', details: { policyVersion: version, policyRow: 2, because } }]);
  expect(await look()).toEqual([]);
  // Bo, whose task it is, may decide it all the same.
  await office.decide('bo', task, { decision: 'accept' });
  expect(await questionsOf(task)).toMatchObject([{ status: 'closed', outcome: 'accept' }]);
});

test('a supplier is asked in their language, and what they answer is carried out by a person only', async () => {
  const task = await missingOrder();
  const [mail = ''] = await look();
  expect(headerOf(mail, 'To')).toContain(nordwind);
  expect(await questionsOf(task)).toMatchObject([{ language: 'de', toAddress: nordwind }]);
  await corresponding.answer(nordwind, 'Die Rechnung ist korrekt.');
  const [question] = await questionsOf(task);
  expect(question).toMatchObject({
    status: 'open',
    answers: [{ recognised: { kind: 'stands' }, proposal: { effect: 'accept' }, settled: null }],
  });
  expect((await office.openTasks(task.invoice_id ?? '')).map(({ reason }) => reason)).toEqual(['missing-purchase-order']);
  await settleAnswer(office.office, office.people.ana, { answerId: question?.answers[0]?.id ?? '', effect: 'accept' });
  await office.settle();
  expect(await questionsOf(task)).toMatchObject([{ status: 'closed', answers: [{ settledBy: { name: 'ana' } }] }]);
});

/** What the next paper came in, as its mail's columns. */
function nextCame(columns: Readonly<Record<string, string>>): void {
  const set = Object.keys(columns).map((column, at) => `${column} = $${at + 1}`);
  office.before('assessInvoice', () =>
    office.query(
      `update events set ${set.join(', ')} where id = (select id from events order by created_at desc limit 1)`,
      Object.values(columns),
    ),
  );
}

/** Each has a row that would ask, and must not be asked. */
const never: readonly (readonly [string, () => Promise<unknown>])[] = [
  [
    'a price',
    async () =>
      taskOf(paperInvoice(await orderPaper(office, { quantity: '10', price: '18.90' }), { quantity: '10', price: '29.90' }), 'price'),
  ],
  ['a bank account that is not on file, and what is asked beside it', () => missingOrder({ iban: accounts.other })],
  [
    'a supplier that is not known',
    () => taskOf(paperInvoice(null, nextBill(), { supplierName: 'Nobody Ltd', taxId: null, iban: null }), 'unknown-supplier'),
  ],
  ['a value in doubt', () => taskOf(paperInvoice(null, nextBill(), { doubtful: { invoiceNumber: 0.5 } }), 'doubtful-value')],
  [
    'a mail that may be forged',
    () => {
      nextCame({ kind: 'mail', sender_address: nordwind, authentication_results: 'mx; spf=fail; dmarc=fail' });
      return taskOf(paperInvoice(null, nextBill()), 'fraud-hold');
    },
  ],
  ['what a gate warns of', () => missingReceipt({ kind: 'mail', sender_address: nordwind, reply_to: 'tickets@helpdesk.example' })],
  [
    'a supplier without an address on file, whoever the invoice came from',
    () => {
      nextCame({ sender_address: 'facture@lumiere.example' });
      return missingOrder({ supplierName: 'Atelier Lumière SARL', taxId: 'FR40303265045', iban: accounts.lumiere });
    },
  ],
  ['what a person has taken', async () => claimTask(office.office, office.people.ana, { taskId: (await missingOrder()).id })],
  [
    'what a person has asked about',
    async () => {
      const { id: taskId } = await missingOrder();
      const draft = await draftTaskQuestion(office.office, office.people.ana, { taskId, recipient: 'supplier' });
      await askQuestion(office.office, office.people.ana, { ...draft, taskId, toAddress: nordwind });
      await office.settle();
    },
  ],
];
test.each(never)('never about %s', async (_, prepare) => {
  await prepare();
  expect(await look()).toEqual([]);
});

test('nothing while all stands still or no mail server is set up; then it goes out', async () => {
  const task = await missingReceipt();
  const organization = { target: { scope: 'organization' }, reason: 'The bank called.' } as const;
  await pauseWork(office.office, office.people.katrin, organization);
  expect(await look()).toEqual([]);
  await resumeWork(office.office, office.people.katrin, organization);
  await pauseWork(office.office, office.people.katrin, { target: { scope: 'workflow', workflow: 'send-question-mail' }, reason: 'Spam?' });
  expect(await look()).toEqual([]);
  await resumeWork(office.office, office.people.katrin, { target: { scope: 'workflow', workflow: 'send-question-mail' }, reason: 'No.' });
  Object.assign(office.office, { correspondence: { ...corresponding.correspondence, mailer: null } });
  expect(await look()).toEqual([]);
  Object.assign(office.office, { correspondence: corresponding.correspondence });
  expect(await look()).toHaveLength(1);
  await close(task);
});

test('killed between the decision and the sending, it is sent once; cut off while sending, nobody sends it again', async () => {
  const task = await missingReceipt();
  const before = mails.taken.length;
  await office.restart(() => askByPolicy(office.office));
  expect(mails.taken).toHaveLength(before + 1);
  expect(await questionsOf(task)).toMatchObject([{ mails: [{ delivery: 'sent' }] }]);
  const other = await missingReceipt();
  mails.next('lose-answer');
  expect(await look()).toHaveLength(1);
  await office.restart();
  expect(await look()).toEqual([]);
  expect(await questionsOf(other)).toMatchObject([{ mails: [{ delivery: 'unknown' }] }]);
  expect(await office.openTasks()).toContainEqual(expect.objectContaining({ reason: 'question-mail-unknown', member_id: null }));
  await close(task);
  await close(other);
});

test('an exception that comes back is not asked about again', async () => {
  const task = await missingReceipt();
  expect(await look()).toHaveLength(1);
  // Taken back and asked anew, as when goods are booked in and returned.
  await office.query("update tasks set status = 'cancelled' where id = $1", [task.id]);
  await office.query(
    `insert into tasks (id, organization_id, workflow_id, key, kind, reason, title, question, choices, role, facts, invoice_id, document_id)
     select 'tsk_again', organization_id, workflow_id, key || '~2', kind, reason, title, question, choices, role, facts, invoice_id, document_id from tasks where id = $1`,
    [task.id],
  );
  expect(await look()).toEqual([]);
  await office.query("update tasks set status = 'cancelled' where id = 'tsk_again'");
});

test('so many in a day to each of them, and the rest on the next day', async () => {
  office.setDay('2026-03-03');
  await switchQuestionsOn(office, { ...order, perDay: '2' });
  for (let bill = 0; bill < 3; bill += 1) await missingOrder();
  expect(await look()).toHaveLength(2);
  expect(await look()).toEqual([]);
  office.setDay('2026-03-04');
  expect(await look()).toHaveLength(1);
});

test('without an answer a reminder goes out where the policy says so, and then whoever has the role is told', async () => {
  office.setDay('2026-03-09');
  await switchQuestionsOn(office, receipt);
  const insert = "insert into policies (organization_id, kind, version, content) values ($1, 'tasks', 1, $2) on conflict do nothing";
  await office.query(insert, [office.organizationId, '{"questions": {"answerWithinBusinessDays": 1, "remindsByMail": true}}']);
  const task = await missingReceipt();
  // Reminders of questions asked above may leave at the same time.
  await look();
  expect(await questionsOf(task)).toMatchObject([{ mails: [{ purpose: 'ask', delivery: 'sent' }] }]);
  office.setTime('2026-03-11T09:00:00Z');
  await sweepTasks(office.office);
  await office.settle();
  expect(await questionsOf(task)).toMatchObject([
    { mails: [{ purpose: 'ask' }, { purpose: 'remind', delivery: 'sent', writtenBy: null }] },
  ]);
  office.setTime('2026-03-16T09:00:00Z');
  await sweepTasks(office.office);
  const told = (await office.openTasks()).filter(
    ({ facts, reason }) => reason === 'question-unanswered' && facts['aboutTaskId'] === task.id,
  );
  expect(told).toMatchObject([{ member_id: null, question: expect.stringContaining('Deskhand asked ana') as string }]);
});
