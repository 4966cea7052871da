import { Group, Paper, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { InvoiceDetail } from '../../src/interfaces/api/contract.ts';
import { codesQuery } from '../api/queries.ts';
import { Amount } from '../parts/amount.tsx';
import { SectionHead } from '../review/fields-panel.tsx';
import { codeKinds, sayCode, sayWho } from './coding-words.ts';

/** Where the lines are booked, as an approver says yes to it. Nothing where no accounts are kept. */
export function CodingSummary({ invoice }: { readonly invoice: InvoiceDetail }): ReactNode {
  const codes = useQuery(codesQuery).data?.items ?? [];
  if (invoice.coding === null) return null;
  const currency = invoice.gross?.currency ?? '';
  return (
    <section>
      <SectionHead title="Where it is booked" />
      <Paper px="sm" py={6}>
        {invoice.coding.map((line) => (
          <div key={line.line}>
            {line.parts.map((part, index) => (
              // Parts have no identity but their place.
              // oxlint-disable-next-line react/no-array-index-key
              <Group key={index} justify="space-between" wrap="nowrap" py={4}>
                <Text size="sm">
                  {codeKinds.flatMap((kind) => (part[kind] === null ? [] : [sayCode(codes, kind, part[kind])])).join(' · ')}
                </Text>
                <Amount money={{ amount: part.amount, currency }} size="sm" />
              </Group>
            ))}
            <Text size="xs" c="dimmed" pb={4}>
              {line.line === 0 ? '' : `Line ${line.line}. `}
              {sayWho(line)}.
            </Text>
          </div>
        ))}
      </Paper>
    </section>
  );
}
