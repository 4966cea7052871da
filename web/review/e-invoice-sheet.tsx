import { Badge, Divider, Group, SimpleGrid, Table, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { FieldName, InvoiceDetail } from '../../src/interfaces/api/contract.ts';
import { sayDay, sayFigure, sayIban, sayPrice } from '../parts/words.ts';
import classes from './e-invoice-sheet.module.css';
import { labels, type FieldKey } from './field-names.ts';

interface EInvoiceSheetProps {
  readonly invoice: InvoiceDetail;
  readonly active: FieldKey | null;
  readonly focusField: ((key: FieldKey) => void) | undefined;
}

const facts: readonly FieldName[] = ['invoiceNumber', 'issueDate', 'dueDate', 'poNumber', 'supplierTaxId', 'iban'];
const totals: readonly FieldName[] = ['netTotal', 'taxTotal', 'grossTotal'];

/** An e-invoice has no picture: its contents, laid out as an invoice. */
export function EInvoiceSheet({ invoice, active, focusField }: EInvoiceSheetProps): ReactNode {
  const { fields, lines } = invoice;
  const isXml = Object.values(fields).some((field) => field.origin === 'xml');
  const fact = (name: FieldName, size?: 'lg'): ReactNode => (
    <button
      key={name}
      type="button"
      tabIndex={-1}
      className={classes['fact']}
      data-active={active === name || undefined}
      onClick={() => focusField?.(name)}
    >
      <Text size="xs" c="dimmed">
        {labels[name]}
      </Text>
      <Text fw={size === 'lg' ? 650 : 500} fz={size === 'lg' ? 'lg' : 'md'} className={name.endsWith('Total') ? 'figures' : ''}>
        {sayValue(name, fields[name].value)}
      </Text>
    </button>
  );
  return (
    <article className={classes['sheet']} aria-label="E-invoice">
      <Group justify="space-between" align="flex-start">
        <div>{fact('supplierName', 'lg')}</div>
        <Badge color="gray">{isXml ? 'E-invoice, no picture' : 'No picture of this document'}</Badge>
      </Group>
      <Title order={2} mt="lg" mb="xs">
        {invoice.kind === 'credit-note' ? 'Credit note' : 'Invoice'}
      </Title>
      {fact('buyerName')}
      <Divider my="md" />
      <SimpleGrid cols={{ base: 2, sm: 3 }} spacing="lg" verticalSpacing={6}>
        {facts.map((name) => fact(name))}
      </SimpleGrid>
      <Table mt="lg" verticalSpacing={7} horizontalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{labels.description}</Table.Th>
            <Table.Th ta="right">{labels.quantity}</Table.Th>
            <Table.Th ta="right">{labels.unitPrice}</Table.Th>
            <Table.Th ta="right">{labels.netAmount}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.map((line, index) => (
            // Lines have no identity but their place.
            // oxlint-disable-next-line react/no-array-index-key
            <Table.Tr key={index}>
              <Table.Td>{line.description.value}</Table.Td>
              <Table.Td ta="right" className="figures">
                {sayFigure(line.quantity.value ?? '')}
              </Table.Td>
              <Table.Td ta="right" className="figures">
                {sayPrice(line.unitPrice.value ?? '')}
              </Table.Td>
              <Table.Td ta="right" className="figures">
                {sayFigure(line.netAmount.value ?? '')}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <SimpleGrid cols={3} mt="lg" ta="right">
        {totals.map((name) => fact(name, name === 'grossTotal' ? 'lg' : undefined))}
      </SimpleGrid>
    </article>
  );
}

function sayValue(name: FieldName, value: string | null): string {
  if (value === null) return '–';
  if (name === 'iban') return sayIban(value);
  if (name === 'issueDate' || name === 'dueDate') return sayDay(value);
  return name.endsWith('Total') ? sayFigure(value) : value;
}
