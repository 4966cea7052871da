import { Badge, Card, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Automation } from '../../src/interfaces/api/contract-automation.ts';
import { automationQuery } from '../api/queries.ts';
import { sayInstant } from '../parts/words.ts';

type System = Automation['systems'][number];

const states: Readonly<Record<System['state'], { readonly color: string; readonly label: string; readonly means: string }>> = {
  working: { color: 'green', label: 'Answers', means: 'It answers' },
  'being-tried': { color: 'amber', label: 'Being tried', means: 'It failed, and is being tried with a single call' },
  'left-alone': {
    color: 'red',
    label: 'Left alone',
    means: 'It failed again and again. Nothing is sent to it for now; Deskhand tries it again by itself',
  },
};

/** The outside systems that were called so far, and whether they answer; nothing where none was called yet. */
export function SystemsList(): ReactNode {
  const systems = useQuery(automationQuery).data?.systems ?? [];
  if (systems.length === 0) return null;
  return (
    <Card withBorder mb="lg" component="section" aria-label="Outside systems">
      <Stack gap="sm">
        {systems.map(({ system, state, since }) => (
          <Group key={system} justify="space-between" gap="md" wrap="nowrap">
            <Stack gap={0} miw={0}>
              <Text fw={500} style={{ overflowWrap: 'anywhere' }}>
                {nameOf(system)}
              </Text>
              <Text size="sm" c="dimmed">
                {states[state].means}, since {sayInstant(since)}.
              </Text>
            </Stack>
            <Badge color={states[state].color} style={{ flexShrink: 0 }}>
              {states[state].label}
            </Badge>
          </Group>
        ))}
      </Stack>
    </Card>
  );
}

function nameOf(system: string): string {
  const names: Readonly<Record<string, string>> = { imap: 'Mail server', bank: 'Bank', 'step-functions': 'AWS Step Functions' };
  return names[system] ?? system.replace(/^callback:/, 'Callbacks to ');
}
