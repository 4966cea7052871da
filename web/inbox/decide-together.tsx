import { Alert, Button, Group, List, Modal, Paper, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { TasksDecisionBody, TasksOutcome } from '../../src/interfaces/api/contract-tasks.ts';
import type { TaskSummary } from '../../src/interfaces/api/contract.ts';
import { decide } from '../api/request.ts';
import { choicesOf, type Choice } from '../decisions/choices.ts';
import { sayDone } from '../parts/notify.tsx';
import { plural, saySums, sumByCurrency } from '../parts/words.ts';
import classes from './task-list.module.css';

interface DecideTogetherProps {
  readonly tasks: readonly TaskSummary[];
  readonly clear: () => void;
}

/** Under the thumb while several tasks are chosen: how many, what they come to, and the answers that all of them know. */
export function DecideTogether({ tasks, clear }: DecideTogetherProps): ReactNode {
  const [choice, setChoice] = useState<Choice | null>(null);
  const [first] = tasks;
  const answers =
    first === undefined ? [] : choicesOf(first).filter(({ value }) => tasks.every((task) => task.togetherChoices.includes(value)));
  return (
    <Paper p="sm" px="md" shadow="md" className={classes['together'] ?? ''} aria-label="Chosen tasks" component="section">
      <Group justify="space-between">
        <Text aria-live="polite">
          <Text span fw={600} className="figures">
            {plural(tasks.length, 'task')}, {saySums(sumOf(tasks))}
          </Text>
        </Text>
        <Group gap="xs">
          {answers.map((answer) => (
            <Button
              key={answer.value}
              variant={answer.tone === 'yes' ? 'filled' : 'default'}
              color={answer.tone === 'no' ? 'red' : undefined}
              onClick={() => setChoice(answer)}
            >
              {answer.label}
            </Button>
          ))}
          {answers.length === 0 && (
            <Text size="sm" c="dimmed">
              {tasks.length === 0 ? 'Choose tasks to answer together.' : 'They have no answer in common.'}
            </Text>
          )}
          <Button variant="subtle" onClick={clear}>
            Cancel
          </Button>
        </Group>
      </Group>
      {choice !== null && <Confirm tasks={tasks} choice={choice} close={() => setChoice(null)} done={clear} />}
    </Paper>
  );
}

/** Each invoice once. */
function sumOf(tasks: readonly TaskSummary[]): TasksDecisionBody['sums'] {
  const invoices = new Map(tasks.flatMap(({ invoice }) => (invoice?.gross == null ? [] : [[invoice.id, invoice.gross] as const])));
  return sumByCurrency([...invoices.values()]);
}

interface ConfirmProps {
  readonly tasks: readonly TaskSummary[];
  readonly choice: Choice;
  readonly close: () => void;
  readonly done: () => void;
}

function Confirm({ tasks, choice, close, done }: ConfirmProps): ReactNode {
  const client = useQueryClient();
  const [note, setNote] = useState('');
  const [isAll, setIsAll] = useState(false);
  const answer = useMutation({
    mutationFn: () => {
      const body: TasksDecisionBody = {
        taskIds: tasks.map((task) => task.id),
        decision: choice.value,
        mode: isAll ? 'all' : 'each',
        sums: sumOf(tasks),
        ...(note.trim() === '' ? {} : { note: note.trim() }),
      };
      return decide<TasksOutcome>('/v1/tasks/decide', body);
    },
    onSuccess: ({ results }) => {
      if (results.some(({ outcome }) => outcome !== 'decided')) return;
      sayDone(plural(results.length, 'task'), choice.label);
      done();
    },
    onSettled: () => {
      for (const noun of ['tasks', 'invoices', 'overview', 'payments', 'messages']) void client.invalidateQueries({ queryKey: [noun] });
    },
  });
  return (
    <Modal
      opened
      onClose={answer.isSuccess ? done : close}
      title={`${choice.label}: ${plural(tasks.length, 'task')}, ${saySums(sumOf(tasks))}`}
      size="lg"
    >
      <Stack gap="sm">
        {answer.data === undefined ? (
          <>
            <List size="sm">
              {tasks.map((task) => (
                <List.Item key={task.id}>{task.title}</List.Item>
              ))}
            </List>
            <TextInput label="Note (optional)" maxLength={2000} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
            <Switch
              label="All or none"
              description="If one can not be decided, none is."
              checked={isAll}
              onChange={(event) => setIsAll(event.currentTarget.checked)}
            />
            <Group gap="xs">
              <Button
                data-autofocus
                color={choice.tone === 'no' ? 'red' : undefined}
                loading={answer.isPending}
                onClick={() => answer.mutate()}
              >
                {choice.label}
              </Button>
              <Button variant="default" onClick={close} disabled={answer.isPending}>
                Back
              </Button>
            </Group>
          </>
        ) : (
          <Report tasks={tasks} outcome={answer.data} close={done} />
        )}
      </Stack>
    </Modal>
  );
}

/** What became of each, when not all of them went through. */
function Report({
  tasks,
  outcome,
  close,
}: {
  readonly tasks: readonly TaskSummary[];
  readonly outcome: TasksOutcome;
  readonly close: () => void;
}): ReactNode {
  const { results } = outcome;
  const titleOf = (id: string): string => tasks.find((task) => task.id === id)?.title ?? id;
  const decided = results.filter((result) => result.outcome === 'decided').length;
  return (
    <>
      <Alert color={decided === 0 ? 'red' : 'yellow'} title={`${decided} of ${results.length} decided`}>
        {decided === 0 ? 'Nothing was changed.' : 'The others still wait.'}
      </Alert>
      <List size="sm">
        {results
          .filter((result) => result.outcome === 'refused')
          .map((result) => (
            <List.Item key={result.taskId}>
              {titleOf(result.taskId)}: {result.detail}
            </List.Item>
          ))}
      </List>
      <Group>
        <Button onClick={close}>Close</Button>
      </Group>
    </>
  );
}
