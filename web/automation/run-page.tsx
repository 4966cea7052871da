import { Alert, Box, DataList, Paper, Skeleton, Stack, Text, Timeline } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconHourglass } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { RunDetail } from '../../src/interfaces/api/contract-runs.ts';
import { runQuery } from '../api/queries.ts';
import { Failed } from '../parts/failed.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Page } from '../parts/page.tsx';
import { StatusBadge } from '../parts/status-badge.tsx';
import { sayInstant } from '../parts/words.ts';
import { RunOrders } from './run-orders.tsx';
import { isOfTheOffice, sayDuration, sayStep, sayWait, sayWorkflow } from './run-words.ts';

/** The path of one run, step by step. */
export function RunPage(): ReactNode {
  const { runId } = useParams({ from: '/office/automation/$runId' });
  const run = useQuery({ ...runQuery(runId), refetchInterval: 3000 });
  if (run.isError && run.data === undefined) return <Failed error={run.error} />;
  return (
    <Page size={820}>
      <PageHead
        title={run.data === undefined ? 'Run' : sayWorkflow(run.data.workflow)}
        lead={
          <Box component="span" className="mono">
            {runId}
          </Box>
        }
        back={{ to: '/automation', label: 'Automation' }}
      />
      {run.data === undefined ? <Skeleton h={240} /> : <Facts run={run.data} />}
    </Page>
  );
}

function Facts({ run }: { readonly run: RunDetail }): ReactNode {
  const steps = run.steps.filter(isOfTheOffice);
  return (
    <Stack gap="lg">
      <Paper p="md">
        <DataList labelWidth={110} gap={6}>
          <DataList.Item>
            <DataList.ItemLabel>Status</DataList.ItemLabel>
            <DataList.ItemValue>
              <StatusBadge status={run.status} />
            </DataList.ItemValue>
          </DataList.Item>
          <DataList.Item>
            <DataList.ItemLabel>Began</DataList.ItemLabel>
            <DataList.ItemValue>{sayInstant(run.startedAt)}</DataList.ItemValue>
          </DataList.Item>
          {run.waitsFor !== null && (
            <DataList.Item>
              <DataList.ItemLabel>Waits for</DataList.ItemLabel>
              <DataList.ItemValue>{sayWait(run.waitsFor.until)}</DataList.ItemValue>
            </DataList.Item>
          )}
        </DataList>
        {run.failure !== null && (
          <Alert color="red" icon={<IconAlertTriangle size={18} />} title="It failed" mt="md">
            {run.failure.message} ({run.failure.code})
          </Alert>
        )}
        <RunOrders run={run} />
      </Paper>
      <Paper p="md">
        <Timeline active={steps.length} bulletSize={22} lineWidth={2}>
          {steps.map((step) => (
            <Timeline.Item
              key={step.position}
              bullet={
                step.failure !== null ? (
                  <IconAlertTriangle size={13} aria-hidden />
                ) : step.endedAt === null ? (
                  <IconHourglass size={13} aria-hidden />
                ) : (
                  <IconCheck size={13} aria-hidden />
                )
              }
              color={step.failure === null ? undefined : 'red'}
              title={sayStep(step.name)}
            >
              <Text size="sm" c="dimmed" className="figures">
                Step {step.position + 1}
                {step.startedAt !== null && `, ${sayInstant(step.startedAt)}`}
                {step.endedAt !== null && step.startedAt !== null && `, ${sayDuration(step.startedAt, step.endedAt)}`}
              </Text>
              {step.failure !== null && (
                <Text size="sm" c="red">
                  {step.failure.message}
                </Text>
              )}
              {step.output !== null && step.output !== undefined && (
                <Box component="details" c="dimmed" fz="xs">
                  <summary>What it left</summary>
                  <span className="mono" style={{ overflowWrap: 'anywhere' }}>
                    {JSON.stringify(step.output)}
                  </span>
                </Box>
              )}
            </Timeline.Item>
          ))}
        </Timeline>
        {steps.length === 0 && <Text c="dimmed">No step has been finished yet.</Text>}
      </Paper>
    </Stack>
  );
}
