import { Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { TaskSummary } from '../../src/interfaces/api/contract.ts';
import type { Choice } from '../decisions/choices.ts';
import { DecisionForm } from '../decisions/decision-form.tsx';
import { Differences } from '../decisions/differences.tsx';
import { Amount } from '../parts/amount.tsx';

interface QuickDecisionProps {
  readonly task: TaskSummary;
  readonly choice: Choice;
  readonly close: () => void;
}

/** An answer from the list, asked once more with what it brings about. */
export function QuickDecision({ task, choice, close }: QuickDecisionProps): ReactNode {
  return (
    <Modal opened onClose={close} title={task.title} size="lg">
      <Stack gap="sm">
        {task.invoice !== null && (
          <Group justify="space-between">
            <Text>
              {task.invoice.supplierName}{' '}
              <Text span c="dimmed">
                · {task.invoice.number}
              </Text>
            </Text>
            <Amount money={task.invoice.gross} fw={600} fz="lg" />
          </Group>
        )}
        <Text size="sm">{task.question}</Text>
        <Differences expected={task.facts.expected} found={task.facts.found} difference={task.facts.difference} />
        <DecisionForm task={task} choice={choice} cancel={close} decided={close} />
      </Stack>
    </Modal>
  );
}
