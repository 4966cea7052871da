import { Button, Group, Paper, Select, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { DelegationBody, DelegationList } from '../../src/interfaces/api/contract-tasks.ts';
import { membersQuery } from '../api/queries.ts';
import { decide } from '../api/request.ts';
import { roleNames, useMay, useMe } from '../api/rights.ts';
import { sayDone } from '../parts/notify.tsx';

/** The form: from when until when, who decides; for others too where one may. */
export function NameStandIn(): ReactNode {
  const me = useMe();
  const mayForOthers = useMay('delegations:manage');
  const client = useQueryClient();
  const members = useQuery(membersQuery).data?.items ?? [];
  const [fromMemberId, setFrom] = useState<string | null>(null);
  const [toMemberId, setTo] = useState<string | null>(null);
  const [startsOn, setStartsOn] = useState('');
  const [endsOn, setEndsOn] = useState('');
  const [reason, setReason] = useState('');
  const absent = fromMemberId ?? me?.member.id ?? '';
  const people = members.map(({ id, name, roles }) => ({
    value: id,
    label: `${name} (${roles.map((role) => roleNames[role]).join(', ')})`,
  }));
  const isComplete = toMemberId !== null && startsOn !== '' && endsOn !== '';
  const name = useMutation({
    mutationFn: (body: DelegationBody) => decide<DelegationList>('/v1/delegations', body),
    onSuccess: (list) => {
      client.setQueryData(['delegations', '/v1/delegations'], list);
      sayDone('The stand-in is named.');
      setTo(null);
      setReason('');
    },
  });
  const send = (): void => {
    if (toMemberId === null) return;
    name.mutate({
      toMemberId,
      startsOn,
      endsOn,
      ...(absent === me?.member.id ? {} : { fromMemberId: absent }),
      ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
    });
  };
  return (
    <Paper p="md" component="section" aria-label="Name a stand-in">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isComplete) send();
        }}
      >
        <Stack gap="sm">
          <Group grow preventGrowOverflow={false} align="flex-end">
            {mayForOthers && <Select label="Who is away" data={people} value={absent} onChange={setFrom} allowDeselect={false} miw={200} />}
            <Select
              label="Who decides meanwhile"
              data={people.filter(({ value }) => value !== absent)}
              value={toMemberId}
              onChange={setTo}
              searchable
              miw={200}
            />
          </Group>
          <Group grow preventGrowOverflow={false} align="flex-end">
            <TextInput
              label="First day"
              type="date"
              value={startsOn}
              onChange={(event) => setStartsOn(event.currentTarget.value)}
              miw={140}
            />
            <TextInput
              label="Last day"
              type="date"
              min={startsOn}
              value={endsOn}
              onChange={(event) => setEndsOn(event.currentTarget.value)}
              miw={140}
            />
            <TextInput
              label="Reason (optional)"
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
              miw={180}
            />
          </Group>
          <Group>
            <Button type="submit" disabled={!isComplete} loading={name.isPending}>
              Name stand-in
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}
