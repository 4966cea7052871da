import { Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { TaskSummary } from '../../src/interfaces/api/contract.ts';
import { TaskDue } from '../parts/task-due.tsx';
import { sayInstant } from '../parts/words.ts';
import { HolderActions } from './holder-actions.tsx';

/** What an open task waits for, whom, since and until when, what happens then; and who has it. */
export function WhereItStands({ task }: { readonly task: TaskSummary }): ReactNode {
  const { wait, assignee, isTaken, standIn } = task;
  if (task.status !== 'open' || wait === null) return null;
  return (
    <Stack gap={6} data-wait>
      <Group gap="xs" justify="space-between">
        <Text size="xs" c="dimmed">
          Waits for {wait.whom} ({wait.what}) since {sayInstant(wait.since)}. {wait.until !== null && `${sayInstant(wait.until)}: `}
          {wait.next}
        </Text>
        <TaskDue task={task} />
      </Group>
      {assignee !== null && (isTaken || standIn !== null) && (
        <Text size="xs" c="dimmed">
          {isTaken ? `${assignee.name} has taken it. ` : ''}
          {standIn === null ? '' : `${standIn.name} stands in for ${assignee.name} today.`}
        </Text>
      )}
      <HolderActions task={task} />
    </Stack>
  );
}
