import type { QueryClient } from '@tanstack/react-query';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { connection } from './connection.ts';

/** What the pages show of each table. A table that is not listed refreshes everything. */
const shownFrom: Readonly<Record<string, readonly string[]>> = {
  events: ['messages', 'overview'],
  documents: ['messages', 'documents', 'overview'],
  invoices: ['invoices', 'overview', 'messages', 'tasks', 'statements'],
  corrections: ['invoices'],
  invoice_lines: ['invoices'],
  allocations: ['invoices', 'purchase-orders'],
  tasks: ['tasks', 'overview', 'invoices', 'payment-runs'],
  approvals: ['invoices', 'tasks'],
  payments: ['payments', 'payment-runs', 'bank-files', 'invoices', 'overview', 'statements'],
  payment_runs: ['payment-runs', 'payments', 'overview'],
  suppliers: ['suppliers', 'statements'],
  agreements: ['agreements'],
  supplier_bank_accounts: ['suppliers'],
  purchase_orders: ['purchase-orders'],
  purchase_order_lines: ['purchase-orders'],
  goods_receipt_lines: ['purchase-orders'],
  goods_receipts: ['purchase-orders'],
  audit_entries: ['timeline', 'audit'],
  audit_heads: ['audit'],
  questions: ['tasks', 'invoices'],
  question_mails: ['tasks'],
  delegations: ['delegations', 'tasks', 'overview'],
  pauses: ['automation', 'runs'],
  paused_runs: [],
  outbox: [],
  effects: [],
  idempotency_keys: [],
};

/** A burst of changes (the first mailbox) is one refresh: two a second keep the list lively and the server idle. */
const GATHER_MS = 500;
/** A closed stream is opened anew after this. */
const REOPEN_MS = 3_000;

/** Keeps what is on the screen true: each change that the server tells of refreshes the queries that show it. */
export function useLiveChanges(): void {
  const client = useQueryClient();
  useEffect(() => listen(client), [client]);
}

function listen(client: QueryClient): () => void {
  const nouns = new Set<string>();
  let source: EventSource | undefined;
  let gathering: ReturnType<typeof setTimeout> | undefined;
  let reopening: ReturnType<typeof setTimeout> | undefined;

  const refresh = (): void => {
    gathering = undefined;
    const isAll = nouns.has('*');
    const changed = new Set(nouns);
    nouns.clear();
    void client.invalidateQueries(isAll ? {} : { predicate: (query) => changed.has(String(query.queryKey[0])) });
  };
  const open = (): void => {
    source = new EventSource('/v1/changes');
    source.addEventListener('message', (event) => {
      for (const noun of shownFrom[tableOf(String(event.data))] ?? ['*']) nouns.add(noun);
      gathering ??= setTimeout(refresh, GATHER_MS);
    });
    source.addEventListener('error', () => {
      if (source?.readyState === EventSource.CLOSED) reopening = setTimeout(open, REOPEN_MS);
    });
  };
  // Whatever changed while the server was away is fetched once it is back.
  const unsubscribe = connection.subscribe(() => {
    if (!connection.isLost) void client.invalidateQueries();
  });
  open();
  return () => {
    source?.close();
    clearTimeout(gathering);
    clearTimeout(reopening);
    unsubscribe();
  };
}

function tableOf(data: string): string {
  try {
    const event: unknown = JSON.parse(data);
    return typeof event === 'object' && event !== null && 'table' in event ? String(event.table) : '*';
  } catch {
    // An event of a newer server that we cannot read: refresh everything.
    return '*';
  }
}
