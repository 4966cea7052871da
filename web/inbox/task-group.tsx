import { Badge, Checkbox, Paper, Text } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, ReactNode, Ref } from 'react';
import type { TaskSummary } from '../../src/interfaces/api/contract.ts';
import { Decided } from '../decisions/decided.tsx';
import { placeOf } from '../decisions/next-task.ts';
import { TaskSign } from '../decisions/task-sign.tsx';
import { Amount } from '../parts/amount.tsx';
import { TaskDue } from '../parts/task-due.tsx';
import { sayAge } from '../parts/words.ts';
import classes from './task-list.module.css';

interface TaskGroupProps {
  readonly tasks: readonly TaskSummary[];
  readonly selectedId: string | undefined;
  readonly select: (id: string) => void;
  /** Those chosen to be answered together; null while none are being chosen. */
  readonly chosen: ReadonlySet<string> | null;
  readonly choose: (id: string) => void;
}

export function TaskGroup({ tasks, selectedId, select, chosen, choose }: TaskGroupProps): ReactNode {
  return (
    <Paper className={classes['group']}>
      {tasks.map((task) => (
        <TaskRow
          key={task.id}
          task={task}
          isSelected={task.id === selectedId}
          select={select}
          isChosen={chosen === null ? null : chosen.has(task.id)}
          choose={choose}
        />
      ))}
    </Paper>
  );
}

function TaskAnchor({
  children,
  ref,
  ...props
}: AnchorHTMLAttributes<HTMLAnchorElement> & { readonly ref?: Ref<HTMLAnchorElement> }): ReactNode {
  return (
    <a {...props} ref={ref} className={classes['link']}>
      {children}
    </a>
  );
}
const TaskLink = createLink(TaskAnchor);

interface TaskRowProps {
  readonly task: TaskSummary;
  readonly isSelected: boolean;
  readonly select: (id: string) => void;
  readonly isChosen: boolean | null;
  readonly choose: (id: string) => void;
}

function TaskRow({ task, isSelected, select, isChosen, choose }: TaskRowProps): ReactNode {
  const supplier = task.invoice?.supplierName ?? task.message?.sender ?? task.document?.fileName ?? null;
  const mayChoose = isChosen !== null && task.isMine && task.togetherChoices.length > 0;
  return (
    <div className={classes['row']} data-selected={isSelected || undefined}>
      {mayChoose ? (
        <Checkbox
          className={classes['above'] ?? ''}
          aria-label={`Choose ${task.title}`}
          checked={isChosen}
          onChange={() => choose(task.id)}
        />
      ) : (
        <TaskSign task={task} />
      )}
      <div style={{ minWidth: 0 }}>
        <Text size="md" truncate>
          <TaskLink {...placeOf(task)} data-task={task.id} onFocus={() => select(task.id)}>
            {task.title}
          </TaskLink>
        </Text>
        {task.status === 'open' ? (
          <Text size="sm" c="dimmed" lineClamp={2}>
            {supplier !== null && !task.title.includes(supplier) && <>{supplier} · </>}
            {sayWhy(task)}
          </Text>
        ) : (
          <Decided task={task} />
        )}
        {task.status === 'open' && task.answers > 0 && (
          <Badge size="sm" color="green" mt={4} mr={6}>
            {task.answers === 1 ? 'an answer came' : `${task.answers} answers came`}
          </Badge>
        )}
        {task.status === 'open' && !task.isMine && (
          <Badge size="sm" color="gray" mt={4}>
            for {task.assignee?.name ?? `the ${task.role.replace('-', ' ')}`}
          </Badge>
        )}
        {task.status === 'open' && task.isMine && task.isTaken && (
          <Badge size="sm" mt={4}>
            taken by {task.assignee?.name}
          </Badge>
        )}
      </div>
      <div className={classes['amount']}>{task.invoice !== null && <Amount money={task.invoice.gross} fw={600} />}</div>
      <div className={classes['due']}>{task.status === 'open' && <TaskDue task={task} />}</div>
      <Text size="xs" c="dimmed" className={`${classes['age'] ?? ''} figures`} title="Since it was asked">
        {sayAge(task.createdAt)}
      </Text>
    </div>
  );
}

/** The title of an approval is its question already; what one wants to know is why it asks. */
function sayWhy({ kind, question, facts }: TaskSummary): string {
  return (kind === 'approval' ? facts.why?.[0] : undefined) ?? question;
}
