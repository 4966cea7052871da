import { Group, List, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { SupplierDetail } from '../../src/interfaces/api/contract.ts';
import { StatusBadge } from '../parts/status-badge.tsx';
import { isStillAhead, sayIban, sayInstant } from '../parts/words.ts';

/** Where money may go, who said so and on what grounds. */
export function BankAccounts({ accounts }: { readonly accounts: SupplierDetail['bankAccounts'] }): ReactNode {
  if (accounts.length === 0)
    return (
      <Text size="sm" c="dimmed">
        None on file: nothing can be paid to this supplier yet.
      </Text>
    );
  return (
    <Stack gap="md">
      {accounts.map((account) => (
        <div key={account.id}>
          <Group justify="space-between" gap="xs">
            <Text fw={550} className="figures">
              {sayIban(account.iban)}
            </Text>
            <StatusBadge status={account.status} />
          </Group>
          <Text size="sm" c="dimmed">
            {account.bic === null ? '' : `${account.bic} · `}
            {account.evidence}
          </Text>
          {account.decidedBy !== null && (
            <Text size="xs" c="dimmed">
              {account.decidedBy.name}
              {account.decidedAt === null ? '' : `, ${sayInstant(account.decidedAt)}`}
            </Text>
          )}
          {account.payableFrom !== null && isStillAhead(account.payableFrom) && (
            <Text size="sm">May be paid from {sayInstant(account.payableFrom)} on: it cools off.</Text>
          )}
          {account.status === 'proposed' && (
            <Text size="sm">Nothing is paid to it before somebody has called the supplier and a second person has confirmed it.</Text>
          )}
          {account.history.length > 1 && <History entries={account.history} />}
        </div>
      ))}
    </Stack>
  );
}

function History({ entries }: { readonly entries: SupplierDetail['bankAccounts'][number]['history'] }): ReactNode {
  return (
    <List size="xs" spacing={2} mt={4} c="dimmed" aria-label="History of this account">
      {entries.map(({ at, sentence }) => (
        <List.Item key={`${at} ${sentence}`}>
          {sayInstant(at)}: {sentence}
        </List.Item>
      ))}
    </List>
  );
}
