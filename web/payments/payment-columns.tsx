import { Box, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { PaymentView } from '../../src/interfaces/api/contract.ts';
import { Amount } from '../parts/amount.tsx';
import type { Column } from '../parts/list-table.tsx';
import { RowLink } from '../parts/row-link.tsx';
import { StatusBadge } from '../parts/status-badge.tsx';
import { sayDay, sayIban, sayMoney } from '../parts/words.ts';
import { bankStateOf } from './bank-words.ts';

/** What the bank said of it, where it said something. */
function BankState({ payment }: { readonly payment: PaymentView }): ReactNode {
  const state = bankStateOf(payment);
  if (state === null || payment.bank === null) return null;
  return (
    <>
      <Box mt={4}>
        <StatusBadge {...state} />
      </Box>
      <Text size="xs" c="dimmed" mt={2} style={{ overflowWrap: 'anywhere' }}>
        {payment.bank.note}
      </Text>
    </>
  );
}

export const paymentColumns: readonly Column<PaymentView>[] = [
  {
    head: 'To',
    cell: (payment) => (
      <>
        <RowLink to="/invoices/$invoiceId" params={{ invoiceId: payment.invoice.id }} search={{ tab: 'timeline' }}>
          {payment.supplier.name}
        </RowLink>
        <Text size="xs" c="dimmed" className="figures" visibleFrom="sm">
          {sayIban(payment.iban)}
        </Text>
        <Text size="xs" c="dimmed" hiddenFrom="sm">
          {sayDay(payment.executeOn)}, to account …{payment.iban.slice(-4)}
        </Text>
        <BankState payment={payment} />
      </>
    ),
  },
  {
    head: 'Invoice',
    isSecondary: true,
    cell: (payment) => (
      <Text span size="sm" className="figures">
        {payment.invoice.number ?? '–'}
      </Text>
    ),
  },
  {
    head: 'On',
    isSecondary: true,
    cell: (payment) => (
      <>
        <Text size="sm" className="figures">
          {sayDay(payment.executeOn)}
        </Text>
        <Text size="xs" c="dimmed">
          {payment.reason}
        </Text>
      </>
    ),
  },
  {
    head: 'Amount',
    isRight: true,
    cell: (payment) => (
      <>
        <Amount money={payment.amount} fw={600} />
        {Number(payment.discount.amount) > 0 && (
          <Text size="xs" c="dimmed" className="figures">
            {sayMoney(payment.discount)} discount
          </Text>
        )}
      </>
    ),
  },
];
