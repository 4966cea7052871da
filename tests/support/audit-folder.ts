import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { checkFolder, type FolderFinding } from '#domain/audit-folder';
import {
  askQuestion,
  beginAuthenticator,
  confirmAgreement,
  confirmAuthenticator,
  createAgreement,
  draftTaskQuestion,
  exportAuditFolder,
  getPaymentRun,
  getTaskQuestions,
  importBankFile,
  proposePaymentRun,
  releasePaymentRun,
  settleAnswer,
} from '#orchestration';
import { askByPolicy } from '../../src/orchestration/questions/ask-by-policy.ts';
import { codeShown } from './authenticator-app.ts';
import { debitOf, statement } from './bank-answers.ts';
import { switchQuestionsOn, type CorrespondingOffice } from './corresponding-office.ts';
import type { TestOffice } from './office.ts';
import { accounts, cleanInvoice, importSuppliers, orderPaper, paperInvoice } from './office-records.ts';
import { readPain001 } from './read-pain001.ts';

/** Markup that must never become any, in a name that comes from a document. */
export const hostileName = '=HYPERLINK("x")</script><img src=x onerror="document.title=1">';

export interface PaidOffice {
  readonly paidInvoiceId: string;
  /** Its supplier was asked about the price and answered, and Bo accepted it. */
  readonly askedInvoiceId: string;
  /** Deskhand asked about its goods by itself, and nobody has answered. */
  readonly policyInvoiceId: string;
  /** Two people let it pass a fraud gate. */
  readonly passedInvoiceId: string;
  /** Covered by an agreement. */
  readonly coveredInvoiceId: string;
  readonly runId: string;
  readonly bankMessageId: string;
}

/** One invoice from its file to the bank's statement, released with a code, those of `PaidOffice`, and one from a hostile sender. */
export async function fillOffice(corresponding: CorrespondingOffice): Promise<PaidOffice> {
  const { office } = corresponding;
  await importSuppliers(office);
  const paidInvoiceId = await cleanInvoice(office, { quantity: '10', price: '18.90' });
  const [payment] = await office.query<{ id: string }>('select id from payments where invoice_id = $1', [paidInvoiceId]);
  const { paymentRunId: runId } = await proposePaymentRun(office.office, office.people.ana, { paymentIds: [payment?.id ?? ''] });
  await releaseWithCode(office, runId);
  const [run] = await office.query<{ file_sha256: string }>('select file_sha256 from payment_runs where id = $1', [runId]);
  const file = readPain001(new TextDecoder().decode(await office.office.blobs.get(run?.file_sha256 ?? '')));
  const movements = file.transfers.map((transfer) => debitOf(transfer));
  const xml = statement({ account: 'DE89370400440532013000', messageId: 'STMT-1', movements });
  const { bankMessageId } = await importBankFile(office.office, office.people.ana, { fileName: 'statement.xml', bytes: Buffer.from(xml) });
  const order = await orderPaper(office, { quantity: '10', price: '18.90' });
  const askedInvoiceId = await office.receive(paperInvoice(order, { quantity: '10', price: '29.90' }));
  await office.receive(paperInvoice(null, { quantity: '1', price: '5.00' }, { supplierName: hostileName, taxId: null, iban: null }));
  await askSupplier(corresponding, askedInvoiceId);
  const policyInvoiceId = await askByItself(office);
  const passedInvoiceId = await passGates(office);
  const coveredInvoiceId = await coverByAgreement(office);
  return { paidInvoiceId, askedInvoiceId, policyInvoiceId, passedInvoiceId, coveredInvoiceId, runId, bankMessageId };
}

async function askSupplier({ office, answer }: CorrespondingOffice, invoiceId: string): Promise<void> {
  const [task] = await office.openTasks(invoiceId);
  const { bo } = office.people;
  const to = { taskId: task?.id ?? '', recipient: 'supplier', language: 'en' } as const;
  const draft = await draftTaskQuestion(office.office, bo, to);
  const toAddress = 'rechnung@nordwind.example';
  const { questionId } = await askQuestion(office.office, bo, { ...draft, taskId: to.taskId, toAddress });
  await office.settle();
  await answer(toAddress, 'The price is correct, paper became dearer in January.');
  const { items } = await getTaskQuestions(office.office, bo, to.taskId);
  const answerId = items.find(({ id }) => id === questionId)?.answers[0]?.id ?? '';
  await settleAnswer(office.office, bo, { answerId, effect: 'accept' });
  await office.settle();
}

async function askByItself(office: TestOffice): Promise<string> {
  await switchQuestionsOn(office, { _id: 'goods', about: '"missing-receipt"', to: 'receiver', perDay: '3' });
  const order = await orderPaper(office, { quantity: '4', price: '11.00', received: '0' });
  const invoiceId = await office.receive(paperInvoice(order, { quantity: '4', price: '11.00' }));
  await askByPolicy(office.office);
  await office.settle();
  return invoiceId;
}

async function passGates(office: TestOffice): Promise<string> {
  const bill = { quantity: '7', price: '13.00' };
  const order = await orderPaper(office, bill);
  await office.settle();
  office.before('assessInvoice', () =>
    office.query(
      `update events set kind = 'mail', sender_address = 'rechnung@nordwind.example', authentication_results = 'mx; spf=fail; dmarc=fail'
       where id = (select id from events order by created_at desc limit 1)`,
    ),
  );
  const invoiceId = await office.receive(paperInvoice(order, bill));
  for (const person of ['ana', 'katrin'] as const) {
    const [held] = await office.openTasks(invoiceId);
    await office.decide(person, held, { decision: 'pass', note: `${person} called them.` });
  }
  return invoiceId;
}

async function coverByAgreement(office: TestOffice): Promise<string> {
  const [supplier] = await office.query<{ id: string }>("select id from suppliers where number = 'S-2'");
  const { agreementId } = await createAgreement(office.office, office.people.ana, {
    supplierId: supplier?.id ?? '',
    kind: 'recurring-bill',
    name: 'Office rent',
    rhythm: 'months',
    every: 1,
    amount: '595.00',
    currency: 'EUR',
    firstOn: '2026-03-01',
  });
  await confirmAgreement(office.office, office.people.katrin, { agreementId });
  const lines = [{ what: 'Rent', quantity: '1', price: '500.00' }];
  const { lumiere } = accounts;
  return await office.receive({
    number: 'R-3',
    supplierName: 'Atelier Lumière SARL',
    taxId: 'FR40303265045',
    iban: lumiere,
    order: null,
    lines,
  });
}

/** Katrin adds an app and gives its next code for the run. */
async function releaseWithCode({ office, people: { katrin } }: TestOffice, paymentRunId: string): Promise<void> {
  const now = office.clock.now();
  const site = { origin: 'http://localhost:3000', host: 'localhost' };
  const { signingKeyId, secret } = await beginAuthenticator(office, katrin, { name: 'My phone', site });
  const before = codeShown(secret, new Date(now.getTime() - 30_000));
  await confirmAuthenticator(office, katrin, { signingKeyId, code: before, site });
  const { digest } = await getPaymentRun(office, katrin, paymentRunId);
  await releasePaymentRun(office, katrin, { paymentRunId, digest: digest ?? '', code: codeShown(secret, now) });
}

/** Exports a period into a folder, as the API's zip unpacked. @returns the fingerprint. */
export async function writeFolder(office: TestOffice, period: string, folder: string): Promise<string> {
  const { manifestSha256 } = await exportAuditFolder(office.office, office.people.katrin, {
    period,
    onFile: async ({ path: name, bytes }) => {
      const file = path.join(folder, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, bytes);
    },
  });
  return manifestSha256;
}

export async function listFolder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .toSorted();
}

export async function inspectFolder(folder: string, expected: string | null = null): Promise<FolderFinding> {
  return await checkFolder(
    {
      paths: await listFolder(folder),
      read: (file) => readFile(path.join(folder, file)),
      sha256: (bytes) => Promise.resolve(createHash('sha256').update(bytes).digest('hex')),
    },
    expected,
  );
}

/** Changes one byte in the middle of a file. */
export async function changeByte(file: string): Promise<void> {
  const bytes = await readFile(file);
  expect(bytes.length).toBeGreaterThan(0);
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  await writeFile(file, bytes);
}
