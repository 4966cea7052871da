import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconMailQuestion } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { TaskSummary } from '../../src/interfaces/api/contract.ts';
import { taskQuestionsQuery } from '../api/queries.ts';
import { AskDialog } from './ask-dialog.tsx';
import { QuestionThread } from './question-thread.tsx';

interface QuestionsPanelProps {
  readonly task: TaskSummary;
  readonly mayDecide: boolean;
}

/** What was asked outside about a task and answered, and the way to ask. Nothing where nobody is asked about it by mail. */
export function QuestionsPanel({ task, mayDecide }: QuestionsPanelProps): ReactNode {
  const [isAsking, setAsking] = useState(false);
  const questions = useQuery(taskQuestionsQuery(task.id)).data;
  if (questions === undefined) return null;
  const { isAskable, sendsMail, items } = questions;
  const mayAsk = isAskable && mayDecide;
  if (items.length === 0 && !mayAsk) return null;
  return (
    <Stack gap="sm" component="section" aria-label="Questions">
      {items.length > 0 && (
        <Title order={3} size="sm" fw={600}>
          Asked outside
        </Title>
      )}
      {items.map((question) => (
        <QuestionThread key={question.id} question={question} choices={task.choices} mayDecide={mayDecide && task.status === 'open'} />
      ))}
      {mayAsk && (
        <Group gap="xs">
          <Button
            size="compact-sm"
            variant="light"
            leftSection={<IconMailQuestion size={14} aria-hidden />}
            onClick={() => setAsking(true)}
          >
            {items.length === 0 ? 'Ask about it…' : 'Ask somebody else…'}
          </Button>
          {items.length === 0 && (
            <Text size="xs" c="dimmed">
              A mail with the facts, to the supplier or a colleague.
            </Text>
          )}
        </Group>
      )}
      {isAsking && <AskDialog taskId={task.id} sendsMail={sendsMail} close={() => setAsking(false)} />}
    </Stack>
  );
}
