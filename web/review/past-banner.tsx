import { Alert, Anchor, List } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { InvoiceDetail } from '../../src/interfaces/api/contract.ts';
import { sayInstant } from '../parts/words.ts';

/** Says that an invoice is shown as it was, and when; nothing on it can be changed. */
export function PastBanner({ invoice }: { readonly invoice: InvoiceDetail }): ReactNode {
  const { seen, id } = invoice;
  if (seen === null) return null;
  const decided = invoice.approvals.find(({ event }) => event === seen.event);
  const who = decided === undefined ? '' : `, when ${decided.member?.name ?? 'the policy'} decided`;
  return (
    <Alert color="amber" icon={<IconHistory size={16} aria-hidden />} py={6} role="status">
      As it was on {sayInstant(seen.at)}
      {who}.{' '}
      <Anchor component={Link} to="/invoices/$invoiceId" params={{ invoiceId: id } as never} size="sm" underline="always">
        Show it as it is today
      </Anchor>
    </Alert>
  );
}

/** The moments of this invoice's approvals, to look at what each person saw. */
export function PastLinks({ invoice }: { readonly invoice: InvoiceDetail }): ReactNode {
  const moments = invoice.approvals.flatMap((approval) => (approval.event === null ? [] : { ...approval, event: approval.event }));
  if (moments.length === 0) return null;
  return (
    <List size="sm" mb="lg" spacing={4}>
      {moments.map(({ event, member, decision }) => (
        <List.Item key={event}>
          <Anchor
            component={Link}
            to="/invoices/$invoiceId"
            params={{ invoiceId: invoice.id } as never}
            search={{ asOf: event } as never}
            size="sm"
            underline="always"
          >
            As it was when {member?.name ?? 'the policy'} {decision === 'rejected' ? 'rejected' : 'approved'}
          </Anchor>
        </List.Item>
      ))}
    </List>
  );
}
