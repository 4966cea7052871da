import { SegmentedControl, Text } from '@mantine/core';
import { IconRobot } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { WorkflowRun } from '../../src/interfaces/api/contract-runs.ts';
import { runsQuery, type RunView } from '../api/queries.ts';
import { useMay } from '../api/rights.ts';
import { Failed } from '../parts/failed.tsx';
import { ListTable, type Column } from '../parts/list-table.tsx';
import { NothingHere } from '../parts/nothing-here.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Page } from '../parts/page.tsx';
import { RowLink } from '../parts/row-link.tsx';
import { StatusBadge } from '../parts/status-badge.tsx';
import { sayInstant } from '../parts/words.ts';
import { ConnectionsList, StopButton } from './connections-list.tsx';
import { sayDuration, sayWait, sayWorkflow } from './run-words.ts';
import { SystemsList } from './systems-list.tsx';

const views: readonly { readonly value: RunView; readonly label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'running', label: 'Running' },
  { value: 'waiting', label: 'Waiting' },
  { value: 'failed', label: 'Failed' },
  { value: 'cancelled', label: 'Cancelled' },
];

const columns: readonly Column<WorkflowRun & { readonly id: string }>[] = [
  {
    head: 'Run',
    cell: (run) => (
      <>
        <RowLink to="/automation/$runId" params={{ runId: run.workflowId }}>
          {sayWorkflow(run.workflow)}
        </RowLink>
        <Text size="xs" c="dimmed" className="mono" truncate maw={{ base: 165, sm: 320 }}>
          {run.workflowId}
        </Text>
      </>
    ),
  },
  { head: 'Status', cell: (run) => <StatusBadge status={run.status} />, width: 150 },
  {
    head: 'Waits for, or what went wrong',
    isSecondary: true,
    cell: (run) => (
      <Text size="sm" c="dimmed">
        {run.failure?.message ?? (run.waitsFor === null ? '' : sayWait(run.waitsFor.until))}
      </Text>
    ),
  },
  { head: 'Began', isSecondary: true, cell: (run) => <Text size="sm">{sayInstant(run.startedAt)}</Text>, width: 150 },
  {
    head: 'Took',
    isRight: true,
    isSecondary: true,
    cell: (run) => <span className="figures">{sayDuration(run.startedAt, run.endedAt)}</span>,
    width: 90,
  },
];

/** What comes in and whether it stands still, for everybody; each run, for whoever operates the automation. */
export function AutomationPage(): ReactNode {
  const mayOperate = useMay('automation:operate');
  return (
    <Page>
      <PageHead
        title="Automation"
        lead="Everything that goes on by itself, and what each piece of work waits for."
        actions={<StopButton />}
      />
      <ConnectionsList />
      <SystemsList />
      {mayOperate ? (
        <Runs />
      ) : (
        <Text size="sm" c="dimmed">
          A controller or an administrator sees each run here, and can stop what goes on by itself.
        </Text>
      )}
    </Page>
  );
}

function Runs(): ReactNode {
  const { status } = useSearch({ from: '/office/automation' });
  const navigate = useNavigate();
  const view = status ?? 'all';
  const runs = useQuery({ ...runsQuery(view), refetchInterval: 3000 });
  return (
    <>
      <SegmentedControl
        mb="md"
        aria-label="Which runs"
        data={[...views]}
        value={view}
        onChange={(value) => void navigate({ to: '/automation', search: { status: value === 'all' ? undefined : (value as RunView) } })}
      />
      {runs.isError && runs.data === undefined ? (
        <Failed error={runs.error} />
      ) : (
        <ListTable
          label="Runs"
          items={(runs.data?.items ?? []).map((run) => ({ ...run, id: run.workflowId }))}
          columns={columns}
          isLoading={runs.isPending}
          empty={
            <NothingHere icon={IconRobot} title="No such run">
              Nothing is in this state right now.
            </NothingHere>
          }
        />
      )}
    </>
  );
}
