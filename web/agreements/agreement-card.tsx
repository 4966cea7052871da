import { Anchor, Badge, Button, Group, Modal, Paper, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { Agreement } from '../../src/interfaces/api/contract-agreements.ts';
import { decide } from '../api/request.ts';
import { useMe } from '../api/rights.ts';
import { NeedsRight } from '../parts/needs-right.tsx';
import { sayDone } from '../parts/notify.tsx';
import { sayDay, sayMoney } from '../parts/words.ts';

const standings = { waiting: ['amber', 'waits for a second person'], active: ['green', 'in force'], ended: ['gray', 'ended'] } as const;
const mostBills = 6;

/** One agreement: its terms, what came under it, what is missing, and what one may do about it. */
export function AgreementCard({ agreement, isNamed }: { readonly agreement: Agreement; readonly isNamed: boolean }): ReactNode {
  const { name, supplier, state, missing, bills, currency } = agreement;
  const [color, standing] = standings[state];
  return (
    <Paper component="article" aria-label={name} p="md">
      <Group justify="space-between" align="flex-start">
        <div style={{ minWidth: 0, flex: '1 1 260px' }}>
          <Group gap={8}>
            <Text fw={600}>{name}</Text>
            <Badge color={color} variant="light">
              {standing}
            </Badge>
          </Group>
          {isNamed && (
            <Anchor component={Link} to="/suppliers/$supplierId" params={{ supplierId: supplier.id } as never} size="sm">
              {supplier.name}
            </Anchor>
          )}
          <Text size="sm">{termsOf(agreement)}</Text>
          <Text size="xs" c="dimmed">
            {peopleOf(agreement)}
          </Text>
        </div>
        <Steps agreement={agreement} />
      </Group>
      {missing.length > 0 && (
        <Text size="sm" mt={8} c="var(--mantine-color-amber-light-color)">
          Not come yet: {missing.map(({ label, expectedOn }) => `${label} (expected ${sayDay(expectedOn)})`).join(', ')}.
        </Text>
      )}
      {bills.length > 0 && (
        <Stack gap={2} mt={8}>
          {bills.slice(0, mostBills).map((bill) => (
            <Text key={bill.invoiceId} size="sm">
              <Anchor
                component={Link}
                to="/invoices/$invoiceId"
                params={{ invoiceId: bill.invoiceId } as never}
                size="sm"
                underline="always"
              >
                {bill.number}
              </Anchor>{' '}
              for {sayDay(bill.expectedOn)}: {sayMoney({ amount: bill.amount, currency: bill.currency ?? currency })}
            </Text>
          ))}
        </Stack>
      )}
    </Paper>
  );
}

/** Confirming is for another than who wrote it down. */
function Steps({ agreement: { id, state, createdBy } }: { readonly agreement: Agreement }): ReactNode {
  const client = useQueryClient();
  const isOwn = useMe()?.member.id === createdBy?.id;
  const [isAsking, asking] = useDisclosure(false);
  const [reason, setReason] = useState('');
  const act = useMutation({
    mutationFn: (step: 'confirmation' | 'end') =>
      decide<Agreement>(`/v1/agreements/${id}/${step}`, step === 'end' && reason.trim() !== '' ? { reason } : {}),
    onSuccess: (_, step) => {
      asking.close();
      sayDone(step === 'end' ? 'It is ended.' : 'It is confirmed: its bills need no order from now on.');
      for (const noun of ['agreements', 'tasks', 'invoices', 'overview']) void client.invalidateQueries({ queryKey: [noun] });
    },
  });
  if (state === 'ended') return null;
  const ending = state === 'waiting' ? 'Take back' : 'End';
  return (
    <Group gap={8}>
      {state === 'waiting' && !isOwn && (
        <NeedsRight right="agreements:confirm" reason="An approver or the controller confirms agreements.">
          {(isDisabled) => (
            <Button size="xs" disabled={isDisabled} loading={act.isPending} onClick={() => act.mutate('confirmation')}>
              Confirm
            </Button>
          )}
        </NeedsRight>
      )}
      <NeedsRight right="agreements:edit" reason="The office manager or the controller ends agreements.">
        {(isDisabled) => (
          <Button size="xs" variant="default" disabled={isDisabled} loading={act.isPending} onClick={asking.open}>
            {ending} …
          </Button>
        )}
      </NeedsRight>
      <Modal opened={isAsking} onClose={asking.close} title={`${ending} this agreement?`}>
        <Stack>
          <Text size="sm">Its bills ask for an order from today on. It can’t be taken up again; a new one is written down instead.</Text>
          <TextInput label="Why" maxLength={500} data-autofocus value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
          <Group justify="end">
            <Button variant="default" onClick={asking.close}>
              Leave it
            </Button>
            <Button color="red" loading={act.isPending} onClick={() => act.mutate('end')}>
              {ending}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Group>
  );
}

function termsOf(agreement: Agreement): string {
  const { amount, currency, rhythm, bandPercent, bandAmount, instalments, total, firstOn, validUntil, reference } = agreement;
  const band = [bandPercent === null ? null : `${bandPercent} %`, bandAmount === null ? null : sayMoney({ amount: bandAmount, currency })];
  const widths = band.filter((part) => part !== null);
  const parts = [
    instalments.length > 0 ? rhythm : `${sayMoney({ amount, currency })} ${rhythm}`,
    widths.length > 0 ? `give or take ${widths.join(' and ')}` : 'to the cent',
    `from ${sayDay(firstOn)}${validUntil === null ? '' : ` until ${sayDay(validUntil)}`}`,
    total === null ? null : `${sayMoney({ amount: total, currency })} in all`,
    reference === null ? null : `number ${reference}`,
  ];
  return parts.filter((part) => part !== null).join(', ');
}

function peopleOf({ createdBy, confirmedBy, endedBy, endedBecause }: Agreement): string {
  const written = `Written down by ${createdBy?.name ?? 'somebody'}`;
  const confirmed = confirmedBy === null ? '' : `, confirmed by ${confirmedBy.name}`;
  const ended = endedBy === null ? '' : `, ended by ${endedBy.name}${endedBecause === null ? '' : `: ${endedBecause}`}`;
  return `${written}${confirmed}${ended}`;
}
