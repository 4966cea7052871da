import { Alert, List, Skeleton, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { PaymentRunDetail } from '../../src/interfaces/api/contract.ts';
import { paymentRunQuery } from '../api/queries.ts';
import { Failed } from '../parts/failed.tsx';
import { ListTable } from '../parts/list-table.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Page } from '../parts/page.tsx';
import { StatusBadge } from '../parts/status-badge.tsx';
import { plural, sayInstant, saySums } from '../parts/words.ts';
import { SectionHead } from '../review/fields-panel.tsx';
import { paymentColumns } from './payment-columns.tsx';
import { RemittanceAdvices } from './remittance-advices.tsx';
import { RunActions } from './run-actions.tsx';
import { RunQuestions, RunStanding } from './run-standing.tsx';
import { RunWay } from './run-way.tsx';
import { saySettled } from './bank-words.ts';
import { stateOf } from './submission-words.ts';

const route = getRouteApi('/office/payments/runs/$runId');

function noteOf(run: PaymentRunDetail): string {
  if (run.status === 'cancelled') return `${run.payments.length}, scheduled again`;
  const settled = saySettled(run);
  return settled === '' ? `${run.payments.length}` : `${run.payments.length}, ${settled}`;
}

function saySignedWith({ kind, name }: NonNullable<PaymentRunDetail['signedWith']>): string {
  return kind === 'passkey' ? `signed with the passkey “${name}”` : `with a code of the authenticator app “${name}”`;
}

export function PaymentRunPage(): ReactNode {
  const { runId } = route.useParams();
  const query = useQuery(paymentRunQuery(runId));
  if (query.isError && query.data === undefined) return <Failed error={query.error} retry={query.refetch} />;
  if (query.isPending)
    return (
      <Page size={980}>
        <Skeleton h={380} />
      </Page>
    );
  const run = query.data;
  return (
    <Page size={980}>
      <PageHead
        title={`${plural(run.count, 'payment')}, ${saySums(run.totals)}`}
        back={{ to: '/payments', label: 'Payments' }}
        lead={
          <>
            Proposed by {run.createdBy.name}, {sayInstant(run.createdAt)}
            {run.releasedBy !== null &&
              ` · released by ${run.releasedBy.name}${run.releasedAt === null ? '' : `, ${sayInstant(run.releasedAt)}`}`}
            {run.signedWith !== null && `, ${saySignedWith(run.signedWith)}`}
          </>
        }
        actions={<StatusBadge {...stateOf(run)} />}
      />
      <Stack gap="xl">
        {run.status === 'proposed' && run.obstacles.length > 0 && (
          <Alert color="amber" icon={<IconAlertTriangle size={17} />} title="It cannot be released as it stands">
            <List size="sm" spacing={3}>
              {run.obstacles.map((obstacle) => (
                <List.Item key={obstacle}>{obstacle}</List.Item>
              ))}
            </List>
          </Alert>
        )}
        {run.submission !== null && <RunStanding submission={run.submission} />}
        <RunQuestions questions={run.questions} />
        <RunActions run={run} />
        <section>
          <SectionHead title="Its way so far" />
          <RunWay run={run} />
        </section>
        <section>
          <SectionHead title="Payments" note={noteOf(run)} />
          <ListTable label="Payments of this run" items={run.payments} columns={paymentColumns} empty={<Text p="md">No payments.</Text>} />
        </section>
        {run.status === 'released' && <RemittanceAdvices runId={run.id} />}
        {run.fileSha256 !== null && (
          <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            SHA-256 of the bank file: <span className="mono">{run.fileSha256}</span>
            {run.digest !== null && (
              <>
                <br />
                Digest of what was released: <span className="mono">{run.digest}</span>
              </>
            )}
          </Text>
        )}
      </Stack>
    </Page>
  );
}
