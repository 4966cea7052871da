import { Anchor, Group, Paper, Stack, Table, Text, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconArrowsDiff, IconCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { InvoiceDetail } from '../../src/interfaces/api/contract.ts';
import { Differences } from '../decisions/differences.tsx';
import { Why } from '../decisions/why.tsx';
import { NothingHere } from '../parts/nothing-here.tsx';
import { sayFigure, sayPrice } from '../parts/words.ts';
import { SectionHead } from './fields-panel.tsx';
import classes from './review.module.css';

type Match = NonNullable<InvoiceDetail['match']>;

/** Invoice line, order line and what was received, side by side; then what differs. */
export function MatchPanel({ invoice }: { readonly invoice: InvoiceDetail }): ReactNode {
  const { match } = invoice;
  if (match === null)
    return (
      <NothingHere icon={IconArrowsDiff} title="Not compared yet">
        Once the fields stand, the invoice is compared with its order.
      </NothingHere>
    );
  const undecided = match.exceptions.filter((exception) => exception.acceptedBy === null).length;
  return (
    <Stack gap="xl">
      <section>
        <SectionHead
          title={
            match.coveredBy !== null
              ? 'Agreed without an order'
              : match.kind === 'none'
                ? 'No order to compare with'
                : match.kind === 'three-way'
                  ? 'Invoice, order and goods receipt'
                  : 'Invoice and order'
          }
          note={match.outcome === 'matched' ? 'all agree' : undecided === 0 ? 'all decided' : `${undecided} to decide`}
        />
        {match.coveredBy !== null && (
          <Text size="sm" mt={4}>
            {match.coveredBy}
          </Text>
        )}
        {invoice.purchaseOrderId !== null && (
          <Anchor component={Link} to="/purchase-orders/$orderId" params={{ orderId: invoice.purchaseOrderId } as never} size="sm">
            Order {invoice.poNumber ?? ''}
          </Anchor>
        )}
        {match.allocations.length > 0 && <Allocations match={match} invoice={invoice} />}
      </section>
      {match.exceptions.length > 0 && (
        <section>
          <SectionHead title="What differs" />
          <Stack gap="sm">
            {match.exceptions.map((exception) => (
              <Paper key={`${exception.reason}${exception.line ?? ''}${exception.message}`} p="sm">
                <Text size="sm" mb={8}>
                  {exception.message}
                </Text>
                <Differences expected={exception.expected} found={exception.found} difference={exception.difference} />
                {exception.acceptedBy !== null && (
                  <Text size="xs" c="dimmed" mt={6}>
                    Accepted by {exception.acceptedBy.name}.
                  </Text>
                )}
              </Paper>
            ))}
          </Stack>
        </section>
      )}
      {invoice.seen === null && <Why invoiceId={invoice.id} shows="all" />}
    </Stack>
  );
}

function Allocations({ match, invoice }: { readonly match: Match; readonly invoice: InvoiceDetail }): ReactNode {
  const isThreeWay = match.kind === 'three-way';
  return (
    <div className={classes['lines']} style={{ marginTop: 8 }} tabIndex={0} role="region" aria-label="Match">
      <Table aria-label="Match" miw={{ base: 0, sm: 520 }} fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Invoice line and order line</Table.Th>
            <Table.Th ta="right">Ordered</Table.Th>
            {isThreeWay && <Table.Th ta="right">Received</Table.Th>}
            <Table.Th ta="right" visibleFrom="sm">
              Before
            </Table.Th>
            <Table.Th ta="right">This invoice</Table.Th>
            <Table.Th w={34}>
              <VisuallyHidden>Agrees</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {match.allocations.map((allocation) => {
            const { orderLine, invoiceLine } = allocation;
            const differs = match.exceptions.some((exception) => exception.line === invoiceLine && exception.acceptedBy === null);
            const printed = invoice.lines[invoiceLine - 1]?.description.value ?? null;
            return (
              <Table.Tr key={`${invoiceLine}-${orderLine.id}`}>
                <Table.Td px={10} py={7}>
                  <Text size="sm" lineClamp={2}>
                    {printed ?? orderLine.description}
                  </Text>
                  <Text size="xs" c="dimmed" lineClamp={1} title={allocation.reason}>
                    {orderLine.position}. {orderLine.description}
                  </Text>
                </Table.Td>
                <Table.Td ta="right" className="figures">
                  {sayFigure(orderLine.quantity)}
                  <Text size="xs" c="dimmed">
                    at {sayPrice(orderLine.unitPrice)}
                  </Text>
                </Table.Td>
                {isThreeWay && (
                  <Table.Td ta="right" className="figures">
                    {sayFigure(allocation.receivedQuantity)}
                  </Table.Td>
                )}
                <Table.Td ta="right" className="figures" visibleFrom="sm">
                  {sayFigure(allocation.invoicedQuantity)}
                </Table.Td>
                <Table.Td ta="right" className="figures">
                  {sayFigure(allocation.quantity)}
                  <Text size="xs" c="dimmed">
                    {sayFigure(allocation.amount.amount)}
                  </Text>
                </Table.Td>
                <Table.Td px={8}>
                  <Group gap={0} justify="center">
                    {differs ? (
                      <IconAlertTriangle size={16} color="var(--mantine-color-amber-light-color)" aria-label="differs" />
                    ) : (
                      <IconCheck size={16} color="var(--mantine-color-green-light-color)" aria-label="agrees" />
                    )}
                  </Group>
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </div>
  );
}
