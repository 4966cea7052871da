import { Group, Kbd, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

const keys: readonly { readonly where: string; readonly list: readonly (readonly [string, string])[] }[] = [
  {
    where: 'Everywhere',
    list: [
      ['/ or Ctrl K', 'Search and go'],
      ['?', 'This list'],
      ['Esc', 'Close, or leave a field'],
    ],
  },
  {
    where: 'Inbox',
    list: [
      ['j  k', 'Next, previous task'],
      ['Enter', 'Open it'],
      ['a', 'Say yes (asks once more)'],
      ['r', 'Say no (asks once more)'],
    ],
  },
  {
    where: 'Review',
    list: [
      ['Enter', 'Accept the value, go to the next doubt'],
      ['Shift Enter', 'Back to the doubt before'],
      ['Tab', 'Next field, without accepting'],
      ['Click on a word', 'Fill the field with it; Shift adds it'],
      ['Ctrl S', 'Save'],
    ],
  },
];

export function KeysList({ isOpen, close }: { readonly isOpen: boolean; readonly close: () => void }): ReactNode {
  return (
    <Modal opened={isOpen} onClose={close} title="Keys">
      <Stack gap="lg">
        {keys.map(({ where, list }) => (
          <Stack key={where} gap={6}>
            <Text size="xs" c="dimmed" fw={550}>
              {where}
            </Text>
            {list.map(([key, meaning]) => (
              <Group key={key} justify="space-between" wrap="nowrap">
                <Text size="sm">{meaning}</Text>
                <Kbd size="xs" style={{ whiteSpace: 'nowrap' }}>
                  {key}
                </Kbd>
              </Group>
            ))}
          </Stack>
        ))}
      </Stack>
    </Modal>
  );
}
