import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, type ReactNode, type RefObject } from 'react';
import { plural } from '../parts/words.ts';

/** Whether something would be lost now. Saving lets go at once, before the page is drawn anew. */
export function useUnsaved(changeCount: number): { readonly isUnsaved: RefObject<boolean>; readonly letGo: () => void } {
  const isUnsaved = useRef(false);
  useEffect(() => {
    isUnsaved.current = changeCount > 0;
  }, [changeCount]);
  const letGo = useCallback(() => {
    isUnsaved.current = false;
  }, []);
  return { isUnsaved, letGo };
}

interface UnsavedGuardProps {
  readonly isUnsaved: RefObject<boolean>;
  readonly changeCount: number;
}

/** Asks before changes are left behind. */
export function UnsavedGuard({ isUnsaved, changeCount }: UnsavedGuardProps): ReactNode {
  const leaving = useBlocker({
    shouldBlockFn: ({ current, next }) => isUnsaved.current && current.pathname !== next.pathname,
    enableBeforeUnload: () => isUnsaved.current,
    withResolver: true,
  });
  return (
    <Modal opened={leaving.status === 'blocked'} onClose={() => leaving.reset?.()} title="Leave without saving?">
      <Stack>
        <Text size="sm">{plural(changeCount, 'change')} on this invoice would be lost.</Text>
        <Group justify="flex-end">
          <Button variant="subtle" color="red" onClick={() => leaving.proceed?.()}>
            Leave
          </Button>
          <Button data-autofocus onClick={() => leaving.reset?.()}>
            Stay
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
