import { Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { RunDetail } from '../../src/interfaces/api/contract-runs.ts';
import { decide } from '../api/request.ts';
import { sayDone } from '../parts/notify.tsx';
import { isOfTheOffice, sayStep } from './run-words.ts';

type Verb = 'cancel' | 'resume' | 'fork';
const offers: Readonly<Record<Verb, { readonly label: string; readonly effect: string; readonly done: string }>> = {
  cancel: {
    label: 'Cancel the run',
    effect: 'No further step begins. What it asked people stays open; the run can go on later.',
    done: 'Cancelled. It can go on from here later.',
  },
  resume: { label: 'Let it go on', effect: 'It goes on after its last finished step.', done: 'It goes on.' },
  fork: {
    label: 'Do again from a step …',
    effect: 'A new run takes over: steps before the chosen one stay as they were, the rest is done again.',
    done: 'A new run took over.',
  },
};

/** What an operator may do with a run; each asks for the reason, which goes into the audit log. */
export function RunOrders({ run }: { readonly run: RunDetail }): ReactNode {
  const [verb, setVerb] = useState<Verb | null>(null);
  const canGoOn = run.status === 'cancelled' || run.status === 'failed';
  return (
    <Group mt="md">
      {canGoOn && <Button onClick={() => setVerb('resume')}>{offers.resume.label} …</Button>}
      {run.steps.length > 0 && (
        <Button variant="default" onClick={() => setVerb('fork')}>
          {offers.fork.label}
        </Button>
      )}
      {(run.status === 'running' || run.status === 'waiting') && (
        <Button variant="subtle" color="red" onClick={() => setVerb('cancel')}>
          {offers.cancel.label} …
        </Button>
      )}
      <Modal opened={verb !== null} onClose={() => setVerb(null)} title={verb === null ? '' : offers[verb].label.replace(' …', '')}>
        {verb !== null && <Order run={run} verb={verb} close={() => setVerb(null)} />}
      </Modal>
    </Group>
  );
}

interface OrderProps {
  readonly run: RunDetail;
  readonly verb: Verb;
  readonly close: () => void;
}

function Order({ run, verb, close }: OrderProps): ReactNode {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [reason, setReason] = useState('');
  const [position, setPosition] = useState<string | null>(null);
  const order = useMutation({
    mutationFn: () =>
      decide<RunDetail>(`/v1/runs/${encodeURIComponent(run.workflowId)}/${verb}`, {
        reason,
        ...(verb === 'fork' ? { position: Number(position) } : {}),
      }),
    onSuccess: (now) => {
      void client.invalidateQueries({ queryKey: ['runs'] });
      sayDone(offers[verb].done);
      close();
      if (now.workflowId !== run.workflowId) void navigate({ to: '/automation/$runId', params: { runId: now.workflowId } });
    },
  });
  const isReady = reason.trim() !== '' && (verb !== 'fork' || position !== null);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) order.mutate();
      }}
    >
      <Stack>
        <Text>{offers[verb].effect}</Text>
        {verb === 'fork' && (
          <Select
            label="From step"
            data={run.steps
              .filter(isOfTheOffice)
              .map((step) => ({ value: String(step.position), label: `${step.position + 1}. ${sayStep(step.name)}` }))}
            value={position}
            onChange={setPosition}
          />
        )}
        <TextInput
          label="Why"
          required
          data-autofocus
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          maxLength={500}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Back
          </Button>
          <Button type="submit" disabled={!isReady} loading={order.isPending} color={verb === 'cancel' ? 'red' : undefined}>
            {offers[verb].label.replace(' …', '')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
