import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** The mark and the name. */
export function Brand({ isShort = false }: { readonly isShort?: boolean }): ReactNode {
  return (
    <Group gap={9} wrap="nowrap">
      <img src="/favicon.svg" alt={isShort ? 'Deskhand' : ''} width={26} height={26} />
      {!isShort && (
        <Text fw={650} fz="1rem" lts="-0.01em">
          Deskhand
        </Text>
      )}
    </Group>
  );
}
