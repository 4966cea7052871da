import { Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { TaskSummary } from '../../src/interfaces/api/contract.ts';
import { StatusBadge } from '../parts/status-badge.tsx';
import { sayInstant } from '../parts/words.ts';
import { choicesOf } from './choices.ts';

/** Afterwards: who did what when. */
export function Decided({ task }: { readonly task: TaskSummary }): ReactNode {
  const answer = choicesOf(task).find((choice) => choice.value === task.decision)?.label ?? task.decision;
  return (
    <Stack gap={4}>
      <Group gap="xs">
        <StatusBadge status={task.status} label={answer ?? 'No longer asked'} />
        <Text size="sm" c="dimmed">
          {task.decidedBy === null
            ? 'The question was taken back.'
            : `${task.decidedBy.name}${task.decidedAt === null ? '' : `, ${sayInstant(task.decidedAt)}`}`}
        </Text>
      </Group>
      {task.note !== null && <Text size="sm">“{task.note}”</Text>}
    </Stack>
  );
}
