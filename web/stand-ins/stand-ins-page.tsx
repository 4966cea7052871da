import { Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconBeach } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Delegation } from '../../src/interfaces/api/contract-tasks.ts';
import { delegationsQuery } from '../api/queries.ts';
import { remove } from '../api/request.ts';
import { Failed } from '../parts/failed.tsx';
import { NothingHere } from '../parts/nothing-here.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Page } from '../parts/page.tsx';
import { sayDay } from '../parts/words.ts';
import { NameStandIn } from './name-stand-in.tsx';

/** Who decides while somebody is away. */
export function StandInsPage(): ReactNode {
  const list = useQuery(delegationsQuery);
  const items = list.data?.items ?? [];
  const current = items.filter((item) => item.state !== 'over');
  const over = items.filter((item) => item.state === 'over');
  if (list.isError && list.data === undefined) return <Failed error={list.error} retry={list.refetch} />;
  return (
    <Page size={820}>
      <PageHead
        title="Stand-ins"
        lead="Who decides while somebody is away. Nobody gets a right that is not theirs, and nobody approves what they had a hand in."
      />
      <Stack gap="xl">
        <NameStandIn />
        <section aria-label="Now and later">
          <Title order={2} size="h3" mb={8}>
            Now and later
          </Title>
          {current.length === 0 ? (
            <NothingHere icon={IconBeach} title="Everyone is here">
              Name a stand-in above before you go.
            </NothingHere>
          ) : (
            <Rows items={current} />
          )}
        </section>
        {over.length > 0 && (
          <section aria-label="Before">
            <Title order={2} size="h3" mb={8}>
              Before
            </Title>
            <Rows items={over} />
          </section>
        )}
      </Stack>
    </Page>
  );
}

function Rows({ items }: { readonly items: readonly Delegation[] }): ReactNode {
  return (
    <Paper component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
      {items.map((item) => (
        <StandIn key={item.id} item={item} />
      ))}
    </Paper>
  );
}

function StandIn({ item }: { readonly item: Delegation }): ReactNode {
  const client = useQueryClient();
  const end = useMutation({
    mutationFn: () => remove(`/v1/delegations/${item.id}`),
    onSettled: () => {
      for (const noun of ['delegations', 'tasks', 'overview']) void client.invalidateQueries({ queryKey: [noun] });
    },
  });
  return (
    <Group component="li" justify="space-between" px="md" py="sm" wrap="nowrap">
      <div style={{ minWidth: 0 }}>
        <Text fw={550}>
          {item.to.name} for {item.from.name}
        </Text>
        <Text size="sm" c="dimmed">
          {sayDay(item.startsOn)} to {sayDay(item.endsOn)}
          {item.reason === null ? '' : `, ${item.reason}`}
        </Text>
      </div>
      <Group gap="xs" wrap="nowrap">
        {item.state !== 'over' && (
          <Badge color={item.state === 'active' ? undefined : 'gray'}>{item.state === 'active' ? 'now' : 'later'}</Badge>
        )}
        {item.mayRevoke && (
          <Button
            size="compact-sm"
            variant="default"
            loading={end.isPending}
            aria-label={`End: ${item.to.name} for ${item.from.name}`}
            onClick={() => end.mutate()}
          >
            End
          </Button>
        )}
      </Group>
    </Group>
  );
}
