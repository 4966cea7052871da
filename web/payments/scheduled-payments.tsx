import { Button, Checkbox, Group, Paper, Text } from '@mantine/core';
import { IconCash } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState, type ReactNode } from 'react';
import type { PaymentRunDetail, PaymentView } from '../../src/interfaces/api/contract.ts';
import { itemsOf, paymentsQuery } from '../api/queries.ts';
import { decide } from '../api/request.ts';
import { Failed } from '../parts/failed.tsx';
import { ListTable, type Column } from '../parts/list-table.tsx';
import listClasses from '../parts/list-table.module.css';
import { NeedsRight } from '../parts/needs-right.tsx';
import { NothingHere } from '../parts/nothing-here.tsx';
import { plural, saySums, sumByCurrency } from '../parts/words.ts';
import { CashAdvisor } from './cash-advisor.tsx';
import { paymentColumns } from './payment-columns.tsx';

/** What is to be paid and when: choose, see count and sum, propose. */
export function ScheduledPayments(): ReactNode {
  const list = useInfiniteQuery(paymentsQuery('scheduled'));
  const payments = itemsOf(list.data);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const chosen = payments.filter((payment) => !left.has(payment.id));
  const columns = useMemo(() => withChoice(left, setLeft), [left]);
  if (list.isError && list.data === undefined) return <Failed error={list.error} retry={list.refetch} />;
  return (
    <>
      {payments.length > 0 && <CashAdvisor payments={payments} setLeft={setLeft} />}
      {payments.length > 0 && <ProposeBar chosen={chosen} all={payments} setLeft={setLeft} />}
      <ListTable
        label="Scheduled payments"
        items={payments}
        columns={columns}
        isLoading={list.isPending}
        more={list.hasNextPage ? list.fetchNextPage : undefined}
        empty={
          <NothingHere icon={IconCash} title="Nothing to pay">
            Approved invoices appear here with their due or discount date.
          </NothingHere>
        }
      />
    </>
  );
}

interface ProposeBarProps {
  readonly chosen: readonly PaymentView[];
  readonly all: readonly PaymentView[];
  readonly setLeft: (left: ReadonlySet<string>) => void;
}

function ProposeBar({ chosen, all, setLeft }: ProposeBarProps): ReactNode {
  const client = useQueryClient();
  const navigate = useNavigate();
  const propose = useMutation({
    mutationFn: () => decide<PaymentRunDetail>('/v1/payment-runs', { paymentIds: chosen.map((payment) => payment.id) }),
    onSuccess: async (run) => {
      for (const noun of ['payments', 'payment-runs', 'overview']) void client.invalidateQueries({ queryKey: [noun] });
      await navigate({ to: '/payments/runs/$runId', params: { runId: run.id } });
    },
  });
  return (
    <Paper p="sm" px="md" mb="md" style={{ position: 'sticky', top: 12, zIndex: 5 }}>
      <Group justify="space-between">
        <Group gap="sm">
          <Checkbox
            aria-label="Choose all"
            checked={chosen.length === all.length}
            indeterminate={chosen.length > 0 && chosen.length < all.length}
            onChange={(event) => setLeft(new Set(event.currentTarget.checked ? [] : all.map((payment) => payment.id)))}
          />
          <Text aria-live="polite">
            <Text span fw={600} className="figures">
              {plural(chosen.length, 'payment')}, {saySums(sumByCurrency(chosen.map((payment) => payment.amount)))}
            </Text>{' '}
            <Text span c="dimmed">
              of {all.length}
            </Text>
          </Text>
        </Group>
        <NeedsRight right="payment-runs:propose" reason="The office manager proposes payment runs.">
          {(isDisabled) => (
            <Button disabled={isDisabled || chosen.length === 0} loading={propose.isPending} onClick={() => propose.mutate()}>
              Propose a payment run
            </Button>
          )}
        </NeedsRight>
      </Group>
    </Paper>
  );
}

function withChoice(left: ReadonlySet<string>, setLeft: (left: ReadonlySet<string>) => void): Column<PaymentView>[] {
  const toggle = (id: string): void => setLeft(left.has(id) ? new Set([...left].filter((other) => other !== id)) : new Set(left).add(id));
  return [
    {
      head: ' ',
      width: 44,
      cell: (payment) => (
        <Checkbox
          className={listClasses['above'] ?? ''}
          aria-label={`Pay ${payment.supplier.name} ${payment.invoice.number ?? ''}`}
          checked={!left.has(payment.id)}
          onChange={() => toggle(payment.id)}
        />
      ),
    },
    ...paymentColumns,
  ];
}
