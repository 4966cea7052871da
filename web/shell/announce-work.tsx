import { VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef, type ReactNode } from 'react';
import { overviewQuery } from '../api/queries.ts';
import { plural } from '../parts/words.ts';

/** Tells a screen reader when new work arrives. */
export function AnnounceWork(): ReactNode {
  const mine = useQuery(overviewQuery).data?.openTasks.mine;
  const before = useRef<number | undefined>(undefined);
  const words = useRef('');
  if (mine !== undefined && before.current !== undefined && mine > before.current) {
    words.current = `${plural(mine - before.current, 'new task')}. ${plural(mine, 'task')} waiting for you.`;
  }
  before.current = mine ?? before.current;
  return (
    <VisuallyHidden role="status" aria-live="polite">
      {words.current}
    </VisuallyHidden>
  );
}
