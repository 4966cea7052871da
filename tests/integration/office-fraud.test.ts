import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestOffice, type TestOffice } from '../support/office.ts';
import { importSuppliers, orderPaper, paperInvoice } from '../support/office-records.ts';
import { closeRebuildable } from '../support/rebuild.ts';

let office: TestOffice;

beforeAll(async () => {
  office = await openTestOffice();
  await importSuppliers(office);
  await office.query(`update suppliers set email_domains = '{nordwind.example}' where number = 'S-1'`);
});
afterAll(() => closeRebuildable(office));

/** An invoice that is clean in itself, in a mail with these headers. */
async function mailed(headers: { readonly from: string; readonly replyTo?: string; readonly results?: string }): Promise<string> {
  const order = await orderPaper(office, { quantity: '10', price: '18.90' });
  office.before('assessInvoice', () =>
    office.query(
      `update events set kind = 'mail', sender_address = $1, reply_to = $2, authentication_results = $3
       where id = (select id from events order by created_at desc limit 1)`,
      [headers.from, headers.replyTo ?? null, headers.results ?? null],
    ),
  );
  return office.receive(paperInvoice(order, { quantity: '10', price: '18.90' }));
}

const forged = { from: 'rechnung@nordwind.example', results: 'mx.office.example; spf=fail; dmarc=fail' };

test('a forged sender is held until two people let it pass, each with a reason on record', async () => {
  const invoiceId = await mailed(forged);
  const [hold, ...others] = await office.openTasks(invoiceId);
  expect(others).toEqual([]);
  expect(hold).toMatchObject({ reason: 'fraud-hold', role: 'office-manager', choices: ['pass', 'reject'] });
  expect(hold?.question).toContain('DMARC and SPF failed');
  await expect(office.decide('ana', hold, { decision: 'pass' })).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_DECISION_INCOMPLETE' });
  await office.decide('ana', hold, { decision: 'pass', note: 'They moved their mail last week; I called.' });
  const [second] = await office.openTasks(invoiceId);
  expect(second).toMatchObject({ reason: 'fraud-second', role: 'controller' });
  expect(second?.question).toContain('ana would let it pass: “They moved their mail last week; I called.”');
  await expect(office.decide('ana', second, { decision: 'pass', note: 'Again.' })).rejects.toMatchObject({
    code: 'DH_ORCHESTRATION_NOT_ALLOWED',
  });
  await office.decide('katrin', second, { decision: 'pass', note: 'Their new mail server is on their site.' });
  expect(await office.invoice(invoiceId)).toMatchObject({ status: 'scheduled' });
  const passes = 'select m.name, reason from gate_passes p join members m on m.id = p.member_id where invoice_id = $1 order by p.id';
  expect(await office.query(passes, [invoiceId])).toMatchObject([
    { name: 'ana' },
    { name: 'katrin', reason: 'Their new mail server is on their site.' },
  ]);
  const again =
    'insert into gate_passes (organization_id, invoice_id, exception_key, member_id, reason) select organization_id, invoice_id, exception_key, member_id, reason from gate_passes where invoice_id = $1';
  await expect(office.query(again, [invoiceId])).rejects.toThrow(/gate_pass_by_two_people/);
  await expect(office.query('update gate_passes set member_id = member_id')).rejects.toThrow(/append-only/);
});

test('a warning does not hold, but a person approves over it and says why', async () => {
  const invoiceId = await mailed({ from: 'rechnung@nordwind.example', replyTo: 'tickets@helpdesk.example' });
  const [approval] = await office.openTasks(invoiceId);
  expect(approval).toMatchObject({
    kind: 'approval',
    facts: { warnings: [expect.stringContaining('an answer to it goes to tickets@helpdesk.example')] },
  });
  await expect(office.decide('ana', approval, { decision: 'approve' })).rejects.toThrow(/say why it is right/);
  await office.decide('ana', approval, { decision: 'approve', note: 'Their ticket system; I asked.' });
  expect(await office.invoice(invoiceId)).toMatchObject({ status: 'scheduled' });
});

test('mail that is as it always was passes by itself, and a policy may silence a gate', async () => {
  const invoiceId = await mailed({ from: 'rechnung@nordwind.example', results: 'mx.office.example; spf=pass; dkim=pass; dmarc=pass' });
  expect(await office.invoice(invoiceId)).toMatchObject({ status: 'scheduled' });
  await office.query(
    `insert into policies (organization_id, kind, version, content) values ($1, 'fraud', 1, '{"severities": {"sender-authentication": "off"}}')`,
    [office.organizationId],
  );
  expect(await office.invoice(await mailed(forged))).toMatchObject({ status: 'scheduled' });
});
