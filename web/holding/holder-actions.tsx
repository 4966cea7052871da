import { Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconHandGrab, IconHourglass, IconUserShare } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { WaitingBody } from '../../src/interfaces/api/contract-tasks.ts';
import type { TaskSummary } from '../../src/interfaces/api/contract.ts';
import { membersQuery } from '../api/queries.ts';
import { decide } from '../api/request.ts';
import { roleNames, useMe } from '../api/rights.ts';
import { sayDone } from '../parts/notify.tsx';

type Verb = 'claim' | 'release' | 'assign' | 'waiting' | 'resume';

/** Take it, give it back or to somebody, and stop its clock while somebody outside has to answer. */
export function HolderActions({ task }: { readonly task: TaskSummary }): ReactNode {
  const [asked, setAsked] = useState<'assign' | 'waiting' | null>(null);
  const change = useChange(task);
  const isPaused = task.time?.state === 'paused';
  const isOwn = useMe()?.member.id === task.assignee?.id;
  if (!task.isMine && !task.mayAssign) return null;
  return (
    <Group gap={6}>
      {task.mayClaim && (
        <Quiet icon={IconHandGrab} isBusy={change.isPending} onClick={() => change.mutate({ verb: 'claim', said: 'You have taken it.' })}>
          Take
        </Quiet>
      )}
      {task.mayRelease && (
        <Quiet isBusy={change.isPending} onClick={() => change.mutate({ verb: 'release', said: 'It is given back.' })}>
          {isOwn ? 'Give back' : 'Take from them'}
        </Quiet>
      )}
      {task.mayAssign && (
        <Quiet icon={IconUserShare} onClick={() => setAsked('assign')}>
          Give to…
        </Quiet>
      )}
      {task.isMine && isPaused && (
        <Quiet isBusy={change.isPending} onClick={() => change.mutate({ verb: 'resume', said: 'The clock runs again.' })}>
          The answer is here
        </Quiet>
      )}
      {task.isMine && !isPaused && (
        <Quiet icon={IconHourglass} onClick={() => setAsked('waiting')}>
          Wait for an answer…
        </Quiet>
      )}
      {asked === 'assign' && <AssignDialog task={task} change={change} close={() => setAsked(null)} />}
      {asked === 'waiting' && <WaitDialog change={change} close={() => setAsked(null)} />}
    </Group>
  );
}

interface QuietProps {
  readonly icon?: typeof IconHandGrab;
  readonly isBusy?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function Quiet({ icon: Sign, isBusy = false, onClick, children }: QuietProps): ReactNode {
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      loading={isBusy}
      leftSection={Sign === undefined ? undefined : <Sign size={14} aria-hidden />}
      onClick={onClick}
    >
      {children}
    </Button>
  );
}

interface Change {
  readonly verb: Verb;
  readonly said: string;
  readonly body?: WaitingBody | { readonly memberId: string };
}
type Changing = UseMutationResult<TaskSummary, Error, Change>;

function useChange(task: TaskSummary): Changing {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ verb, body }: Change) => decide<TaskSummary>(`/v1/tasks/${task.id}/${verb}`, body ?? {}),
    onSuccess: (changed, { said }) => {
      sayDone(task.title, said);
      client.setQueryData(['tasks', `/v1/tasks/${task.id}`], changed);
    },
    onSettled: () => {
      for (const noun of ['tasks', 'invoices', 'overview', 'timeline']) void client.invalidateQueries({ queryKey: [noun] });
    },
  });
}

interface DialogProps {
  readonly change: Changing;
  readonly close: () => void;
}

function AssignDialog({ task, change, close }: DialogProps & { readonly task: TaskSummary }): ReactNode {
  const members = useQuery(membersQuery).data?.items ?? [];
  const [memberId, setMemberId] = useState<string | null>(null);
  const send = (): void => {
    if (memberId === null) return;
    const name = members.find((member) => member.id === memberId)?.name ?? 'They';
    change.mutate({ verb: 'assign', body: { memberId }, said: `${name} has it now.` }, { onSuccess: close });
  };
  return (
    <Modal opened onClose={close} title="Give this to">
      <Stack>
        <Text size="sm" c="dimmed">
          Whoever you choose decides it alone, until they give it back. It must be somebody whose role decides it.
        </Text>
        <Select
          label="Person"
          searchable
          data-autofocus
          value={memberId}
          onChange={setMemberId}
          data={members
            .filter((member) => member.id !== task.assignee?.id)
            .map((member) => ({ value: member.id, label: `${member.name} (${member.roles.map((role) => roleNames[role]).join(', ')})` }))}
        />
        <Group gap="xs">
          <Button onClick={send} disabled={memberId === null} loading={change.isPending}>
            Give
          </Button>
          <Button variant="default" onClick={close}>
            Back
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function WaitDialog({ change, close }: DialogProps): ReactNode {
  const [waitingFor, setWaitingFor] = useState('');
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const isComplete = waitingFor.trim() !== '' && reason.trim() !== '';
  const send = (): void => {
    const body: WaitingBody = { waitingFor: waitingFor.trim(), reason: reason.trim(), ...(until === '' ? {} : { until }) };
    change.mutate({ verb: 'waiting', body, said: 'The clock stands until the answer is here.' }, { onSuccess: close });
  };
  return (
    <Modal opened onClose={close} title="Wait for an answer">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isComplete) send();
        }}
      >
        <Stack>
          <Text size="sm" c="dimmed">
            The clock stands until the answer is here, or the day comes. The working time that passes is given back.
          </Text>
          <TextInput
            label="Whose answer"
            required
            data-autofocus
            maxLength={200}
            value={waitingFor}
            onChange={(event) => setWaitingFor(event.currentTarget.value)}
          />
          <TextInput
            label="What about"
            required
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <TextInput
            label="Until (optional)"
            type="date"
            description="Left empty: as long as the office allows."
            value={until}
            onChange={(event) => setUntil(event.currentTarget.value)}
          />
          <Group gap="xs">
            <Button type="submit" disabled={!isComplete} loading={change.isPending}>
              Wait
            </Button>
            <Button variant="default" onClick={close}>
              Back
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
