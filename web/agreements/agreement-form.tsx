import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { Agreement, AgreementBody, AgreementList } from '../../src/interfaces/api/contract-agreements.ts';
import { decide } from '../api/request.ts';
import { sayDone } from '../parts/notify.tsx';

type Proposal = AgreementList['proposals'][number];

const kinds = [
  { value: 'recurring-bill', label: 'Recurring bill' },
  { value: 'contract', label: 'Contract' },
  { value: 'payment-plan', label: 'Payment plan' },
];
const rhythms = [
  { value: 'months 1', label: 'Every month' },
  { value: 'months 3', label: 'Every quarter' },
  { value: 'months 6', label: 'Every half year' },
  { value: 'months 12', label: 'Every year' },
  { value: 'days 7', label: 'Every week' },
  { value: 'days 14', label: 'Every two weeks' },
  { value: 'dates', label: 'On dates of its own' },
];

interface AgreementFormProps {
  readonly supplierId: string;
  readonly currency: string;
  /** What history suggests, filled in. */
  readonly proposal: Proposal | null;
  readonly close: () => void;
}

/** Writes down what is paid without an order; a second person confirms it. */
export function AgreementForm({ supplierId, currency, proposal, close }: AgreementFormProps): ReactNode {
  const client = useQueryClient();
  const [said, setSaid] = useState(() => startOf(proposal));
  const set = (change: Partial<typeof said>): void => setSaid({ ...said, ...change });
  const isDated = said.rhythm === 'dates';
  const offered = rhythms.some(({ value }) => value === said.rhythm) || proposal === null ? rhythms : [...rhythms, ownRhythm(proposal)];
  const write = useMutation({
    mutationFn: (body: AgreementBody) => decide<Agreement>('/v1/agreements', body),
    onSuccess: () => {
      sayDone('It is written down. A second person confirms it.');
      void client.invalidateQueries({ queryKey: ['agreements'] });
      close();
    },
  });
  const text = (name: keyof typeof said, label: string, more: { description?: string; type?: string } = {}): ReactNode => (
    <TextInput
      label={label}
      miw={150}
      value={said[name]}
      inputMode={more.type === undefined && name !== 'name' && name !== 'reference' ? 'decimal' : undefined}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
      {...more}
    />
  );
  const isComplete = said.name.trim() !== '' && (isDated ? said.dates.trim() !== '' : said.amount !== '' && said.firstOn !== '');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isComplete) write.mutate(bodyOf(supplierId, currency, said));
      }}
    >
      <Stack gap="sm">
        <Group grow preventGrowOverflow={false} align="flex-end">
          {text('name', 'Name', { type: 'text' })}
          <Select
            label="Kind"
            data={kinds}
            value={said.kind}
            allowDeselect={false}
            miw={150}
            onChange={(kind) => kind !== null && set({ kind })}
          />
          <Select
            label="Comes"
            data={offered}
            value={said.rhythm}
            allowDeselect={false}
            miw={150}
            onChange={(rhythm) => rhythm !== null && set({ rhythm })}
          />
        </Group>
        {isDated ? (
          text('dates', 'Instalments', { type: 'text', description: 'Day and amount, such as 2026-02-01=400.00, 2026-05-01=300.00' })
        ) : (
          <Group grow preventGrowOverflow={false} align="flex-end">
            {text('amount', `Total of one bill, ${currency}`)}
            {text('firstOn', 'First bill expected on', { type: 'date' })}
          </Group>
        )}
        <Group grow preventGrowOverflow={false} align="flex-end">
          {text('bandPercent', 'May differ by percent')}
          {text('total', `All bills at most, ${currency}`)}
          {text('validUntil', 'Ends on', { type: 'date' })}
          {text('reference', 'Contract or customer number', { type: 'text' })}
        </Group>
        {write.isError && (
          <Text size="sm" c="red" role="alert">
            {write.error.message}
          </Text>
        )}
        <Group>
          <Button type="submit" disabled={!isComplete} loading={write.isPending}>
            Write it down
          </Button>
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function startOf(proposal: Proposal | null) {
  return {
    name: '',
    kind: 'recurring-bill',
    rhythm: proposal === null ? 'months 1' : `${proposal.rhythm} ${proposal.every}`,
    amount: proposal?.amount ?? '',
    firstOn: proposal?.firstOn ?? '',
    bandPercent: proposal?.bandPercent ?? '',
    dates: '',
    total: '',
    validUntil: '',
    reference: '',
  };
}

function ownRhythm({ rhythm, every }: Proposal): { value: string; label: string } {
  return { value: `${rhythm} ${every}`, label: `Every ${every} ${rhythm}` };
}

function bodyOf(supplierId: string, currency: string, said: ReturnType<typeof startOf>): AgreementBody {
  const [unit, every] = said.rhythm.split(' ');
  const given = (value: string): string | null => value.replace(',', '.').trim() || null;
  const terms =
    unit === 'dates'
      ? {
          rhythm: 'dates' as const,
          instalments: said.dates
            .split(/[,;\n]/)
            .filter((part) => part.trim() !== '')
            .map(instalmentOf),
        }
      : { rhythm: unit as 'months' | 'days', every: Number(every), amount: given(said.amount), firstOn: said.firstOn };
  return {
    supplierId,
    currency,
    kind: said.kind as AgreementBody['kind'],
    name: said.name.trim(),
    ...terms,
    bandPercent: given(said.bandPercent),
    total: given(said.total),
    validUntil: said.validUntil || null,
    reference: said.reference.trim() || null,
  };
}

function instalmentOf(part: string): { dueOn: string; amount: string } {
  const [dueOn = '', amount = ''] = part.split('=').map((piece) => piece.trim());
  return { dueOn, amount };
}
