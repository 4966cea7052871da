import { Tabs } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { overviewQuery, type TaskView } from '../api/queries.ts';
import { useMe } from '../api/rights.ts';
import { PageHead } from '../parts/page-head.tsx';
import { Page } from '../parts/page.tsx';
import { plural } from '../parts/words.ts';
import { DropFiles } from './drop-files.tsx';
import { OverviewStrip } from './overview-strip.tsx';
import { TaskList } from './task-list.tsx';

const route = getRouteApi('/office/');

/** What needs me, live. */
export function InboxPage(): ReactNode {
  const view = route.useSearch().view ?? 'mine';
  const navigate = route.useNavigate();
  const overview = useQuery(overviewQuery).data;
  const name = useMe()?.member.name.split(' ')[0] ?? '';
  const mine = overview?.openTasks.mine;
  return (
    <Page>
      <PageHead
        title={`${greeting()}${name === '' ? '' : `, ${name}`}`}
        lead={
          mine === undefined
            ? ' '
            : mine === 0
              ? 'Nothing needs you.'
              : `${plural(mine, 'thing')} ${mine === 1 ? 'needs' : 'need'} you. The rest goes on by itself.`
        }
        actions={<DropFiles />}
      />
      <OverviewStrip overview={overview} />
      <Tabs
        value={view}
        onChange={(next) => void navigate({ search: next === 'mine' ? {} : { view: next as TaskView }, replace: true })}
        mt="xl"
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="mine">For me{count(mine)}</Tabs.Tab>
          <Tabs.Tab value="all">For everyone{count(overview?.openTasks.all)}</Tabs.Tab>
          <Tabs.Tab value="done">Done</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value={view}>
          <TaskList key={view} view={view} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function count(number: number | undefined): string {
  return number === undefined ? '' : ` · ${number}`;
}

function greeting(): string {
  const hour = new Date().getHours();
  if (hour < 5 || hour >= 18) return 'Good evening';
  return hour < 12 ? 'Good morning' : 'Good afternoon';
}
