import { Badge, Group, Paper, Select, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { PolicyListView } from '../../src/interfaces/api/contract-policies.ts';
import { policiesQuery, policyQuery } from '../api/queries.ts';
import { Failed } from '../parts/failed.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Page } from '../parts/page.tsx';
import { sayDay } from '../parts/words.ts';
import { BacktestPanel } from './backtest-panel.tsx';
import { SwitchOn } from './switch-on.tsx';
import { VersionEditor } from './version-editor.tsx';

const route = getRouteApi('/office/policy');
type Version = PolicyListView['items'][number];
const stateWords = { active: 'decides now', planned: 'will decide', past: 'decided before', draft: 'not switched on' } as const;

/** The tables by which the office decides: their versions, what a version says, and what it would have changed. */
export function PolicyPage(): ReactNode {
  const list = useQuery(policiesQuery);
  const { version } = route.useSearch();
  const navigate = useNavigate();
  const items = list.data?.items ?? [];
  const shown = version ?? items.find(({ state }) => state === 'active')?.version;
  if (list.isError && list.data === undefined) return <Failed error={list.error} retry={list.refetch} />;
  return (
    <Page>
      <PageHead
        title="Policy"
        lead="Who approves what, and how far a price may differ. A new version decides once a second person switches it on."
      />
      <Stack gap="lg">
        <Select
          label="Version"
          maw={460}
          allowDeselect={false}
          data={items.map((item) => ({ value: String(item.version), label: sayVersion(item) }))}
          value={shown === undefined ? null : String(shown)}
          onChange={(chosen) => void navigate({ to: '/policy', search: { version: Number(chosen) } })}
        />
        {shown === undefined ? <Skeleton h={300} /> : <Shown key={shown} version={shown} mayEdit={list.data?.mayEdit ?? false} />}
      </Stack>
    </Page>
  );
}

function Shown({ version, mayEdit }: { readonly version: number; readonly mayEdit: boolean }): ReactNode {
  const detail = useQuery(policyQuery(version));
  if (detail.isError && detail.data === undefined) return <Failed error={detail.error} retry={detail.refetch} />;
  if (detail.data === undefined) return <Skeleton h={300} />;
  const { name, author, activatedBy, effectiveOn, note, state } = detail.data;
  return (
    <Stack gap="lg">
      <Paper p="md">
        <Group justify="space-between" gap="sm">
          <div>
            <Group gap="xs">
              <Text fw={600}>{name}</Text>
              <Badge color={state === 'active' ? 'green' : 'gray'}>{stateWords[state]}</Badge>
            </Group>
            <Text size="sm" c="dimmed">
              {author === null ? note : `Written by ${author.name}${note === '' ? '' : `: ${note}`}`}
              {activatedBy === null || effectiveOn === null ? '' : `. Switched on by ${activatedBy.name}, from ${sayDay(effectiveOn)}.`}
            </Text>
          </div>
          {state === 'draft' && <SwitchOn policy={detail.data} />}
        </Group>
      </Paper>
      <VersionEditor policy={detail.data} mayEdit={mayEdit} />
      <BacktestPanel version={version} />
    </Stack>
  );
}

function sayVersion({ version, name, state, effectiveOn }: Version): string {
  const day = state === 'planned' && effectiveOn !== null ? ` from ${sayDay(effectiveOn)}` : '';
  return `${version}: ${name}, ${stateWords[state]}${day}`;
}
