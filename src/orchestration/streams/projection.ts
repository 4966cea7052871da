import { DeskhandError, domainErrors } from '#domain/errors';
import type { BankNews, StoredEvent, StreamKind } from './events.ts';

/** Tables that are nothing but what the events say. Parents stand before children. */
export const projectedTables = [
  'payment_runs',
  'invoices',
  'invoice_lines',
  'corrections',
  'allocations',
  'approvals',
  'payments',
] as const;
export type ProjectedTable = (typeof projectedTables)[number];

export type Row = Readonly<Record<string, unknown>>;

/** What an event does to the tables; all rows are those of the event's stream. */
export type Change =
  | { readonly do: 'put'; readonly table: ProjectedTable; readonly rows: readonly Row[] }
  | {
      readonly do: 'set';
      readonly table: 'invoices' | 'payments' | 'payment_runs';
      readonly id: string;
      readonly values: Row;
      /** Counts `version` up: what somebody looked at is no longer what is there. */
      readonly isRevision?: boolean;
    }
  | { readonly do: 'clear'; readonly table: 'invoice_lines' | 'allocations'; readonly id: string };

type EventOf<Kind extends StreamKind> = Extract<
  StoredEvent,
  { readonly type: `${Kind extends 'invoice' ? 'invoice' | 'approval' : Kind}.${string}` }
>;

/** The rows that follow from one event. Pure: the same event gives the same bytes today and in ten years. */
export function project(event: StoredEvent): readonly Change[] {
  if (isOf(event, 'payment')) return projectPayment(event);
  if (isOf(event, 'payment-run')) return projectRun(event);
  return projectInvoice(event);
}

function isOf<Kind extends StreamKind>(event: StoredEvent, kind: Kind): event is EventOf<Kind> & StoredEvent {
  return event.streamKind === kind;
}

function put(table: ProjectedTable, rows: readonly Row[]): Change[] {
  return rows.length === 0 ? [] : [{ do: 'put', table, rows }];
}

function projectInvoice(event: EventOf<'invoice'>): readonly Change[] {
  const { streamId: id, at } = event;
  const set = (values: Row): Change => ({ do: 'set', table: 'invoices', id, values: { ...values, updated_at: at } });
  const clear = (table: 'invoice_lines' | 'allocations'): Change => ({ do: 'clear', table, id });
  switch (event.type) {
    case 'invoice.imported':
      return [
        ...put('invoices', [event.data.invoice]),
        ...put('invoice_lines', event.data.lines),
        ...put('corrections', event.data.corrections),
        ...put('allocations', event.data.allocations),
        ...put('approvals', event.data.approvals),
      ];
    case 'invoice.recorded':
      return [...put('invoices', [newInvoice(event)]), ...put('invoice_lines', ownedBy(event, event.data.lines))];
    case 'invoice.assessed': {
      const { assessment, supplier_id, purchase_order_id, isInQuestion, allocations } = event.data;
      const status = isInQuestion ? { status: 'in-review' } : {};
      return [
        set({ assessment, supplier_id, purchase_order_id, ...status }),
        clear('allocations'),
        ...put('allocations', ownedBy(event, allocations)),
      ];
    }
    case 'invoice.corrected':
      return projectCorrection(event);
    case 'approval.decided':
      return put('approvals', ownedBy(event, [{ ...event.data, created_at: at }]));
    case 'approval.asked':
      return [set({ status: 'awaiting-approval', assessment: event.data.assessment })];
    case 'invoice.approved':
      return [set({ status: 'approved', assessment: event.data.assessment })];
    case 'invoice.rejected':
      return [{ do: 'set', table: 'invoices', id, values: { status: 'rejected', updated_at: at }, isRevision: true }, clear('allocations')];
    case 'invoice.scheduled':
      return [set({ status: 'scheduled' })];
    case 'invoice.unscheduled':
      return [set({ status: 'approved' })];
    case 'invoice.paid':
      return [set({ status: 'paid' })];
    default:
      return unknownEvent(event);
  }
}

function projectCorrection(event: StoredEvent & { readonly type: 'invoice.corrected' }): readonly Change[] {
  const { streamId: id, at, actor } = event;
  const { corrections, columns, lines } = event.data;
  const said = corrections.map(({ id: correctionId, field, previous, value }) => ({
    id: correctionId,
    field,
    previous: previous ?? null,
    value: value ?? null,
    member_id: actor,
    created_at: at,
  }));
  const newLines: Change[] =
    lines === null ? [] : [{ do: 'clear', table: 'invoice_lines', id }, ...put('invoice_lines', ownedBy(event, lines))];
  return [
    ...put('corrections', ownedBy(event, said)),
    { do: 'set', table: 'invoices', id, values: { ...columns, updated_at: at }, isRevision: true },
    ...newLines,
  ];
}

/** It is planned anew: what the bank said was about an earlier order. */
const unheard = { bank_state: null, bank_state_on: null, settled_on: null, bank_note: null };

function projectPayment(event: EventOf<'payment'>): readonly Change[] {
  const { streamId: id, organizationId, at } = event;
  const set = (values: Row): Change[] => [{ do: 'set', table: 'payments', id, values }];
  const free = { status: 'scheduled', payment_run_id: null, ...unheard };
  const heard = (bank_state: string, { on, note }: BankNews, settled: Row = {}): Change[] =>
    set({ bank_state, bank_state_on: on, bank_note: note, ...settled });
  switch (event.type) {
    case 'payment.imported':
      return put('payments', [event.data.payment]);
    case 'payment.scheduled':
      return put('payments', [{ id, organization_id: organizationId, ...event.data, ...free, created_at: at }]);
    case 'payment.rescheduled':
      return set({ ...event.data, ...free });
    case 'payment.proposed':
      return set({ status: 'in-run', payment_run_id: event.data.payment_run_id });
    case 'payment.released':
      return set({ status: 'released' });
    case 'payment.returned':
      return set(free);
    case 'payment.cancelled':
      return set({ status: 'cancelled' });
    case 'payment.bank-accepted':
      return heard('accepted', event.data);
    case 'payment.bank-rejected':
      return heard('rejected', event.data);
    case 'payment.settled':
      return heard('settled', event.data, { settled_on: event.data.on });
    case 'payment.bank-returned':
      return heard('returned', event.data);
    default:
      return unknownEvent(event);
  }
}

function projectRun(event: EventOf<'payment-run'>): readonly Change[] {
  const { streamId: id, organizationId, at } = event;
  const set = (values: Row): Change[] => [{ do: 'set', table: 'payment_runs', id, values }];
  const fresh = { status: 'proposed', released_by: null, released_at: null, file_sha256: null };
  switch (event.type) {
    case 'payment-run.imported':
      return put('payment_runs', [event.data.payment_run]);
    case 'payment-run.proposed':
      return put('payment_runs', [{ id, organization_id: organizationId, ...event.data, ...fresh, created_at: at }]);
    case 'payment-run.released':
      return set({ ...event.data, status: 'released' });
    case 'payment-run.submission-changed':
      return set(event.data);
    case 'payment-run.cancelled':
      return set({ status: 'cancelled' });
    default:
      return unknownEvent(event);
  }
}

function ownedBy(event: StoredEvent, rows: readonly object[]): Row[] {
  return rows.map((row) => ({ ...row, invoice_id: event.streamId, organization_id: event.organizationId }));
}

function newInvoice(event: StoredEvent & { readonly type: 'invoice.recorded' }): Row {
  return {
    id: event.streamId,
    organization_id: event.organizationId,
    document_id: event.data.document_id,
    status: 'in-review',
    version: 1,
    supplier_id: null,
    purchase_order_id: null,
    assessment: null,
    ...event.data.columns,
    created_at: event.at,
    updated_at: event.at,
  };
}

function unknownEvent(event: never): never {
  const { type, streamId } = event as StoredEvent;
  throw new DeskhandError(
    domainErrors.impossible,
    `Stream ${streamId} holds an event ${type} that this version does not know. Start the newer version of Deskhand.`,
    { details: { type, streamId } },
  );
}
