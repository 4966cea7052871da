import { Button, Text } from '@mantine/core';
import { IconBuildingStore, IconRepeat } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { SupplierSummary } from '../../src/interfaces/api/contract.ts';
import { itemsOf, suppliersQuery } from '../api/queries.ts';
import { ImportRecords } from '../imports/import-records.tsx';
import { Amount } from '../parts/amount.tsx';
import { Failed } from '../parts/failed.tsx';
import { ListTable, type Column } from '../parts/list-table.tsx';
import { NothingHere } from '../parts/nothing-here.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Page } from '../parts/page.tsx';
import { RowLink } from '../parts/row-link.tsx';

const columns: readonly Column<SupplierSummary>[] = [
  {
    head: 'Supplier',
    cell: (supplier) => (
      <>
        <RowLink to="/suppliers/$supplierId" params={{ supplierId: supplier.id }}>
          {supplier.name}
        </RowLink>
        <Text size="xs" c="dimmed" className="figures">
          {supplier.number}
        </Text>
      </>
    ),
  },
  {
    head: 'VAT number',
    isSecondary: true,
    cell: (supplier) => (
      <Text span size="sm" className="figures">
        {supplier.vatId ?? '–'}
      </Text>
    ),
  },
  {
    head: 'Country',
    isSecondary: true,
    cell: (supplier) => (
      <Text span size="sm">
        {supplier.country}
      </Text>
    ),
  },
  {
    head: 'Terms',
    isSecondary: true,
    cell: (supplier) => (
      <Text span size="sm" c="dimmed">
        {supplier.terms}
      </Text>
    ),
  },
  {
    head: 'Invoices',
    isSecondary: true,
    isRight: true,
    cell: (supplier) => (
      <Text span size="sm" className="figures">
        {supplier.invoices}
      </Text>
    ),
  },
  { head: 'Open', isRight: true, cell: (supplier) => <Amount money={supplier.openAmount} fw={550} /> },
];

export function SuppliersPage(): ReactNode {
  const list = useInfiniteQuery(suppliersQuery());
  return (
    <Page>
      <PageHead
        title="Suppliers"
        lead="Who sends invoices, on what terms, and where their money goes."
        actions={
          <>
            <Button component={Link} to="/agreements" variant="default" leftSection={<IconRepeat size={16} aria-hidden />}>
              Agreements
            </Button>
            <ImportRecords kinds={['suppliers']} />
          </>
        }
      />
      {list.isError && list.data === undefined ? (
        <Failed error={list.error} retry={list.refetch} />
      ) : (
        <ListTable
          label="Suppliers"
          items={itemsOf(list.data)}
          columns={columns}
          isLoading={list.isPending}
          more={list.hasNextPage ? list.fetchNextPage : undefined}
          empty={
            <NothingHere icon={IconBuildingStore} title="No suppliers on file">
              Import them, or let the first invoices put them on file.
            </NothingHere>
          }
        />
      )}
    </Page>
  );
}
