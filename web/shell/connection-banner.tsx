import { Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import { useAway, type Away } from '../api/connection.ts';
import classes from './office-shell.module.css';

const words: Readonly<Record<Away, string>> = {
  server: 'Deskhand does not answer. It may be restarting; this page goes on by itself.',
  database: 'Deskhand’s database is away. It goes on by itself, with what you have entered.',
};

/** Shown while the server or its database is away; goes by itself when it is back. */
export function ConnectionBanner(): ReactNode {
  const away = useAway();
  return (
    <div role="status" aria-live="polite">
      {away !== null && (
        <div className={classes['banner']}>
          <Loader size={14} color="white" />
          {words[away]}
        </div>
      )}
    </div>
  );
}
