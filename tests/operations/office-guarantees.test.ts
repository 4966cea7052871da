import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asDeskhandError } from '#domain/errors';
import { correctInvoice, decideTask, proposePaymentRun, releasePaymentRun, verifyAudit } from '#orchestration';
import { openTestOffice, type Person, type TaskState, type TestOffice } from '../support/office.ts';
import { accounts, importSuppliers, orderPaper, paperInvoice } from '../support/office-records.ts';

let office: TestOffice;

beforeAll(async () => {
  office = await openTestOffice();
  await importSuppliers(office);
});
afterAll(() => office.close());

/** What somebody may try; `pick` chooses among what there is at that moment. */
type Move =
  | { readonly do: 'decide'; readonly by: Person; readonly pick: number; readonly choice: number }
  | { readonly do: 'correct'; readonly by: Person; readonly pick: number; readonly change: number }
  | { readonly do: 'propose'; readonly by: Person }
  | { readonly do: 'release'; readonly by: Person; readonly pick: number }
  | { readonly do: 'rest' };

const person = fc.constantFrom<Person>('ana', 'bo', 'bela', 'katrin', 'kim', 'toni');
const pick = fc.nat(20);
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('decide' as const), by: person, pick, choice: pick }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('correct' as const), by: person, pick, change: pick }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('propose' as const), by: person }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('release' as const), by: person, pick }) },
  { weight: 2, arbitrary: fc.constant({ do: 'rest' as const }) },
);
const seed = Number(process.env['DESKHAND_TEST_SEED'] ?? 20_261_123);

// The moves of one round are made without waiting in between, so that they also meet work under way.
test(`whatever people try, no payment leaves without its approvals or to an unverified account (seed ${seed})`, async () => {
  const released: string[] = [];
  await fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 40, maxLength: 60 }), async (moves) => {
      const invoiceIds = await arrivals();
      for (const one of moves) await attempt(one, invoiceIds);
      await office.settle();
      // What is scheduled at the end may leave, too.
      await attempt({ do: 'propose', by: 'ana' }, invoiceIds);
      for (const by of ['katrin', 'kim'] as const) await attempt({ do: 'release', by, pick: 0 }, invoiceIds);
      expect(await faultsOf(invoiceIds)).toEqual([]);
      const left = await office.query<{ id: string }>("select id from payments where status = 'released' and invoice_id = any($1)", [
        invoiceIds,
      ]);
      released.push(...left.map(({ id }) => id));
    }),
    { seed, numRuns: 6, endOnFailure: true },
  );
  // Else it would have proven nothing.
  expect(released.length).toBeGreaterThan(3);
  expect(await verifyAudit(office.office, office.people.katrin)).toMatchObject({ isIntact: true });
});

/** A small clean one, larger ones, a strange account, a price too high, and a copy. */
async function arrivals(): Promise<string[]> {
  const bill = { quantity: '10', price: '18.90' };
  const middle = { quantity: '60', price: '18.90' };
  const large = { quantity: '700', price: '18.90' };
  const paper = paperInvoice(await orderPaper(office, middle), middle);
  const eventIds = [
    await office.drop(paperInvoice(await orderPaper(office, bill), bill)),
    await office.drop(paper),
    await office.drop(paper, `copy of ${paper.number ?? ''}.pdf`),
    await office.drop(paperInvoice(await orderPaper(office, large), large)),
    await office.drop(paperInvoice(await orderPaper(office, middle), middle, { iban: accounts.other })),
    await office.drop(paperInvoice(await orderPaper(office, bill), { ...bill, price: '21.00' })),
  ];
  await office.settle();
  const rows = await office.query<{ id: string }>(
    'select i.id from invoices i join documents d on d.id = i.document_id where d.event_id = any($1) order by i.id',
    [eventIds],
  );
  return rows.map(({ id }) => id);
}

/** Tries it; a refusal with its reason is as good as a yes, anything else fails the test. */
async function attempt(one: Move, invoiceIds: readonly string[]): Promise<void> {
  try {
    await make(one, invoiceIds);
  } catch (thrown) {
    if (asDeskhandError(thrown) === null) throw thrown;
  }
}

async function make(one: Move, invoiceIds: readonly string[]): Promise<void> {
  if (one.do === 'rest') return office.settle();
  const actor = office.people[one.by];
  if (one.do === 'decide') {
    const tasks = (await office.openTasks()).filter((task) => task.invoice_id !== null && invoiceIds.includes(task.invoice_id));
    const task = tasks[one.pick % Math.max(1, tasks.length)];
    if (task === undefined) return undefined;
    const decision = task.choices[one.choice % 4 === 0 ? 1 : 0] ?? 'approve';
    return decideTask(office.office, actor, { taskId: task.id, decision, note: 'Called them.', ...(await answerOf(task)) });
  }
  if (one.do === 'correct') {
    const invoiceId = invoiceIds[one.pick % invoiceIds.length] ?? '';
    const { version, gross } = await office.invoice(invoiceId);
    const changes = [
      { iban: accounts.lumiere },
      { iban: accounts.nordwind },
      { dueDate: '2026-05-04' },
      { grossTotal: Number(gross).toFixed(2) },
      { taxTotal: '0.00', grossTotal: '100.00', netTotal: '100.00' },
    ];
    return correctInvoice(office.office, actor, { invoiceId, expectedVersion: version, fields: changes[one.change % changes.length] });
  }
  if (one.do === 'propose') {
    const free = await office.query<{ id: string }>("select id from payments where status = 'scheduled' and invoice_id = any($1)", [
      invoiceIds,
    ]);
    await proposePaymentRun(office.office, actor, { paymentIds: free.map(({ id }) => id) });
    return undefined;
  }
  const runs = await office.query<{ id: string }>("select id from payment_runs where status = 'proposed' order by id");
  return releasePaymentRun(office.office, actor, { paymentRunId: runs[one.pick % Math.max(1, runs.length)]?.id ?? '' });
}

async function answerOf(task: TaskState): Promise<{ supplierId?: string | undefined }> {
  if (task.reason !== 'unknown-supplier') return {};
  const [supplier] = await office.query<{ id: string }>("select id from suppliers where number = 'S-1'");
  return { supplierId: supplier?.id };
}

/** Each payment that left, held against approvals, corrections, accounts and people, by SQL and not by our own rules. */
async function faultsOf(invoiceIds: readonly string[]): Promise<readonly Record<string, unknown>[]> {
  return office.query(
    `
    with paid as (
      select p.*, i.gross, i.supplier_id as invoiced_by, a.status as account_status, a.supplier_id as account_of,
             (select digest from approvals where invoice_id = i.id order by id desc limit 1) as last_digest,
             r.created_by, r.released_by
        from payments p join invoices i on i.id = p.invoice_id join supplier_bank_accounts a on a.id = p.bank_account_id
        join payment_runs r on r.id = p.payment_run_id
       where p.status = 'released' and p.invoice_id = any($1)
    ),
    judged as (
      select paid.*,
             array(select decision from approvals where invoice_id = paid.invoice_id and digest = last_digest) as decisions,
             array(select distinct m.roles[1] from approvals x join members m on m.id = x.member_id
                    where x.invoice_id = paid.invoice_id and x.digest = last_digest and x.decision = 'approved') as yes,
             exists (select from approvals x join corrections c using (invoice_id, member_id)
                      where x.invoice_id = paid.invoice_id and x.digest = last_digest and c.value is distinct from c.previous
                        and c.field in ('grossTotal', 'netTotal', 'taxTotal', 'currency', 'iban', 'supplierId')) as corrected_by_approver
        from paid
    )
    select * from (
      select id, case
        when account_status <> 'verified' then 'account not verified'
        when account_of <> invoiced_by or supplier_id <> invoiced_by then 'another supplier'
        when amount + discount <> gross then 'another amount'
        when cardinality(decisions) = 0 then 'not approved'
        when 'rejected' = any(decisions) then 'rejected'
        when decisions = '{automatic}' and gross > 250 then 'too large for the policy alone'
        when decisions <> '{automatic}' and not yes && '{office-manager,approver,controller}' then 'nobody who may'
        when gross > 2500 and not yes && '{approver,controller}' then 'no approver'
        when gross > 10000 and cardinality(decisions) < 2 then 'one person alone'
        when corrected_by_approver then 'approved by who corrected it'
        when created_by = released_by then 'proposed and released by one person'
      end as fault from judged
    ) as checked where fault is not null`,
    [invoiceIds],
  );
}
