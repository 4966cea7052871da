import { useHotkeys } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { TaskSummary } from '../../src/interfaces/api/contract.ts';
import type { Choice } from '../decisions/choices.ts';
import { choiceOfTone } from '../decisions/decision-form.tsx';
import { placeOf } from '../decisions/next-task.ts';

interface InboxKeys {
  readonly selected: TaskSummary | undefined;
  readonly select: (id: string) => void;
}

/** Keys as in mail programs. Focus follows the selection, so that a screen reader says where one is. */
export function useInboxKeys(tasks: readonly TaskSummary[], ask: (task: TaskSummary, choice: Choice) => void, isOn: boolean): InboxKeys {
  const [selectedId, select] = useState<string>();
  const navigate = useNavigate();
  const at = tasks.findIndex((task) => task.id === selectedId);
  const selected = tasks[at];
  const move = (step: number): void => {
    const next = tasks[Math.min(tasks.length - 1, Math.max(0, at + step))];
    if (!isOn || next === undefined) return;
    select(next.id);
    document.querySelector<HTMLElement>(`[data-task="${next.id}"]`)?.focus();
  };
  const answer = (tone: 'yes' | 'no'): void => {
    const choice = selected?.isMine === true && selected.status === 'open' ? choiceOfTone(selected, tone) : undefined;
    if (isOn && selected !== undefined && choice !== undefined) ask(selected, choice);
  };
  useHotkeys([
    ['j', () => move(1)],
    ['k', () => move(-1)],
    ['ArrowDown', () => at >= 0 && move(1)],
    ['ArrowUp', () => at >= 0 && move(-1)],
    [
      'Enter',
      () => isOn && selected !== undefined && document.activeElement === document.body && void navigate(placeOf(selected)),
      { preventDefault: false },
    ],
    ['a', () => answer('yes')],
    ['r', () => answer('no')],
  ]);
  return { selected, select };
}
