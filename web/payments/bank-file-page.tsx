import { Box, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { BankEntry } from '../../src/interfaces/api/contract.ts';
import { bankFileQuery } from '../api/queries.ts';
import { Amount } from '../parts/amount.tsx';
import { Failed } from '../parts/failed.tsx';
import { ListTable, type Column } from '../parts/list-table.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Page } from '../parts/page.tsx';
import { RowLink } from '../parts/row-link.tsx';
import { StatusBadge } from '../parts/status-badge.tsx';
import { sayDay, sayIban, sayInstant } from '../parts/words.ts';
import { SectionHead } from '../review/fields-panel.tsx';
import { outcomeOf, sayKind, saySummary } from './bank-words.ts';
import { RunQuestions } from './run-standing.tsx';

const route = getRouteApi('/office/payments/bank/$fileId');

const columns: readonly Column<BankEntry>[] = [
  {
    head: 'Movement',
    cell: (entry) => (
      <>
        {entry.paymentRunId === null ? (
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {nameOf(entry)}
          </Text>
        ) : (
          <RowLink to="/payments/runs/$runId" params={{ runId: entry.paymentRunId }}>
            {nameOf(entry)}
          </RowLink>
        )}
        <Text size="xs" c="dimmed" className="figures" visibleFrom="sm">
          {sayDay(entry.bookedOn)}
          {entry.account === null ? '' : `, ${sayIban(entry.account)}`}
        </Text>
        <Text size="xs" c="dimmed" hiddenFrom="sm">
          {sayDay(entry.bookedOn)}
          {entry.account === null ? '' : `, account …${entry.account.slice(-4)}`}
        </Text>
        <Box hiddenFrom="sm" mt={4}>
          <StatusBadge {...outcomeOf(entry.outcome)} />
        </Box>
      </>
    ),
  },
  {
    head: 'Found',
    isSecondary: true,
    cell: (entry) => (
      <>
        <StatusBadge {...outcomeOf(entry.outcome)} />
        <Text size="xs" c="dimmed" mt={4}>
          {entry.finding}
        </Text>
      </>
    ),
  },
  {
    head: 'Amount',
    isRight: true,
    cell: (entry) => (
      <Amount money={entry.direction === 'debit' ? { ...entry.amount, amount: `-${entry.amount.amount}` } : entry.amount} fw={600} />
    ),
  },
];

/** One file of the bank: each movement, and what it was held against. */
export function BankFilePage(): ReactNode {
  const { fileId } = route.useParams();
  const query = useQuery(bankFileQuery(fileId));
  if (query.isError && query.data === undefined) return <Failed error={query.error} retry={query.refetch} />;
  if (query.isPending)
    return (
      <Page size={980}>
        <Skeleton h={380} />
      </Page>
    );
  const file = query.data;
  return (
    <Page size={980}>
      <PageHead
        title={`${sayKind(file.kind)}: ${saySummary(file.summary)}`}
        back={{ to: '/payments', label: 'Payments' }}
        lead={
          <>
            {file.fileName}, handed in by {file.importedBy.name}, {sayInstant(file.importedAt)}
          </>
        }
      />
      <Stack gap="xl">
        <RunQuestions questions={file.questions} />
        {file.kind !== 'payment-status' && (
          <section>
            <SectionHead title="Movements" note={`${file.entries.length}`} />
            <ListTable
              label="Movements of this file"
              items={file.entries}
              columns={columns}
              empty={<Text p="md">No movement that was not known before.</Text>}
            />
          </section>
        )}
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {file.format}, message {file.messageId}. SHA-256 of the file: <span className="mono">{file.sha256}</span>
        </Text>
      </Stack>
    </Page>
  );
}

function nameOf({ counterparty, text, direction }: BankEntry): string {
  if (counterparty !== null) return counterparty;
  if (text !== '') return text;
  return direction === 'debit' ? 'Money out' : 'Money in';
}
