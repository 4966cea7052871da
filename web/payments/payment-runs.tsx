import { Box, Text } from '@mantine/core';
import { IconCash } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { PaymentRunSummary } from '../../src/interfaces/api/contract.ts';
import { itemsOf, paymentRunsQuery } from '../api/queries.ts';
import { Failed } from '../parts/failed.tsx';
import { ListTable, type Column } from '../parts/list-table.tsx';
import { NothingHere } from '../parts/nothing-here.tsx';
import { RowLink } from '../parts/row-link.tsx';
import { StatusBadge } from '../parts/status-badge.tsx';
import { plural, sayInstant, saySums } from '../parts/words.ts';
import { saySettled } from './bank-words.ts';
import { stateOf } from './submission-words.ts';

const columns: readonly Column<PaymentRunSummary>[] = [
  {
    head: 'Payment run',
    cell: (run) => (
      <>
        <RowLink to="/payments/runs/$runId" params={{ runId: run.id }}>
          {plural(run.count, 'payment')}
        </RowLink>
        <Text size="xs" c="dimmed">
          proposed by {run.createdBy.name}, {sayInstant(run.createdAt)}
        </Text>
        <Box hiddenFrom="sm" mt={4}>
          <StatusBadge {...stateOf(run)} />
        </Box>
      </>
    ),
  },
  {
    head: 'Released',
    isSecondary: true,
    cell: (run) => (
      <Text span size="sm" c={run.releasedBy === null ? 'dimmed' : undefined}>
        {run.releasedBy === null ? '–' : `${run.releasedBy.name}${run.releasedAt === null ? '' : `, ${sayInstant(run.releasedAt)}`}`}
      </Text>
    ),
  },
  {
    head: 'Status',
    isSecondary: true,
    cell: (run) => (
      <>
        <StatusBadge {...stateOf(run)} />
        {run.submission !== null && (
          <Text size="xs" c="dimmed" className="figures" mt={2}>
            {saySettled(run) === '' ? `since ${sayInstant(run.submission.since)}` : saySettled(run)}
          </Text>
        )}
      </>
    ),
  },
  {
    head: 'Sum',
    isRight: true,
    cell: (run) => (
      <Text span fw={600} className="figures">
        {saySums(run.totals)}
      </Text>
    ),
  },
];

export function PaymentRuns(): ReactNode {
  const list = useInfiniteQuery(paymentRunsQuery());
  if (list.isError && list.data === undefined) return <Failed error={list.error} retry={list.refetch} />;
  return (
    <ListTable
      label="Payment runs"
      items={itemsOf(list.data)}
      columns={columns}
      isLoading={list.isPending}
      more={list.hasNextPage ? list.fetchNextPage : undefined}
      empty={
        <NothingHere icon={IconCash} title="No payment runs yet">
          Choose scheduled payments and propose the first.
        </NothingHere>
      }
    />
  );
}
