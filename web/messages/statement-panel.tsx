import { Alert, Anchor, Group, Paper, Skeleton, Stack, Table, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { Statement } from '../../src/interfaces/api/contract-statements.ts';
import { statementQuery } from '../api/queries.ts';
import { SupplierChoice } from '../decisions/record-choice.tsx';
import { Amount } from '../parts/amount.tsx';
import { Failed } from '../parts/failed.tsx';
import { SectionHead } from '../review/fields-panel.tsx';

type Finding = Statement['findings'][number];
type Balance = NonNullable<Statement['balance']>;

/** A statement of account against our books: what to clear up first, then the balances, then what agrees. */
export function StatementPanel({ documentId }: { readonly documentId: string }): ReactNode {
  const [supplierId, setSupplierId] = useState<string | null>(null);
  const statement = useQuery(statementQuery(documentId, supplierId));
  if (statement.isError && statement.data === undefined) return <Failed error={statement.error} retry={statement.refetch} />;
  if (statement.isPending) return <Skeleton h={160} />;
  const { supplier, supplierReason, findings, balance, unread } = statement.data;
  const open = findings.filter((finding) => !agrees(finding));
  return (
    <section>
      <SectionHead
        title={`Compared with our books${supplier === null ? '' : `: ${supplier.name}`}`}
        note={balance === null ? 'not possible yet' : open.length === 0 ? 'all agree' : `${open.length} to clear up`}
      />
      <Stack gap="md">
        {balance === null && (
          <div>
            <Text size="sm" mb="xs">
              {supplierReason} Choose whose statement it is, to compare it.
            </Text>
            <SupplierChoice value={supplierId} onChange={setSupplierId} />
          </div>
        )}
        {unread.length > 0 && (
          <Alert color="amber" icon={<IconAlertTriangle size={18} />} title="These rows could not be read; please look at them yourself">
            {unread.map((text) => (
              <Text key={text} size="sm">
                {text}
              </Text>
            ))}
          </Alert>
        )}
        {findings.length > 0 && <Rows findings={[...open, ...findings.filter(agrees)]} />}
        {balance !== null && <Balances balance={balance} />}
      </Stack>
    </section>
  );
}

function agrees({ kind }: Finding): boolean {
  return kind.startsWith('agrees') || kind === 'payment-agrees';
}

function Rows({ findings }: { readonly findings: readonly Finding[] }): ReactNode {
  return (
    <div style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label="Rows of the statement">
      <Table fz="sm" aria-label="Rows of the statement" miw={{ base: 0, sm: 560 }}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>What we found</Table.Th>
            <Table.Th ta="right" visibleFrom="sm">
              Theirs
            </Table.Th>
            <Table.Th ta="right" visibleFrom="sm">
              Ours
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {findings.map((finding) => (
            <Table.Tr key={`${finding.row ?? ''}${finding.message}`}>
              <Table.Td>
                <Group gap={8} wrap="nowrap" align="flex-start">
                  <Sign isFine={agrees(finding)} />
                  <div>
                    {finding.message}
                    {finding.invoiceId !== null && (
                      <>
                        {' '}
                        <Anchor
                          component={Link}
                          to="/invoices/$invoiceId"
                          params={{ invoiceId: finding.invoiceId } as never}
                          size="sm"
                          underline="always"
                        >
                          Open {finding.number ?? 'the invoice'}
                        </Anchor>
                      </>
                    )}
                  </div>
                </Group>
              </Table.Td>
              <Table.Td ta="right" visibleFrom="sm">
                <Amount money={finding.theirs} />
              </Table.Td>
              <Table.Td ta="right" visibleFrom="sm">
                <Amount money={finding.ours} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

/** The words beside it say the same. */
function Sign({ isFine }: { readonly isFine: boolean }): ReactNode {
  const Icon = isFine ? IconCheck : IconAlertTriangle;
  return (
    <Icon
      size={16}
      stroke={1.8}
      aria-hidden
      style={{ flexShrink: 0, marginTop: 2 }}
      color={isFine ? 'var(--mantine-color-dimmed)' : 'var(--mantine-color-error)'}
    />
  );
}

function Balances({ balance: { rows, ours, difference, stated, unexplained } }: { readonly balance: Balance }): ReactNode {
  const isEqual = Number(difference.amount) === 0;
  return (
    <Paper p="md">
      <Text size="sm">
        Their rows add up to <Amount money={rows} />, our books say <Amount money={ours} />.{' '}
        {isEqual ? (
          'Both agree to the cent.'
        ) : (
          <>
            The difference of <Amount money={difference} /> is made of the rows above that do not agree.
          </>
        )}
      </Text>
      {stated !== null && unexplained !== null && Number(unexplained.amount) !== 0 && (
        <Text size="sm" mt={6}>
          They ask for <Amount money={stated} /> in all, which is <Amount money={unexplained} /> off their own rows. Please ask them why.
        </Text>
      )}
    </Paper>
  );
}
