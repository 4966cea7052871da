import { Stepper, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { InvoiceDetail } from '../../src/interfaces/api/contract.ts';
import { roleNames } from '../api/rights.ts';
import { sayInstant } from '../parts/words.ts';
import { SectionHead } from '../review/fields-panel.tsx';

/** Whose yes is needed, and who has given it: who did what when. */
export function Seats({ invoice }: { readonly invoice: InvoiceDetail }): ReactNode {
  const { approvals, requiredSteps } = invoice;
  if (requiredSteps.length === 0 && approvals.length === 0) return null;
  const given = approvals.filter((approval) => approval.decision !== 'rejected');
  const rejected = approvals.find((approval) => approval.decision === 'rejected');
  const seats = Math.max(requiredSteps.length, approvals.length);
  return (
    <section>
      <SectionHead title="Who decides" note={seats > 1 ? `${given.length} of ${seats}` : undefined} />
      <Stepper active={approvals.length} orientation="vertical" size="xs" iconSize={26} color={rejected === undefined ? 'green' : 'red'} allowNextStepsSelect={false}>
        {Array.from({ length: seats }, (_, index) => {
          const approval = approvals[index];
          const role = requiredSteps[index] ?? approval?.role ?? 'approver';
          return (
            <Stepper.Step
              // Seats have no identity but their place.
              // oxlint-disable-next-line react/no-array-index-key
              key={index}
              label={approval?.member?.name ?? (approval?.decision === 'automatic' ? 'Deskhand, by the rules' : `One ${roleNames[role] ?? role}`)}
              description={
                approval === undefined ? 'still to decide' : `${approval.decision === 'automatic' ? 'approved without a person' : approval.decision}, ${sayInstant(approval.at)}`
              }
            />
          );
        })}
      </Stepper>
      {rejected?.note != null && <Text size="sm">“{rejected.note}”</Text>}
    </section>
  );
}
