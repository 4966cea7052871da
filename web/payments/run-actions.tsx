import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArrowBackUp, IconDownload, IconSend } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { PaymentRunDetail } from '../../src/interfaces/api/contract.ts';
import { paymentRunQuery } from '../api/queries.ts';
import { decide } from '../api/request.ts';
import { useMay } from '../api/rights.ts';
import { sayDone } from '../parts/notify.tsx';
import { ReleaseDialog } from './release-dialog.tsx';

/** Release by a second person, or cancel; afterwards the bank file, and a way back while the bank does not have it. */
export function RunActions({ run }: { readonly run: PaymentRunDetail }): ReactNode {
  const [isAsking, asking] = useDisclosure(false);
  const mayPropose = useMay('payment-runs:propose');
  const mayReleaseAny = useMay('payment-runs:release');
  const released = useShown(run, 'Released. The page shows its way to the bank.');
  const cancel = useCancel(run, 'Cancelled. Its payments are scheduled again.');
  if (run.status === 'released') {
    return (
      <Group>
        <Button component="a" href={`/v1/payment-runs/${run.id}/file`} download leftSection={<IconDownload size={16} aria-hidden />}>
          Download the bank file
        </Button>
        <Text size="sm" c="dimmed">
          pain.001, ACH or CSV, by the account that pays
        </Text>
        {run.mayTakeBack && (
          <Button variant="subtle" color="red" leftSection={<IconArrowBackUp size={16} aria-hidden />} onClick={asking.open}>
            Take it back …
          </Button>
        )}
        <Modal opened={isAsking} onClose={asking.close} title="Take this payment run back?">
          <TakeBack run={run} close={asking.close} />
        </Modal>
      </Group>
    );
  }
  if (run.status === 'cancelled') return null;
  const canRelease = run.mayRelease && run.obstacles.length === 0;
  return (
    <Group>
      <Button leftSection={<IconSend size={16} aria-hidden />} disabled={!canRelease} onClick={asking.open}>
        Release …
      </Button>
      {(mayPropose || mayReleaseAny) && (
        <Button variant="subtle" color="red" loading={cancel.isPending} onClick={() => cancel.mutate({})}>
          Cancel the run
        </Button>
      )}
      {!run.mayRelease && (
        <Text size="sm" c="dimmed">
          {mayReleaseAny ? 'You proposed it; somebody else releases it.' : 'A controller releases it: four eyes on every payment.'}
        </Text>
      )}
      <Modal opened={isAsking} onClose={asking.close} title="Release this payment run?">
        <ReleaseDialog run={run} close={asking.close} released={released} />
      </Modal>
    </Group>
  );
}

/** Asks why: others find the reason at the run, and the audit log keeps it. */
function TakeBack({ run, close }: { readonly run: PaymentRunDetail; readonly close: () => void }): ReactNode {
  const [reason, setReason] = useState('');
  const takeBack = useCancel(run, 'Taken back. Its payments are scheduled again.');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() !== '') takeBack.mutate({ reason }, { onSuccess: close });
      }}
    >
      <Stack>
        <Text>Nothing of it is sent any more, and its payments can go into another run.</Text>
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
          <Button type="submit" color="red" loading={takeBack.isPending} disabled={reason.trim() === ''}>
            Take it back
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function useCancel(run: PaymentRunDetail, done: string) {
  return useMutation({
    mutationFn: (body: { readonly reason?: string }) => decide<PaymentRunDetail>(`/v1/payment-runs/${run.id}/cancel`, body),
    onSuccess: useShown(run, done),
  });
}

/** Shows the run as it now is, and everything that it changed. */
function useShown(run: PaymentRunDetail, done: string): (now: PaymentRunDetail) => void {
  const client = useQueryClient();
  return (now) => {
    client.setQueryData(paymentRunQuery(run.id).queryKey, now);
    for (const noun of ['payments', 'payment-runs', 'invoices', 'overview', 'timeline'])
      void client.invalidateQueries({ queryKey: [noun] });
    sayDone(done);
  };
}
