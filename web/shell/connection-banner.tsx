import { Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import { useIsConnectionLost } from '../api/connection.ts';
import classes from './office-shell.module.css';

/** Shown while the server is away; goes by itself when it is back. */
export function ConnectionBanner(): ReactNode {
  const isLost = useIsConnectionLost();
  return (
    <div role="status" aria-live="polite">
      {isLost && (
        <div className={classes['banner']}>
          <Loader size={14} color="white" />
          Deskhand does not answer. It may be restarting; this page goes on by itself.
        </div>
      )}
    </div>
  );
}
