import { Button, Group, Paper, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { PolicyBacktestView } from '../../src/interfaces/api/contract-policies.ts';
import { show } from '../api/request.ts';
import { plural, sayMoney, saySums } from '../parts/words.ts';
import { sayPath } from './case-list.tsx';

/** What this version would have decided otherwise since a day. */
export function BacktestPanel({ version }: { readonly version: number }): ReactNode {
  const [since, setSince] = useState(() => new Date(Date.now() - 365 * 86_400_000).toISOString().slice(0, 10));
  const run = useMutation({ mutationFn: () => show<PolicyBacktestView>(`/v1/policies/${version}/backtest?since=${since}`) });
  return (
    <Paper p="md" component="section" aria-label="Had it decided before">
      <Title order={2} size="h4" mb="xs">
        Had it decided before
      </Title>
      <Group align="end" mb="sm">
        <TextInput type="date" label="Decisions since" value={since} onChange={(event) => setSince(event.currentTarget.value)} />
        <Button variant="default" loading={run.isPending} disabled={since === ''} onClick={() => run.mutate()}>
          Try it on past invoices
        </Button>
      </Group>
      {run.data !== undefined && <Result found={run.data} />}
    </Paper>
  );
}

function Result({ found }: { readonly found: PolicyBacktestView }): ReactNode {
  const { decisions, changed, leftOut, newlyAutomatic, newlyAsked, approvalsSaved, approvalsAdded } = found;
  return (
    <Stack gap="xs">
      <Text>
        {plural(decisions, 'decision')}, {changed === 0 ? 'none of them otherwise' : `${changed} of them otherwise`}.
        {leftOut > 0 && ` ${leftOut} more can't be tried: what they were decided by was not kept.`}
      </Text>
      {changed > 0 && (
        <>
          <Text size="sm">
            Without a person: {newlyAutomatic} more ({saySums(found.moneyNewlyAutomatic) || 'no money'}), {newlyAsked} fewer (
            {saySums(found.moneyNewlyAsked) || 'no money'}). Approvals: {approvalsSaved} saved, {approvalsAdded} added. Differences to
            decide: {found.exceptionsRemoved} fewer, {found.exceptionsAdded} more.
          </Text>
          <Table.ScrollContainer minWidth={520}>
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Invoice</Table.Th>
                  <Table.Th ta="right">Total</Table.Th>
                  <Table.Th>Decided by</Table.Th>
                  <Table.Th>Would be</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {found.invoices.map(({ invoiceId, number, supplierName, gross, before, after }) => (
                  <Table.Tr key={invoiceId}>
                    <Table.Td>
                      <Link to="/invoices/$invoiceId" params={{ invoiceId }} search={{}}>
                        {supplierName ?? 'unknown'} {number ?? ''}
                      </Link>
                    </Table.Td>
                    <Table.Td ta="right">{sayMoney(gross)}</Table.Td>
                    <Table.Td>{sayPath(before)}</Table.Td>
                    <Table.Td>{sayPath(after)}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </>
      )}
    </Stack>
  );
}
