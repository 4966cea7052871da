import { Button, Group, Kbd, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconChecks, IconListCheck } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { TaskSummary } from '../../src/interfaces/api/contract.ts';
import { itemsOf, overviewQuery, tasksQuery, type TaskView } from '../api/queries.ts';
import type { Choice } from '../decisions/choices.ts';
import { useNextTask } from '../decisions/next-task.ts';
import { Failed } from '../parts/failed.tsx';
import { NothingHere } from '../parts/nothing-here.tsx';
import { plural } from '../parts/words.ts';
import { DecideTogether } from './decide-together.tsx';
import { groupTasks } from './group-tasks.ts';
import { QuickDecision } from './quick-decision.tsx';
import { TaskGroup } from './task-group.tsx';
import { useInboxKeys } from './use-inbox-keys.ts';

/** Open work in groups, or what was decided. j and k move, Enter opens, a and r answer. */
export function TaskList({ view }: { readonly view: TaskView }): ReactNode {
  const list = useInfiniteQuery(tasksQuery(view));
  const groups = groupTasks(itemsOf(list.data), view);
  const inOrder = groups.flatMap((group) => group.tasks);
  const [asked, setAsked] = useState<{ readonly task: TaskSummary; readonly choice: Choice } | null>(null);
  const { selected, select } = useInboxKeys(inOrder, (task, choice) => setAsked({ task, choice }), asked === null);
  useNextTask({});
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null);
  const choose = (id: string): void =>
    setChosen((before) => (before?.has(id) === true ? new Set([...before].filter((other) => other !== id)) : new Set(before).add(id)));

  if (list.isError && list.data === undefined) return <Failed error={list.error} retry={list.refetch} />;
  if (list.isPending) return <Skeletons />;
  if (inOrder.length === 0) return <NothingLeft view={view} />;
  const several = inOrder.filter((task) => task.isMine && task.togetherChoices.length > 0).length;
  return (
    <Stack gap="xl">
      {view !== 'done' && several > 1 && chosen === null && (
        <Group justify="flex-end" mb={-24}>
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconListCheck size={15} aria-hidden />}
            onClick={() => setChosen(new Set())}
          >
            Answer several
          </Button>
        </Group>
      )}
      {groups.map((group) => (
        <section key={group.name} aria-label={group.name}>
          <Title order={2} size="h3" mb={8}>
            {group.name}{' '}
            <Text span c="dimmed" size="sm" fw={450}>
              {group.tasks.length}
            </Text>
          </Title>
          <TaskGroup tasks={group.tasks} selectedId={selected?.id} select={select} chosen={chosen} choose={choose} />
        </section>
      ))}
      {list.hasNextPage && <MoreTasks fetch={list.fetchNextPage} />}
      {view !== 'done' && (
        <Text size="xs" c="dimmed" visibleFrom="sm">
          <Kbd size="xs">j</Kbd> <Kbd size="xs">k</Kbd> move · <Kbd size="xs">Enter</Kbd> open · <Kbd size="xs">a</Kbd> yes ·{' '}
          <Kbd size="xs">r</Kbd> no · <Kbd size="xs">?</Kbd> all keys
        </Text>
      )}
      {chosen !== null && <DecideTogether tasks={inOrder.filter((task) => chosen.has(task.id))} clear={() => setChosen(null)} />}
      {asked !== null && <QuickDecision task={asked.task} choice={asked.choice} close={() => setAsked(null)} />}
    </Stack>
  );
}

function MoreTasks({ fetch }: { readonly fetch: () => unknown }): ReactNode {
  return (
    <Text component="button" type="button" className="plain-link" bg="transparent" bd={0} c="dimmed" size="sm" onClick={() => void fetch()}>
      Show more
    </Text>
  );
}

function Skeletons(): ReactNode {
  return (
    <Stack gap={10} aria-busy>
      {Array.from({ length: 7 }, (_, row) => (
        <Skeleton key={row} h={52} radius="md" />
      ))}
    </Stack>
  );
}

function NothingLeft({ view }: { readonly view: TaskView }): ReactNode {
  const overview = useQuery(overviewQuery).data;
  const touchless = overview?.touchless.automatic ?? 0;
  const underway = overview === undefined ? 0 : overview.messages.received - overview.messages.handled;
  if (view === 'done')
    return (
      <NothingHere icon={IconChecks} title="Nothing decided yet">
        What people decide is kept here, with who and when.
      </NothingHere>
    );
  return (
    <NothingHere icon={IconChecks} title={view === 'mine' ? 'Nothing needs you.' : 'Nothing waits for anyone.'}>
      {underway > 0 ? `${plural(underway, 'message')} being read now; what needs a person appears here. ` : ''}
      {underway > 0
        ? ''
        : touchless === 0
          ? 'Drop an invoice anywhere on this page to see one handled.'
          : `${plural(touchless, 'invoice')} went through without you.`}
    </NothingHere>
  );
}
