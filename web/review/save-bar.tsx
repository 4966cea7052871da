import { Button, Group, Kbd, Progress, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { plural } from '../parts/words.ts';
import classes from './review.module.css';
import { focusField } from './use-field-keys.ts';
import type { Review } from './use-review.ts';

interface SaveBarProps {
  readonly review: Review;
  readonly isSaving: boolean;
  readonly save: () => void;
  readonly confirm: () => void;
  readonly hasNext: boolean;
}

/** How many doubts are left, what is not saved yet, and the way on. */
export function SaveBar({ review, isSaving, save, confirm, hasNext }: SaveBarProps): ReactNode {
  const { doubts, openDoubts, changeCount, isEditable } = review;
  useHotkeys([['mod+S', save]], []);
  const first = openDoubts[0];
  const done = doubts.length - openDoubts.length;
  return (
    <div className={classes['bar']}>
      {doubts.length > 0 && (
        <Progress
          value={(done / doubts.length) * 100}
          size={3}
          mb={10}
          color={first === undefined ? 'green' : undefined}
          aria-label="Doubts looked at"
        />
      )}
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text size="sm" c="dimmed" aria-live="polite">
          {doubts.length === 0
            ? 'No doubts.'
            : first === undefined
              ? 'All doubts looked at.'
              : `${done} of ${plural(doubts.length, 'doubt')} looked at.`}
          {changeCount > 0 && ` ${plural(changeCount, 'change')} not saved.`}
        </Text>
        <Group gap="xs" wrap="nowrap">
          {changeCount > 0 && (
            <Button variant="subtle" color="gray" onClick={review.discard} disabled={isSaving}>
              Discard
            </Button>
          )}
          {isEditable && first !== undefined ? (
            <>
              {changeCount > 0 && (
                <Button variant="default" onClick={save} loading={isSaving}>
                  Save
                </Button>
              )}
              <Button onClick={() => focusField(first)} rightSection={<Kbd size="xs">↵</Kbd>}>
                Next doubt
              </Button>
            </>
          ) : (
            <Button onClick={confirm} loading={isSaving} variant={changeCount > 0 || hasNext ? 'filled' : 'default'}>
              {changeCount > 0 ? 'Confirm and go on' : hasNext ? 'Next task' : 'To the inbox'}
            </Button>
          )}
        </Group>
      </Group>
    </div>
  );
}
