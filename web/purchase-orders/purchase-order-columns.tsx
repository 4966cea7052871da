import { Box, Text } from '@mantine/core';
import type { PurchaseOrderSummary } from '../../src/interfaces/api/contract.ts';
import { Amount } from '../parts/amount.tsx';
import type { Column } from '../parts/list-table.tsx';
import { RowLink } from '../parts/row-link.tsx';
import { StatusBadge } from '../parts/status-badge.tsx';
import { sayDay } from '../parts/words.ts';

export const purchaseOrderColumns: readonly Column<PurchaseOrderSummary>[] = [
  {
    head: 'Order',
    cell: (order) => (
      <>
        <RowLink to="/purchase-orders/$orderId" params={{ orderId: order.id }}>
          {order.number}
        </RowLink>
        <Text size="xs" c="dimmed" truncate>
          {order.supplier.name}
        </Text>
        <Box hiddenFrom="sm" mt={4}>
          <StatusBadge status={order.status} />
        </Box>
      </>
    ),
  },
  {
    head: 'Ordered on',
    isSecondary: true,
    cell: (order) => (
      <Text span size="sm" className="figures">
        {sayDay(order.orderedOn)}
      </Text>
    ),
  },
  {
    head: 'By',
    isSecondary: true,
    cell: (order) => (
      <Text span size="sm" c={order.requester === null ? 'dimmed' : undefined}>
        {order.requester?.name ?? '–'}
      </Text>
    ),
  },
  {
    head: 'Lines',
    isSecondary: true,
    isRight: true,
    cell: (order) => (
      <Text span size="sm" className="figures">
        {order.lines}
      </Text>
    ),
  },
  { head: 'Status', isSecondary: true, cell: (order) => <StatusBadge status={order.status} /> },
  { head: 'Total', isRight: true, cell: (order) => <Amount money={order.total} fw={550} /> },
];
