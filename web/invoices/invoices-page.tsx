import { Group, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconFileInvoice, IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { invoicesQuery, itemsOf } from '../api/queries.ts';
import { Failed } from '../parts/failed.tsx';
import { ListTable } from '../parts/list-table.tsx';
import { NothingHere } from '../parts/nothing-here.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Page } from '../parts/page.tsx';
import { invoiceColumns } from './invoice-columns.tsx';

const route = getRouteApi('/office/invoices');

const statuses = [
  { value: 'in-review', label: 'In review' },
  { value: 'awaiting-approval', label: 'Awaiting approval' },
  { value: 'approved', label: 'Approved' },
  { value: 'scheduled', label: 'Scheduled' },
  { value: 'paid', label: 'Paid' },
  { value: 'rejected', label: 'Rejected' },
];

export function InvoicesPage(): ReactNode {
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const list = useInfiniteQuery(invoicesQuery(filter));
  const [typed, setTyped] = useState(filter.q ?? '');
  const search = useDebouncedCallback(
    (q: string) => void navigate({ search: (before) => ({ ...before, q: q.trim() === '' ? undefined : q.trim() }), replace: true }),
    220,
  );
  return (
    <Page>
      <PageHead
        title="Invoices"
        lead={
          filter.figure === undefined
            ? 'All that were read, whatever became of them.'
            : `Those that one of the numbers of ${filter.period ?? 'the period'} counts.`
        }
      />
      <Group mb="md" gap="sm">
        <TextInput
          aria-label="Search invoices"
          placeholder="Supplier or number"
          leftSection={<IconSearch size={16} stroke={1.7} aria-hidden />}
          w={{ base: '100%', xs: 280 }}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            search(event.currentTarget.value);
          }}
        />
        <Select
          aria-label="Status"
          placeholder="Any status"
          clearable
          w={{ base: '100%', xs: 200 }}
          data={statuses}
          value={filter.status ?? null}
          onChange={(status) => void navigate({ search: (before) => ({ ...before, status: status ?? undefined }), replace: true })}
        />
      </Group>
      {list.isError && list.data === undefined ? (
        <Failed error={list.error} retry={list.refetch} />
      ) : (
        <ListTable
          label="Invoices"
          items={itemsOf(list.data)}
          columns={invoiceColumns}
          isLoading={list.isPending}
          more={list.hasNextPage ? list.fetchNextPage : undefined}
          empty={
            filter.q === undefined && filter.status === undefined ? (
              <NothingHere icon={IconFileInvoice} title="No invoices yet">
                Drop one on the inbox, or forward one to your mailbox.
              </NothingHere>
            ) : (
              <NothingHere icon={IconSearch} title="Nothing fits">
                No invoice has this status and these words.
              </NothingHere>
            )
          }
        />
      )}
    </Page>
  );
}
