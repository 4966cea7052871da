import { Alert, Button, Group, Text } from '@mantine/core';
import { IconPlayerPause } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { Automation } from '../../src/interfaces/api/contract-automation.ts';
import { automationQuery } from '../api/queries.ts';
import { sayInstant } from '../parts/words.ts';
import { SwitchForm, type Switch } from './switch-form.tsx';
import { resumeOf } from './switches.ts';

/** On top of every screen while the organization or the installation stands still: why, by whom, and how it goes on. */
export function StopBanner(): ReactNode {
  const automation = useQuery(automationQuery).data;
  const [resume, setResume] = useState<Switch | null>(null);
  const pauses = automation?.isStopped === true ? automation.pauses.filter(isWide) : [];
  return (
    <div role="status" aria-live="polite">
      {pauses.map((pause) => (
        <Alert key={pause.id} color="amber" radius={0} icon={<IconPlayerPause aria-hidden />} title={titleOf(pause)}>
          <Group justify="space-between" gap="md">
            <Text size="sm">
              {pause.reason} {pause.pausedBy.name}, {sayInstant(pause.pausedAt)}. People go on: what you decide is recorded and takes effect
              afterwards.
            </Text>
            {automation?.mayOperate === true && (
              <Button size="xs" variant="default" onClick={() => setResume(resumeOf(pause))}>
                Let it go on …
              </Button>
            )}
          </Group>
        </Alert>
      ))}
      <SwitchForm what={resume} close={() => setResume(null)} />
    </div>
  );
}

function isWide({ scope }: Automation['pauses'][number]): boolean {
  return scope === 'organization' || scope === 'installation';
}

function titleOf({ scope }: Automation['pauses'][number]): string {
  return scope === 'installation' ? 'Automation is stopped for everybody here' : 'Automation is stopped';
}
