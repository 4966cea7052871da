import { SimpleGrid, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './decisions.module.css';

interface DifferencesProps {
  readonly expected?: string | null | undefined;
  readonly found?: string | null | undefined;
  readonly difference?: string | null | undefined;
}

/** Expected, found, difference, side by side. */
export function Differences({ expected, found, difference }: DifferencesProps): ReactNode {
  const shown = [
    ['Expected', expected],
    ['Found', found],
    ['Difference', difference],
  ].filter((pair): pair is [string, string] => pair[1] != null);
  if (shown.length === 0) return null;
  return (
    <SimpleGrid cols={shown.length} spacing={0} className={classes['differences'] ?? ''} component="dl" m={0}>
      {shown.map(([label, value]) => (
        <div key={label} className={classes['difference']}>
          <Text component="dt" size="xs" c="dimmed">
            {label}
          </Text>
          <Text component="dd" m={0} fw={600} className={classes['value'] ?? ''}>
            {value}
          </Text>
        </div>
      ))}
    </SimpleGrid>
  );
}
