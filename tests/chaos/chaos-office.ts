import { fork, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import { asDeskhandError } from '#domain/errors';
import type { Actor } from '#domain/identity';
import {
  decideTask,
  importRecords,
  proposePaymentRun,
  releasePaymentRun,
  startPipelineStep,
  uploadFiles,
  verifyAudit,
  type Office,
} from '#orchestration';
import { newId, type DatabaseUrls } from '#platform';
import { openFakeBank, type FakeBank, type FakeBankOptions } from '../support/fake-bank.ts';
import { bytesOfPaper } from '../support/paper-reader.ts';
import type { Paper } from '../support/paper.ts';
import { addOrganization, type Person } from '../support/people.ts';
import type { FailPoint } from './fail-points.ts';
import { officeOf, type EngineChoice, type Graceful, type ServerNews, type ServerOrder } from './server-process.ts';

/** A server process of the product; its work goes on in whichever comes next. */
export interface ChaosServer {
  readonly pid: number;
  /** Resolves when it is dead, by its own hand or ours. */
  readonly ended: Promise<void>;
  hasEnded(): boolean;
  /** Resolves when its fail point is over: it is dead, or was lied to. */
  fired(): Promise<void>;
  /** Only for one whose last point has fired. */
  arm(failPoint: FailPoint): void;
  kill(): Promise<void>;
  /** SIGTERM. @returns its exit status */
  stop(): Promise<number | null>;
}

/** An office whose people and bank live here, and whose servers are processes that may die at any moment. */
export interface ChaosOffice {
  readonly bank: FakeBank;
  readonly people: Readonly<Record<Person, Actor>>;
  readonly office: Office;
  /** Names of the fail points that any server has passed. */
  readonly seen: ReadonlySet<string>;
  startServer(failPoint?: FailPoint | null, graceful?: Graceful | null): Promise<ChaosServer>;
  /** Hands in a clean small invoice, which policy approves. @returns its number. */
  drop(): Promise<string>;
  /** The next such invoice, for whoever hands it in another way. */
  nextBill(): { readonly number: string; readonly bytes: Uint8Array };
  /** An outside pipeline asks a question, which Katrin answers. */
  ask(): Promise<void>;
  /** Puts what is scheduled into a run, by Ana, and releases it, by Katrin, who also answers pipelines. @returns how many payments left this way. */
  pay(): Promise<number>;
  /** Waits until every dropped invoice is paid and every question answered, as `pay` does. Throws when nothing moves any more. */
  untilAllPaid(stuckAfterMs: number): Promise<void>;
  /** Nothing lost, nothing doubled, to the cent; the audit chain is whole; nothing is left that somebody is asked. */
  checkBooks(): Promise<void>;
  close(): Promise<void>;
}

interface Ground {
  readonly urls: DatabaseUrls;
  /** Runs SQL as owner, on a connection of its own. */
  query(text: string): Promise<readonly Record<string, unknown>[]>;
}

// What the servers of all suites load is compiled once.
const compileCache = path.join(tmpdir(), 'deskhand-chaos-compiled');
// 10 boxes at 18.90 and 19 % tax: under the 250.00 that the sample policy lets pass alone.
const gross = '224.91';
const bill = { quantity: '10', price: '18.90' };
const question: Parameters<typeof startPipelineStep>[2]['request'] = {
  kind: 'decision',
  title: 'Load?',
  question: 'Load the ledger of the night?',
  choices: ['load', 'skip'],
  role: 'controller',
  facts: [],
};

/** Other addresses under which the servers, and not the people, reach the database and the bank. */
export interface Detours {
  readonly urls: DatabaseUrls;
  readonly bankUrl: (url: string) => Promise<string>;
}

/**
 * @param invoices - how many may be dropped.
 * @param engine - what carries the servers' workflows.
 */
export async function openChaosOffice(
  ground: Ground,
  bankOptions: Omit<FakeBankOptions, 'folder'>,
  invoices: number,
  detours: Detours | null = null,
  engine: EngineChoice = { kind: 'dbos' },
): Promise<ChaosOffice> {
  const folder = await mkdtemp(path.join(tmpdir(), 'deskhand-chaos-'));
  const bank = await openFakeBank({ ...bankOptions, folder: path.join(folder, 'bank') });
  const where = {
    urls: ground.urls,
    blobFolder: path.join(folder, 'blobs'),
    bank: { url: bank.url, token: bank.token, arrivesWithinMs: 1500 },
  };
  const whereServers =
    detours === null ? where : { ...where, urls: detours.urls, bank: { ...where.bank, url: await detours.bankUrl(bank.url) } };
  const office = officeOf(where, () => {
    throw new Error('People do not speak with the engine.');
  });
  const organizationId = newId('org');
  const people = await addOrganization(office.database, organizationId);
  await importMasterData(office, people.ana, invoices);
  const seen = new Set<string>();
  const servers = new Set<ChaosServer>();
  const numbers: string[] = [];
  let asked = 0;
  let started = 0;

  const count = async (status: string): Promise<number> => {
    const [row] = await ground.query(`select count(*)::int as n from invoices where status = '${status}'`);
    return row?.['n'] as number;
  };
  const answered = async (): Promise<number> => {
    const [row] = await ground.query(`select count(*)::int as n from pipeline_steps where status = 'ended'`);
    return row?.['n'] as number;
  };
  const nextBill = (): { readonly number: string; readonly bytes: Uint8Array } => {
    const number = `RE-${10_000 + numbers.length * 37}`;
    const paper: Paper = {
      number,
      supplierName: 'Nordwind Papier GmbH',
      taxId: 'DE136695976',
      iban: 'DE02120300000000202051',
      order: orderNumber(numbers.length),
      lines: [{ what: 'Copy paper A4 80 g', ...bill }],
    };
    numbers.push(number);
    return { number, bytes: bytesOfPaper(`${number}.pdf`, paper) };
  };
  const drop = async (): Promise<string> => {
    const { number, bytes } = nextBill();
    const files = [{ fileName: `${number}.pdf`, bytes }];
    await patiently(() => uploadFiles(office, people.ana, { files }));
    return number;
  };
  const answer = async (): Promise<void> => {
    const rows = await ground.query(`select id from tasks where status = 'open' and workflow_id like 'pipeline-step:%' order by id`);
    for (const { id } of rows) await patiently(() => decideTask(office, people.katrin, { taskId: id as string, decision: 'load' }));
    await lookAtTheAccount();
  };
  // Where three sendings of one file were lost, which faults in plenty make happen now and then, Deskhand asks people. They look
  // at the account: what is there arrived; what is not is sent again by the second of them.
  const lookAtTheAccount = async (): Promise<void> => {
    const doubts = await ground.query(`select t.id, t.reason, r.message_id from tasks t
      join payment_runs r on r.id = t.facts ->> 'paymentRunId'
      where t.status = 'open' and t.reason in ('submission-unknown', 'submission-resend') order by t.id`);
    const note = 'As the account shows.';
    for (const { id, reason, message_id: messageId } of doubts) {
      const taskId = id as string;
      const isThere = bank.booked().some((payment) => payment.messageId === messageId);
      if (reason === 'submission-resend')
        await patiently(() => decideTask(office, people.kim, { taskId, decision: isThere ? 'ask-again' : 'send-again', note }));
      else
        await patiently(() => decideTask(office, people.katrin, { taskId, decision: isThere ? 'it-arrived' : 'it-did-not-arrive', note }));
    }
  };
  const ask = async (): Promise<void> => {
    asked += 1;
    const order = { key: `night-${asked}`, request: question, callback: null, timeoutS: null };
    await patiently(() => startPipelineStep(office, people.ana, order));
  };
  const pay = async (): Promise<number> => {
    await answer();
    const rows = await ground.query(`select id from payments where status = 'scheduled' order by id`);
    for (const { id } of rows) await patiently(() => proposePaymentRun(office, people.ana, { paymentIds: [id as string] }));
    const proposed = await ground.query(`select id from payment_runs where status = 'proposed' order by id`);
    for (const { id } of proposed) await patiently(() => releasePaymentRun(office, people.katrin, { paymentRunId: id as string }));
    return proposed.length;
  };
  return {
    bank,
    people,
    office,
    seen,
    async startServer(failPoint = null, graceful = null) {
      started += 1;
      const server = await startServer({ ...whereServers, engine, executorId: `server-${started}`, failPoint, graceful }, (name) =>
        seen.add(name),
      );
      servers.add(server);
      void server.ended.then(() => servers.delete(server));
      return server;
    },
    drop,
    nextBill,
    ask,
    pay,
    async untilAllPaid(stuckAfterMs) {
      let last = '';
      let changedAt = performance.now();
      while ((await count('paid')) < numbers.length || (await answered()) < asked) {
        await pay();
        const [row] = await ground.query(`select
          (select jsonb_object_agg(status, n) from (select status, count(*) as n from invoices group by 1) as s)::text
          || (select count(*) from audit_entries)::text as state`);
        if (row?.['state'] !== last) changedAt = performance.now();
        last = String(row?.['state']);
        if (performance.now() - changedAt > stuckAfterMs)
          throw new Error(`Stuck for ${stuckAfterMs} ms: ${last} ${await openTasks(ground)}`);
        await delay(100);
      }
    },
    async checkBooks() {
      const payments = await ground.query(
        `select i.number, p.amount::numeric(12, 2)::text as amount, p.status from payments p join invoices i on i.id = p.invoice_id order by 1`,
      );
      expect(payments.map((row) => row['number'])).toEqual(numbers.toSorted());
      expect(new Set(payments.map((row) => row['status']))).toEqual(new Set(['released']));
      expect(new Set(payments.map((row) => row['amount']))).toEqual(new Set([gross]));
      // What the bank booked is what was released: as many, each once, and the same sum.
      const booked = bank.booked();
      expect(booked).toHaveLength(numbers.length);
      expect(new Set(booked.map((payment) => payment.endToEndId)).size).toBe(numbers.length);
      expect(new Set(booked.map((payment) => payment.amount))).toEqual(new Set([gross]));
      expect(await verifyAudit(office, people.katrin)).toMatchObject({ isIntact: true, firstFault: null });
      // Each question was answered once, as it was decided.
      const steps = await ground.query(`select distinct outcome, result ->> 'decision' as decision from pipeline_steps`);
      expect(steps).toEqual(asked === 0 ? [] : [{ outcome: 'done', decision: 'load' }]);
      const [ends] = await ground.query(`select count(*)::int as n from audit_entries where action = 'pipeline-step.ended'`);
      expect(ends).toEqual({ n: asked });
      expect(await openTasks(ground)).toBe('');
      const [left] = await ground.query(`select count(*)::int as n from outbox where state <> 'settled' and kind = 'signal'`);
      expect(left).toEqual({ n: 0 });
    },
    async close() {
      await Promise.all([...servers].map((server) => server.kill()));
      await office.database.close();
      await bank.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What a person does again when the office did not answer; a conflict says that the first try had its effect. */
async function patiently(work: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      await work();
      return;
    } catch (thrown) {
      if (asDeskhandError(thrown)?.kind === 'conflict') return;
      if (tries === 300) throw thrown;
      await delay(100);
    }
  }
}

async function startServer(order: ServerOrder, onSeen: (name: string) => void): Promise<ChaosServer> {
  const child: ChildProcess = fork(path.join(import.meta.dirname, 'server-process.ts'), [JSON.stringify(order)], {
    execArgv: ['--conditions=source', '--disable-warning=ExperimentalWarning', '--disable-warning=DeprecationWarning'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let fired = Promise.withResolvers<void>();
  void ended.then(() => fired.resolve());
  const ready = new Promise<void>((resolve) => {
    child.on('message', (news: ServerNews) => {
      if (news.kind === 'seen') onSeen(news.name);
      else if (news.kind === 'fired') fired.resolve();
      else resolve();
    });
  });
  // A server may well die at a fail point before it is ready.
  await Promise.race([ready, ended]);
  return {
    pid: child.pid ?? 0,
    ended,
    fired: () => fired.promise,
    arm(failPoint) {
      fired = Promise.withResolvers<void>();
      child.send(failPoint);
    },
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
      return child.exitCode;
    },
  };
}

async function openTasks(ground: Ground): Promise<string> {
  const rows = await ground.query(`select kind, reason, question from tasks where status = 'open' order by created_at limit 5`);
  return rows.map((row) => `${String(row['kind'])} ${String(row['reason'])}: ${String(row['question'])}`).join('\n');
}

function orderNumber(index: number): string {
  return `PO-26-${String(index + 1).padStart(4, '0')}`;
}

/** One supplier, and for each invoice an order whose goods have come. */
async function importMasterData(office: Office, actor: Actor, invoices: number): Promise<void> {
  const indexes = Array.from({ length: invoices }, (_, index) => index);
  const csv = {
    suppliers: `number,name,vatId,country,currency,netDays,discountDays,discountPercent,iban,bic
S-1,Nordwind Papier GmbH,DE136695976,DE,EUR,30,,,DE02120300000000202051,
`,
    'purchase-orders': `number,supplierNumber,currency,orderedOn,requesterEmail,isReceiptRequired,position,itemCode,description,unit,quantity,unitPrice
${indexes.map((index) => `${orderNumber(index)},S-1,EUR,2026-02-02,bo@office.example,yes,1,A4-80,Copy paper A4 80 g,box,${bill.quantity},${bill.price}`).join('\n')}
`,
    'goods-receipts': `number,purchaseOrderNumber,receivedOn,position,quantity
${indexes.map((index) => `GR-${index + 1},${orderNumber(index)},2026-02-20,1,${bill.quantity}`).join('\n')}
`,
  } as const;
  for (const [kind, text] of Object.entries(csv)) {
    const bytes = new TextEncoder().encode(text);
    const outcome = await importRecords(office, actor, { kind: kind as keyof typeof csv, fileName: `${kind}.csv`, bytes, dryRun: false });
    if (outcome.faults.length > 0) throw new Error(JSON.stringify(outcome.faults));
  }
}
