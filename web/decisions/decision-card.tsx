import { Anchor, Button, Group, List, Paper, Stack, Text } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { TaskSummary } from '../../src/interfaces/api/contract.ts';
import { WhereItStands } from '../holding/where-it-stands.tsx';
import { choicesOf, correction, isCorrectable, type Choice } from './choices.ts';
import { DecisionForm } from './decision-form.tsx';
import { Decided } from './decided.tsx';
import classes from './decisions.module.css';
import { Differences } from './differences.tsx';
import { QuestionsPanel } from '../questions/questions-panel.tsx';
import { TaskSign } from './task-sign.tsx';
import { useMayDecide } from './use-may-decide.ts';
import { Why } from './why.tsx';

interface DecisionCardProps {
  readonly task: TaskSummary;
  readonly decided: (task: TaskSummary) => void;
  /** Shows where to correct, instead of an answer. */
  readonly correct?: (task: TaskSummary) => void;
  /** The page has said the title already. */
  readonly isUntitled?: boolean;
}

/** One question to a person: what, expected and found, the answers and what each brings about. */
export function DecisionCard({ task, decided, correct, isUntitled = false }: DecisionCardProps): ReactNode {
  const why = (task.facts.why ?? []).filter((reason) => !task.question.includes(reason));
  const other = task.facts.otherInvoiceId;
  const mayDecide = useMayDecide(task);
  return (
    <Paper p="md" className={classes['card'] ?? ''} data-kind={task.kind} data-question component="section" aria-label={task.title}>
      <Stack gap="sm">
        {!isUntitled && (
          <Group gap="xs" wrap="nowrap" align="flex-start">
            <TaskSign task={task} />
            <Text fw={600} pt={3}>
              {task.title}
            </Text>
          </Group>
        )}
        <Text size="sm">{task.question}</Text>
        {why.length > 0 && (
          <List size="sm" spacing={2} c="dimmed">
            {why.map((reason) => (
              <List.Item key={reason}>{reason}</List.Item>
            ))}
          </List>
        )}
        <Differences expected={task.facts.expected} found={task.facts.found} difference={task.facts.difference} />
        {task.kind === 'exception' && task.invoice !== null && <Why invoiceId={task.invoice.id} shows={{ taskId: task.id }} />}
        {other != null && (
          <Anchor component={Link} to="/invoices/$invoiceId" params={{ invoiceId: other } as never} size="sm">
            Look at the other invoice <IconArrowRight size={13} aria-hidden style={{ verticalAlign: '-2px' }} />
          </Anchor>
        )}
        {task.status === 'open' ? <Answers task={task} decided={decided} correct={correct} /> : <Decided task={task} />}
        {task.kind === 'exception' && task.invoice !== null && <QuestionsPanel task={task} mayDecide={mayDecide} />}
        <WhereItStands task={task} />
      </Stack>
    </Paper>
  );
}

interface AnswersProps {
  readonly task: TaskSummary;
  readonly decided: (task: TaskSummary) => void;
  readonly correct?: ((task: TaskSummary) => void) | undefined;
  /** Said above the buttons while nothing is chosen. */
  readonly lead?: ReactNode;
}

/** The buttons of a question; the chosen one opens its second step. */
export function Answers({ task, decided, correct, lead }: AnswersProps): ReactNode {
  const [chosen, setChosen] = useState<Choice | null>(null);
  const mayDecide = useMayDecide(task);
  if (chosen !== null) return <DecisionForm task={task} choice={chosen} cancel={() => setChosen(null)} decided={decided} />;
  if (!mayDecide) {
    return (
      <Text size="sm" c="dimmed">
        Waits for {task.assignee?.name ?? `the ${task.role.replace('-', ' ')}`}.
      </Text>
    );
  }
  const answers = choicesOf(task);
  const isOffered = correct !== undefined && isCorrectable(task) && !task.choices.includes('correct');
  const choices = isOffered ? answers.toSpliced(1, 0, correction) : answers;
  const main = choices.find((choice) => choice.tone === 'yes');
  const choose = (choice: Choice): void => (choice.isCorrection === true && correct !== undefined ? correct(task) : setChosen(choice));
  return (
    <>
      {lead}
      <Group gap="xs">
        {choices.map((choice) => (
          <Button
            key={choice.value}
            variant={choice.tone === 'no' ? 'subtle' : choice === main ? 'filled' : 'default'}
            color={choice.tone === 'no' ? 'red' : undefined}
            title={choice.effect}
            px={14}
            onClick={() => choose(choice)}
          >
            {choice.label}
          </Button>
        ))}
      </Group>
    </>
  );
}
