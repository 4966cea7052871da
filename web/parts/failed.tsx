import { Button, EmptyState } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { isProblem } from '../api/request.ts';

/** What a page shows when it could not be fetched: what happened and what to do. */
export function Failed({ error, retry }: { readonly error: unknown; readonly retry?: () => unknown }): ReactNode {
  const problem = isProblem(error) ? error.problem : undefined;
  return (
    <EmptyState
      py={64}
      icon={<IconPlugConnectedX size={28} stroke={1.5} aria-hidden />}
      withIndicatorBackground
      title={problem?.title ?? 'This page could not be shown'}
      description={problem?.detail ?? 'Try again; if it stays like this, reload the page.'}
    >
      {retry !== undefined && (
        <EmptyState.Actions>
          <Button variant="default" onClick={() => void retry()}>
            Try again
          </Button>
        </EmptyState.Actions>
      )}
    </EmptyState>
  );
}
