import { Group, Paper, Progress, Table, Text, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import type { PurchaseOrderDetail } from '../../src/interfaces/api/contract.ts';
import { sayFigure, sayPrice } from '../parts/words.ts';

type OrderLine = PurchaseOrderDetail['orderLines'][number];

/** What was ordered, with bars for what arrived and what was invoiced. */
export function OrderLines({ order }: { readonly order: PurchaseOrderDetail }): ReactNode {
  return (
    <Paper style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label="Order lines">
      <Table miw={{ base: 0, sm: 640 }} aria-label="Order lines">
        <Table.Thead>
          <Table.Tr fz="xs" c="dimmed">
            <Table.Th w={36} fw={500} visibleFrom="sm">
              <VisuallyHidden>Position</VisuallyHidden>
            </Table.Th>
            <Table.Th fw={500}>Item</Table.Th>
            <Table.Th fw={500} ta="right">
              Ordered
            </Table.Th>
            <Table.Th fw={500} ta="right" visibleFrom="sm">
              Unit price
            </Table.Th>
            {order.isReceiptRequired && (
              <Table.Th fw={500} w={{ base: 76, sm: 150 }}>
                Received
              </Table.Th>
            )}
            <Table.Th fw={500} w={{ base: 76, sm: 150 }}>
              Invoiced
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {order.orderLines.map((line) => (
            <Table.Tr key={line.id}>
              <Table.Td c="dimmed" visibleFrom="sm">
                {line.position}
              </Table.Td>
              <Table.Td>
                {line.description}
                {line.itemCode !== null && (
                  <Text size="xs" c="dimmed">
                    {line.itemCode}
                  </Text>
                )}
              </Table.Td>
              <Table.Td ta="right" className="figures">
                {sayFigure(line.quantity)}{' '}
                <Text span size="xs" c="dimmed">
                  {unitName(line.unit)}
                </Text>
              </Table.Td>
              <Table.Td ta="right" className="figures" visibleFrom="sm">
                {sayPrice(line.unitPrice)}
              </Table.Td>
              {order.isReceiptRequired && (
                <Table.Td>
                  <Share label="received" line={line} quantity={line.receivedQuantity} />
                </Table.Td>
              )}
              <Table.Td>
                <Share label="invoiced" line={line} quantity={line.invoicedQuantity} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}

function Share({ label, line, quantity }: { readonly label: string; readonly line: OrderLine; readonly quantity: string }): ReactNode {
  const share = Number(line.quantity) === 0 ? 0 : (Number(quantity) / Number(line.quantity)) * 100;
  const color = share > 100 ? 'red' : share >= 100 ? 'green' : 'ink';
  return (
    <Group gap={8} wrap="nowrap">
      <Progress
        value={Math.min(100, share)}
        size={5}
        flex={1}
        color={color}
        aria-label={`${quantity} of ${line.quantity} ${label}`}
        visibleFrom="sm"
      />
      <Text span size="xs" c="dimmed" className="figures" w={52} ta="right">
        {sayFigure(quantity)}
      </Text>
    </Group>
  );
}

/** UN/ECE Recommendation 20 codes that offices meet; others are shown as they are. */
const units: Readonly<Record<string, string>> = {
  C62: 'pcs',
  H87: 'pcs',
  EA: 'pcs',
  HUR: 'h',
  DAY: 'days',
  KGM: 'kg',
  LTR: 'l',
  MTR: 'm',
  MTK: 'm²',
  MON: 'months',
  XPK: 'packs',
};

function unitName(unit: string): string {
  return units[unit] ?? unit;
}
