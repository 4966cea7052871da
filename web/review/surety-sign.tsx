import { Group, Text, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { suretyLooks, type Surety } from './standing.ts';

interface SuretySignProps {
  readonly surety: Surety;
  readonly reason?: string | undefined;
  readonly isShort?: boolean;
}

/** Icon, word and colour for how sure a value is; the reason on hover. */
export function SuretySign({ surety, reason, isShort = false }: SuretySignProps): ReactNode {
  const { color, icon: Sign, word } = suretyLooks[surety];
  return (
    <Tooltip label={reason ?? word} multiline maw={300} disabled={reason === undefined && !isShort}>
      <Group gap={5} wrap="nowrap" c={`var(--mantine-color-${color}-light-color)`} w={isShort ? 16 : 112}>
        <Sign size={15} stroke={1.9} aria-hidden={!isShort} aria-label={isShort ? word : undefined} style={{ flexShrink: 0 }} />
        {!isShort && (
          <Text size="xs" fw={550} truncate>
            {word}
          </Text>
        )}
      </Group>
    </Tooltip>
  );
}
