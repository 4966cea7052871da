import { Anchor, Paper, Skeleton, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { PurchaseOrderDetail } from '../../src/interfaces/api/contract.ts';
import { purchaseOrderQuery } from '../api/queries.ts';
import { invoiceColumns } from '../invoices/invoice-columns.tsx';
import { Amount } from '../parts/amount.tsx';
import { Failed } from '../parts/failed.tsx';
import { ListTable } from '../parts/list-table.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Page } from '../parts/page.tsx';
import { StatusBadge } from '../parts/status-badge.tsx';
import { sayDay, sayFigure } from '../parts/words.ts';
import { SectionHead } from '../review/fields-panel.tsx';
import { OrderLines } from './order-lines.tsx';

const route = getRouteApi('/office/purchase-orders/$orderId');

export function PurchaseOrderPage(): ReactNode {
  const { orderId } = route.useParams();
  const order = useQuery(purchaseOrderQuery(orderId));
  if (order.isError && order.data === undefined) return <Failed error={order.error} retry={order.refetch} />;
  if (order.isPending)
    return (
      <Page>
        <Skeleton h={400} />
      </Page>
    );
  const { number, supplier, orderedOn, requester, status, total, isReceiptRequired, invoices, receipts } = order.data;
  return (
    <Page>
      <PageHead
        title={`Order ${number}`}
        back={{ to: '/purchase-orders', label: 'Purchase orders' }}
        lead={
          <>
            <Anchor component={Link} to="/suppliers/$supplierId" params={{ supplierId: supplier.id } as never} underline="always">
              {supplier.name}
            </Anchor>{' '}
            · ordered {sayDay(orderedOn)}
            {requester === null ? '' : ` by ${requester.name}`} ·{' '}
            {isReceiptRequired ? 'paid against goods receipt' : 'paid without goods receipt'}
          </>
        }
        actions={
          <>
            <Amount money={total} fz="xl" fw={650} />
            <StatusBadge status={status} />
          </>
        }
      />
      <Stack gap="xl">
        <section>
          <SectionHead title="Order lines" />
          <OrderLines order={order.data} />
        </section>
        <section>
          <SectionHead title="Goods receipts" note={`${receipts.length}`} />
          <Receipts order={order.data} />
        </section>
        <section>
          <SectionHead title="Invoices" note={`${invoices.length}`} />
          <ListTable
            label="Invoices of this order"
            items={invoices}
            columns={invoiceColumns}
            empty={<Quiet>No invoice names this order yet.</Quiet>}
          />
        </section>
      </Stack>
    </Page>
  );
}

function Receipts({ order }: { readonly order: PurchaseOrderDetail }): ReactNode {
  if (order.receipts.length === 0)
    return (
      <Paper>
        <Quiet>{order.isReceiptRequired ? 'Nothing has arrived yet.' : 'None needed.'}</Quiet>
      </Paper>
    );
  return (
    <Paper>
      <Table>
        <Table.Tbody>
          {order.receipts.map((receipt) => (
            <Table.Tr key={receipt.id}>
              <Table.Td fw={550}>{receipt.number}</Table.Td>
              <Table.Td>{sayDay(receipt.receivedOn)}</Table.Td>
              <Table.Td className="figures" style={{ whiteSpace: 'normal' }}>
                {receipt.lines.map((line) => `${sayFigure(line.quantity)} of line ${line.position}`).join(', ')}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}

function Quiet({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <Text size="sm" c="dimmed" p="md">
      {children}
    </Text>
  );
}
