import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { Automation } from '../../src/interfaces/api/contract-automation.ts';
import { automationQuery } from '../api/queries.ts';
import { decide } from '../api/request.ts';
import { sayDone } from '../parts/notify.tsx';

/** One thing that can be stopped or let go on. */
export interface Switch {
  readonly path: string;
  readonly body?: Readonly<Record<string, string>>;
  readonly title: string;
  readonly effect: string;
  readonly done: string;
  readonly isStop: boolean;
}

interface SwitchFormProps {
  readonly what: Switch | null;
  readonly close: () => void;
}

/** Asks why before anything is stopped or goes on: others find it so, and the audit log keeps it. */
export function SwitchForm({ what, close }: SwitchFormProps): ReactNode {
  return (
    <Modal opened={what !== null} onClose={close} title={what?.title ?? ''}>
      {what !== null && <Form what={what} close={close} />}
    </Modal>
  );
}

function Form({ what, close }: { readonly what: Switch; readonly close: () => void }): ReactNode {
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const order = useMutation({
    mutationFn: () => decide<Automation>(what.path, { ...what.body, reason }),
    onSuccess: (now) => {
      client.setQueryData(automationQuery.queryKey, now);
      sayDone(what.done);
      close();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() !== '') order.mutate();
      }}
    >
      <Stack>
        <Text>{what.effect}</Text>
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
            Leave it
          </Button>
          <Button type="submit" color={what.isStop ? 'red' : undefined} loading={order.isPending} disabled={reason.trim() === ''}>
            {what.title}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
