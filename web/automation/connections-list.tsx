import { Badge, Button, Card, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { Automation } from '../../src/interfaces/api/contract-automation.ts';
import { automationQuery } from '../api/queries.ts';
import { plural } from '../parts/words.ts';
import { SwitchForm, type Switch } from './switch-form.tsx';
import { stopAll, switchOf } from './switches.ts';

/** The one button that stops everything; gone while it is stopped, because the banner has the way back. */
export function StopButton(): ReactNode {
  const automation = useQuery(automationQuery).data;
  const [stop, setStop] = useState<Switch | null>(null);
  if (automation === undefined || !automation.mayOperate || automation.isStopped) return null;
  return (
    <>
      <Button color="red" variant="light" onClick={() => setStop(stopAll)}>
        Stop automation …
      </Button>
      <SwitchForm what={stop} close={() => setStop(null)} />
    </>
  );
}

/** Where messages come from, what waits of each, and a pause for each. */
export function ConnectionsList(): ReactNode {
  const automation = useQuery({ ...automationQuery, refetchInterval: 3000 }).data;
  const [chosen, setChosen] = useState<Switch | null>(null);
  if (automation === undefined || automation.connections.length === 0) return null;
  return (
    <Card withBorder mb="lg" component="section" aria-label="Connections">
      <Stack gap="sm">
        {automation.connections.map((connection) => (
          <Group key={connection.id} justify="space-between" gap="md">
            <Stack gap={0} miw={0}>
              <Text fw={500} truncate>
                {connection.name}
              </Text>
              <Text size="sm" c="dimmed">
                {stateOf(connection)}
              </Text>
            </Stack>
            <Group gap="xs">
              {connection.isPaused && <Badge color="amber">Paused</Badge>}
              {automation.mayOperate && (
                <Button size="xs" variant="default" onClick={() => setChosen(switchOf(connection))}>
                  {connection.isPaused ? 'Let it go on …' : 'Pause …'}
                </Button>
              )}
            </Group>
          </Group>
        ))}
      </Stack>
      <SwitchForm what={chosen} close={() => setChosen(null)} />
    </Card>
  );
}

function stateOf({ waiting, lastError, status }: Automation['connections'][number]): string {
  const wait = waiting === 0 ? 'Nothing waits' : `${plural(waiting, 'message or document', 'messages and documents')} in work`;
  return status === 'failing' && lastError !== null ? `${wait}. ${lastError}` : `${wait}.`;
}
