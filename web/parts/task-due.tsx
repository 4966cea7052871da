import { Text, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconClockExclamation, IconHourglass } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { TaskSummary } from '../../src/interfaces/api/contract.ts';
import { Due } from './due.tsx';
import { plural, sayInstant } from './words.ts';

type Time = NonNullable<TaskSummary['time']>;

const mark = { verticalAlign: '-2px', marginRight: 4 } as const;

/** When a task is due, in business days of whoever has it; overdue, likely late and waiting have a sign of their own. */
export function TaskDue({ task }: { readonly task: TaskSummary }): ReactNode {
  const { time } = task;
  if (time === null) return <Due day={task.dueOn} />;
  const isLate = time.state === 'overdue';
  const isRisky = isLikelyLate(time);
  const Sign = isLate ? IconAlertTriangle : isRisky ? IconClockExclamation : time.state === 'paused' ? IconHourglass : null;
  return (
    <Tooltip label={explain(time)} multiline maw={300}>
      <Text span size="sm" className="figures" c={isLate || isRisky ? 'var(--mantine-color-error)' : 'dimmed'}>
        {Sign !== null && <Sign size={13} aria-hidden style={mark} />}
        {sayTaskDue(time)}
        {isRisky && ', likely late'}
      </Text>
    </Tooltip>
  );
}

export function isLikelyLate(time: Time): boolean {
  return time.state !== 'overdue' && time.lateness?.kind === 'predicted' && time.lateness.isLikelyLate;
}

function sayTaskDue({ state, businessDaysLeft }: Time): string {
  if (state === 'paused') return 'clock stands';
  if (state === 'overdue')
    return businessDaysLeft === 0 ? 'overdue since today' : `overdue by ${plural(-businessDaysLeft, 'business day')}`;
  if (state === 'due-today' || businessDaysLeft === 0) return 'due today';
  return businessDaysLeft === 1 ? 'due next business day' : `due in ${businessDaysLeft} business days`;
}

function explain(time: Time): string {
  const due = `Due ${sayInstant(time.dueAt)}.`;
  const handed =
    time.escalationLevel === 0 ? '' : ` Handed up ${time.escalationLevel === 1 ? 'once' : plural(time.escalationLevel, 'time')}.`;
  return `${due}${handed}${sayLateness(time)}`;
}

function sayLateness({ lateness }: Time): string {
  if (lateness === null) return '';
  if (lateness.kind === 'not-enough-history') return ` Whether it will be late: not enough history (${lateness.has} of ${lateness.needs}).`;
  const { probability, basedOn, medianMs } = lateness;
  const hours = Math.round(medianMs / 360_000) / 10;
  return ` ${Math.round(probability * 100)} % of comparable tasks were late (of ${basedOn}; half were decided within ${hours} working hours).`;
}
