import { Text, Timeline } from '@mantine/core';
import { IconCheck, IconClock, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { InvoiceDetail } from '../../src/interfaces/api/contract.ts';
import { roleNames } from '../api/rights.ts';
import { sayInstant } from '../parts/words.ts';
import { SectionHead } from '../review/fields-panel.tsx';

type Approval = InvoiceDetail['approvals'][number];

/** Whose yes is needed, and who has given it: who did what when. */
export function Seats({ invoice }: { readonly invoice: InvoiceDetail }): ReactNode {
  const { approvals, requiredSteps } = invoice;
  const count = Math.max(requiredSteps.length, approvals.length);
  if (count === 0) return null;
  const given = approvals.filter((approval) => approval.decision !== 'rejected').length;
  const wasRejected = given < approvals.length;
  return (
    <section>
      <SectionHead title="Who decides" note={count > 1 ? `${given} of ${count}` : undefined} />
      <Timeline active={approvals.length - 1} bulletSize={24} lineWidth={1.5} color={wasRejected ? 'red' : 'green'}>
        {Array.from({ length: count }, (_, seat) => {
          const approval = approvals[seat];
          const role = requiredSteps[seat] ?? approval?.role ?? 'approver';
          return (
            // Seats have no identity but their place.
            // oxlint-disable-next-line react/no-array-index-key
            <Timeline.Item key={seat} bullet={signOf(approval)}>
              <Text size="sm" fw={550}>
                {whoOf(approval, role)}
              </Text>
              <Text size="xs" c="dimmed">
                {approval === undefined ? 'still to decide' : `${sayDecision(approval)}, ${sayInstant(approval.at)}`}
              </Text>
              {approval?.note != null && <Text size="sm">“{approval.note}”</Text>}
            </Timeline.Item>
          );
        })}
      </Timeline>
    </section>
  );
}

function signOf(approval: Approval | undefined): ReactNode {
  if (approval === undefined) return <IconClock size={13} stroke={1.8} aria-hidden />;
  return approval.decision === 'rejected' ? <IconX size={14} aria-hidden /> : <IconCheck size={14} aria-hidden />;
}

function whoOf(approval: Approval | undefined, role: string): string {
  if (approval?.decision === 'automatic') return 'Deskhand, by the rules';
  return approval?.member?.name ?? `One ${roleNames[role] ?? role}`;
}

function sayDecision(approval: Approval): string {
  return approval.decision === 'automatic' ? 'approved without a person' : approval.decision;
}
