import { paymentDigest } from '#domain/accounts-payable';
import { DeskhandError } from '#domain/errors';
import { orchestrationErrors } from '../../../src/orchestration/errors.ts';
import type { Activities } from '../../../src/orchestration/activities/index.ts';
import { documentWorkflowId } from '../../../src/orchestration/workflows/names.ts';
import { approvalsOf, isApproved, requirementsOf } from './approvals.ts';
import {
  cancelTasks,
  digestOf,
  enqueue,
  ibanOf,
  nextId,
  openTask,
  organizationId,
  row,
  tellNews,
  type DocumentRow,
  type InvoiceRow,
  type PaymentRow,
  type Records,
} from './records.ts';
import type { Server } from './server.ts';

const readerDied = { code: 'DH_INTELLIGENCE_READER_DIED', kind: 'unavailable', retryable: true } as const;
const readerBroke = { code: 'DH_INTELLIGENCE_READER_BROKE', kind: 'defect', retryable: false } as const;

type DocumentActivities = Pick<
  Activities,
  | 'unpackMessage'
  | 'tieAnswer'
  | 'readDocument'
  | 'enterByHand'
  | 'assessInvoice'
  | 'askApproval'
  | 'schedulePayment'
  | 'cancelPayment'
  | 'closeInvoice'
>;

/** The activities of mail and documents, on the model's tables: their rules as in the product, their reading replaced by what the paper is. */
export function documentActivities(server: Server): DocumentActivities {
  const { records, clockwork } = server;
  return {
    unpackMessage: (context, { eventId }) =>
      server.once(context, () => {
        const event = row(records.events, eventId);
        event.status = 'handled';
        for (const paper of event.papers) storeDocument(records, eventId, paper);
        return { documents: event.papers.length };
      }),
    // Nobody is asked by mail in the model.
    tieAnswer: (context) => server.once(context, () => ({ questions: 0 })),
    async readDocument(context, { documentId }) {
      await server.turn('reading');
      if (server.faults.happens('reader dies')) throw new DeskhandError(readerDied, 'The reader died.');
      if (server.faults.happens('reader breaks')) throw new DeskhandError(readerBroke, 'The reader cannot take this page.');
      return server.once(context, () => {
        const document = row(records.documents, documentId);
        const { kind } = document.paper;
        document.status = kind === 'unreadable' ? 'unreadable' : kind === 'letter' ? 'filed' : 'read';
        if (kind === 'letter') return { outcome: 'filed', invoiceId: null };
        if (kind !== 'unreadable') return { outcome: 'invoice', invoiceId: recordInvoice(records, document).id };
        openTask(records, clockwork.now(), {
          workflowId: context.workflowId,
          key: 'unreadable',
          kind: 'unreadable',
          reason: 'nothing-found',
          choices: ['dismiss', 'enter'],
          role: 'office-manager',
          documentId,
        });
        return { outcome: 'asking', invoiceId: null };
      });
    },
    enterByHand: (context, { documentId }) =>
      server.once(context, () => {
        const task = [...records.tasks.values()].find(({ workflowId, key }) => workflowId === context.workflowId && key === 'unreadable');
        if (task === undefined || task.status === 'open') return { isDecided: false, invoiceId: null };
        const document = row(records.documents, documentId);
        if (task.decision === 'enter') return { isDecided: true, invoiceId: recordInvoice(records, document).id };
        document.status = 'filed';
        return { isDecided: true, invoiceId: null };
      }),
    assessInvoice: (context, { invoiceId }) => server.once(context, () => assess(server, row(records.invoices, invoiceId))),
    askApproval: (context, { invoiceId }) => server.once(context, () => ask(server, row(records.invoices, invoiceId))),
    schedulePayment: (context, { invoiceId }) => server.once(context, () => schedule(server, row(records.invoices, invoiceId))),
    cancelPayment: (context, { invoiceId }) =>
      server.once(context, () => {
        const known = paymentOf(records, invoiceId);
        if (known === undefined || known.payment.status === 'cancelled') return { paymentId: null };
        if (known.payment.status !== 'scheduled') throw new DeskhandError(orchestrationErrors.paymentNotReady, 'It is in a run.');
        known.payment = { ...known.payment, status: 'cancelled' };
        row(records.invoices, invoiceId).status = 'approved';
        return { paymentId: known.payment.id };
      }),
    closeInvoice: (context, { invoiceId }) =>
      server.once(context, () => {
        const invoice = row(records.invoices, invoiceId);
        if (invoice.status === 'scheduled' || invoice.status === 'paid')
          throw new DeskhandError(orchestrationErrors.invoiceClosed, `It is ${invoice.status}.`);
        invoice.status = 'rejected';
        cancelTasks(records, (task) => task.invoiceId === invoiceId);
        return { isClosed: true };
      }),
  };
}

function storeDocument(records: Records, eventId: string, paper: DocumentRow['paper']): void {
  const documentId = nextId('doc', records.documents);
  records.documents.set(documentId, { id: documentId, eventId, paper, status: 'received' });
  const input = { organizationId, documentId, traceParent: null };
  enqueue(records, { kind: 'start', workflow: 'handle-document', workflowId: documentWorkflowId(documentId), input });
}

function recordInvoice(records: Records, { id: documentId, paper }: DocumentRow): InvoiceRow {
  const existing = [...records.invoices.values()].find((invoice) => invoice.documentId === documentId);
  if (existing !== undefined) return existing;
  const id = nextId('inv', records.invoices);
  const earlier = [...records.invoices.values()].at(-1);
  const isRepeat = paper.kind === 'repeated' && earlier !== undefined;
  const invoice: InvoiceRow = {
    id,
    documentId,
    number: isRepeat ? earlier.number : `N-${documentId}`,
    orderNumber: paper.kind === 'price' || paper.kind === 'order-to-come' ? `PO-${paper.kind}-${paper.grossMinor}` : null,
    status: 'in-review',
    version: 1,
    supplierId: paper.kind === 'unknown-supplier' ? null : isRepeat ? earlier.supplierId : (records.suppliers[paper.supplier]?.id ?? null),
    grossMinor: isRepeat ? earlier.grossMinor : paper.grossMinor,
    accepted: new Set(),
    correctedBy: new Set(),
    assessed: 0,
    hadExceptions: false,
    requiredSteps: [],
  };
  records.invoices.set(id, invoice);
  return invoice;
}

/** What a person must decide, as things stand. */
function exceptionsOf(records: Records, invoice: InvoiceRow): string[] {
  const order = invoice.orderNumber === null ? undefined : records.orders.get(invoice.orderNumber);
  const twins = [...records.invoices.values()].filter(
    (other) =>
      other.id < invoice.id && other.number === invoice.number && other.supplierId === invoice.supplierId && other.status !== 'rejected',
  );
  if (invoice.supplierId === null) return ['unknown-supplier'];
  return [
    ...(invoice.orderNumber !== null && order === undefined ? ['missing-order'] : []),
    ...(order !== undefined && order.grossMinor !== invoice.grossMinor ? ['price'] : []),
    ...(twins.length > 0 ? ['duplicate'] : []),
  ];
}

const choicesOf: Readonly<Record<string, readonly string[]>> = {
  'unknown-supplier': ['assign', 'reject'],
  'missing-order': ['accept', 'reject'],
  price: ['accept', 'reject'],
  duplicate: ['accept', 'reject'],
};

function assess({ records, clockwork }: Server, invoice: InvoiceRow): { outcome: 'clean' | 'asking' | 'approved' | 'closed' } {
  const { status, version } = invoice;
  if (status === 'rejected' || status === 'scheduled' || status === 'paid') return { outcome: 'closed' };
  if (status === 'approved') return { outcome: 'approved' };
  const found = exceptionsOf(records, invoice);
  const questions = found.filter((reason) => !invoice.accepted.has(`${reason}:${version}`));
  Object.assign(invoice, { assessed: version, hadExceptions: found.length > 0 });
  const asked = questions.map((reason) =>
    openTask(records, clockwork.now(), {
      workflowId: documentWorkflowId(invoice.documentId),
      key: `${invoice.id}:${reason}:${version}`,
      kind: 'exception',
      reason,
      choices: choicesOf[reason] ?? [],
      role: 'office-manager',
      invoiceId: invoice.id,
    }),
  );
  const isOld = (kind: string): boolean => kind === 'exception' || questions.length > 0;
  cancelTasks(records, (task) => task.invoiceId === invoice.id && isOld(task.kind) && !asked.includes(task));
  return { outcome: questions.length === 0 ? 'clean' : 'asking' };
}

function ask(server: Server, invoice: InvoiceRow): { outcome: 'approved' | 'waiting' | 'closed' } {
  const { records, clockwork, mistakes } = server;
  if (invoice.status === 'approved') return { outcome: 'approved' };
  if (invoice.status !== 'in-review' && invoice.status !== 'awaiting-approval') return { outcome: 'closed' };
  if (invoice.assessed !== invoice.version) return { outcome: 'waiting' };
  const digest = digestOf(records, invoice);
  const required = requirementsOf(invoice);
  const given = approvalsOf(records, invoice, mistakes).filter(({ decision }) => decision === 'approved');
  invoice.requiredSteps = required.steps.map(({ role }) => role);
  const role = invoice.requiredSteps[given.length];
  if (required.automatic || role === undefined) {
    const seen = { grossMinor: invoice.grossMinor, iban: ibanOf(records, invoice) };
    if (required.automatic) records.approvals.push({ invoiceId: invoice.id, memberId: null, decision: 'automatic', digest, seen });
    invoice.status = 'approved';
    cancelTasks(records, (task) => task.invoiceId === invoice.id);
    return { outcome: 'approved' };
  }
  invoice.status = 'awaiting-approval';
  const step = given.length + 1;
  const key = mistakes.approvalsCoverAnything === true ? `${invoice.id}:approval:${step}` : `${invoice.id}:approval:${step}:${digest}`;
  const task = openTask(records, clockwork.now(), {
    workflowId: documentWorkflowId(invoice.documentId),
    key,
    kind: 'approval',
    reason: 'approval',
    choices: ['approve', 'reject'],
    role,
    invoiceId: invoice.id,
    step,
    digest,
  });
  // Asked again for the same facts after it was taken back in between.
  if (task.status === 'cancelled') task.status = 'open';
  cancelTasks(records, (other) => other.invoiceId === invoice.id && other !== task);
  return { outcome: 'waiting' };
}

function paymentOf(records: Records, invoiceId: string): PaymentRow | undefined {
  return [...records.payments.values()].find(({ payment }) => payment.invoiceIds.includes(invoiceId));
}

function schedule({ records, mistakes }: Server, invoice: InvoiceRow): { paymentId: string | null } {
  const existing = paymentOf(records, invoice.id);
  if (existing !== undefined && existing.payment.status !== 'cancelled') return { paymentId: existing.payment.id };
  if (invoice.status !== 'approved' || !isApproved(records, invoice, mistakes))
    throw new DeskhandError(orchestrationErrors.paymentNotReady, 'It is not approved as it stands.');
  const id = existing?.payment.id ?? nextId('pay', records.payments);
  const planned = {
    id,
    supplierId: invoice.supplierId ?? '',
    supplierAccountId: `acc_${invoice.supplierId ?? ''}`,
    iban: ibanOf(records, invoice),
    amount: { minor: BigInt(invoice.grossMinor), currency: 'EUR' },
    invoiceIds: [invoice.id],
    payOn: '2026-11-23',
    validUntil: null,
    status: 'scheduled' as const,
  };
  records.payments.set(id, { payment: { ...planned, approvalDigest: paymentDigest(planned) }, runId: null });
  invoice.status = 'scheduled';
  return { paymentId: id };
}

/** Wakes invoices whose order came in or changed. */
export function importOrder(records: Records, number: string, grossMinor: number, version: number): void {
  if ((records.orders.get(number)?.version ?? 0) >= version) return;
  records.orders.set(number, { grossMinor, version });
  for (const invoice of records.invoices.values()) {
    if (invoice.orderNumber === number && (invoice.status === 'in-review' || invoice.status === 'awaiting-approval'))
      tellNews(records, documentWorkflowId(invoice.documentId), number);
  }
}
