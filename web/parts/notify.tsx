import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { isAway, isProblem } from '../api/request.ts';

/** Says that something was done. */
export function sayDone(message: string, title?: string): void {
  notifications.show({ title, message, color: 'green', icon: <IconCheck size={16} aria-hidden />, autoClose: 4_000 });
}

/** Says what went wrong and what to do, in the server's words. A lost connection has its own banner. */
export function sayProblem(error: unknown): void {
  const problem = isProblem(error) ? error.problem : undefined;
  if (isAway(error) || problem?.status === 401) return;
  const faults = problem?.errors?.map((fault) => fault.detail).join(' ') ?? '';
  notifications.show({
    title: problem?.title ?? 'That did not work',
    message: [problem?.detail ?? 'Try again; if it stays like this, reload the page.', faults].join(' ').trim(),
    color: 'red',
    icon: <IconAlertTriangle size={16} aria-hidden />,
    autoClose: 10_000,
  });
}
