import { IconClipboardList } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { itemsOf, purchaseOrdersQuery } from '../api/queries.ts';
import { ImportRecords } from '../imports/import-records.tsx';
import { Failed } from '../parts/failed.tsx';
import { ListTable } from '../parts/list-table.tsx';
import { NothingHere } from '../parts/nothing-here.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Page } from '../parts/page.tsx';
import { purchaseOrderColumns } from './purchase-order-columns.tsx';

export function PurchaseOrdersPage(): ReactNode {
  const list = useInfiniteQuery(purchaseOrdersQuery());
  return (
    <Page>
      <PageHead
        title="Purchase orders"
        lead="What was ordered, what arrived, what was invoiced."
        actions={<ImportRecords kinds={['purchase-orders', 'goods-receipts']} />}
      />
      {list.isError && list.data === undefined ? (
        <Failed error={list.error} retry={list.refetch} />
      ) : (
        <ListTable
          label="Purchase orders"
          items={itemsOf(list.data)}
          columns={purchaseOrderColumns}
          isLoading={list.isPending}
          more={list.hasNextPage ? list.fetchNextPage : undefined}
          empty={
            <NothingHere icon={IconClipboardList} title="No purchase orders">
              Import them from a CSV or JSON file to have invoices compared line by line.
            </NothingHere>
          }
        />
      )}
    </Page>
  );
}
