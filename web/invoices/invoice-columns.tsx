import { Box, Text } from '@mantine/core';
import type { InvoiceSummary } from '../../src/interfaces/api/contract.ts';
import { Amount } from '../parts/amount.tsx';
import { Due } from '../parts/due.tsx';
import type { Column } from '../parts/list-table.tsx';
import { RowLink } from '../parts/row-link.tsx';
import { StatusBadge } from '../parts/status-badge.tsx';
import { sayDay } from '../parts/words.ts';

/** How invoices are listed, wherever they are. */
export const invoiceColumns: readonly Column<InvoiceSummary>[] = [
  {
    head: 'Supplier',
    cell: (invoice) => (
      <>
        <RowLink to="/invoices/$invoiceId" params={{ invoiceId: invoice.id }}>
          {invoice.supplierName ?? 'Unknown supplier'}
        </RowLink>
        <Text size="xs" c="dimmed" className="figures" truncate>
          {invoice.kind === 'credit-note' ? 'Credit note ' : ''}
          {invoice.number ?? 'no number'}
        </Text>
        <Box hiddenFrom="sm" mt={4}>
          <StatusBadge status={invoice.status} />
        </Box>
      </>
    ),
  },
  {
    head: 'Order',
    isSecondary: true,
    cell: (invoice) => (
      <Text span size="sm" c={invoice.poNumber === null ? 'dimmed' : undefined}>
        {invoice.poNumber ?? '–'}
      </Text>
    ),
  },
  {
    head: 'Issued',
    isSecondary: true,
    cell: (invoice) => (
      <Text span size="sm" className="figures">
        {sayDay(invoice.issuedOn)}
      </Text>
    ),
  },
  {
    head: 'Due',
    isSecondary: true,
    cell: (invoice) =>
      isSettled(invoice) ? (
        <Text span size="sm" c="dimmed">
          {sayDay(invoice.dueOn)}
        </Text>
      ) : (
        <Due day={invoice.dueOn} />
      ),
  },
  { head: 'Status', isSecondary: true, cell: (invoice) => <StatusBadge status={invoice.status} /> },
  { head: 'Amount', isRight: true, cell: (invoice) => <Amount money={invoice.gross} fw={550} /> },
];

function isSettled({ status }: InvoiceSummary): boolean {
  return status === 'paid' || status === 'rejected' || status === 'scheduled';
}
