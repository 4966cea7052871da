import { ActionIcon, Button, Group, Table, Text, Tooltip, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { sayFigure } from '../parts/words.ts';
import { FieldInput } from './field-row.tsx';
import { lineFields, labels, type FieldKey } from './field-names.ts';
import { checkLine, checkSum } from './line-arithmetic.ts';
import classes from './review.module.css';
import { isDoubt, suretyLooks } from './standing.ts';
import type { FieldKeys } from './use-field-keys.ts';
import type { DraftLine, Review } from './use-review.ts';

const widths = { description: undefined, quantity: 74, unitPrice: 92, netAmount: 98, taxRate: 58 } as const;

/** The invoice lines, their arithmetic checked while one types. */
export function LinesTable({ review, keys }: { readonly review: Review; readonly keys: FieldKeys }): ReactNode {
  const sum = checkSum(
    review.lines.map((line) => line.values.netAmount),
    review.valueOf('netTotal'),
  );
  return (
    <>
      <div className={classes['lines']}>
        <Table withRowBorders aria-label="Invoice lines" layout="fixed" miw={480}>
          <Table.Thead>
            <Table.Tr>
              {lineFields.map((name) => (
                <Table.Th key={name} w={widths[name]} ta={name === 'description' ? 'left' : 'right'}>
                  {labels[name]}
                </Table.Th>
              ))}
              <Table.Th w={34}>
                <VisuallyHidden>Arithmetic</VisuallyHidden>
              </Table.Th>
              {review.isEditable && (
                <Table.Th w={30}>
                  <VisuallyHidden>Remove</VisuallyHidden>
                </Table.Th>
              )}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {review.lines.map((line) => (
              <LineRow key={line.id} line={line} review={review} keys={keys} />
            ))}
          </Table.Tbody>
        </Table>
      </div>
      <Group justify="space-between" mt={6} mih={30}>
        {review.isEditable ? (
          <Button variant="subtle" color="gray" size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} onClick={review.addLine}>
            Add a line
          </Button>
        ) : (
          <span />
        )}
        {sum !== null && (
          <Group gap={6} c={`var(--mantine-color-${sum.holds ? 'green' : 'red'}-light-color)`}>
            {sum.holds ? <IconCheck size={14} aria-hidden /> : <IconAlertTriangle size={14} aria-hidden />}
            <Text size="xs" fw={550} className="figures">
              {sum.holds
                ? `Lines add up to ${sayFigure(sum.computed)}`
                : `Lines add up to ${sayFigure(sum.computed)}, ${sayFigure(sum.difference)} off the net total`}
            </Text>
          </Group>
        )}
      </Group>
    </>
  );
}

function LineRow({ line, review, keys }: { readonly line: DraftLine; readonly review: Review; readonly keys: FieldKeys }): ReactNode {
  const { quantity, unitPrice, netAmount } = line.values;
  const check = checkLine(quantity, unitPrice, netAmount);
  return (
    <Table.Tr>
      {lineFields.map((name) => {
        const key: FieldKey = `lines.${line.id}.${name}`;
        const surety = review.suretyNow(key);
        const doubt = isDoubt(surety) ? suretyLooks[surety].word : undefined;
        return (
          <Table.Td
            key={name}
            className={classes['cell'] ?? ''}
            data-surety={surety}
            data-active={keys.active === key || undefined}
            title={doubt === undefined ? undefined : `${doubt}: ${review.fieldOf(key)?.reason ?? ''}`}
            onMouseEnter={() => keys.hover(key)}
            onMouseLeave={() => keys.hover(null)}
          >
            <FieldInput fieldKey={key} review={review} keys={keys} isBare />
          </Table.Td>
        );
      })}
      <Table.Td ta="center">
        {check !== null && (
          <Tooltip label={check.holds ? 'Quantity × price gives the amount' : `Quantity × price gives ${sayFigure(check.computed)}`}>
            {check.holds ? (
              <IconCheck size={15} color="var(--mantine-color-green-light-color)" aria-label="Quantity times price gives the amount" />
            ) : (
              <IconAlertTriangle
                size={15}
                color="var(--mantine-color-red-light-color)"
                aria-label={`Quantity times price gives ${check.computed}`}
              />
            )}
          </Tooltip>
        )}
      </Table.Td>
      {review.isEditable && (
        <Table.Td>
          <ActionIcon size="sm" aria-label="Remove this line" tabIndex={-1} onClick={() => review.removeLine(line.id)}>
            <IconTrash size={14} stroke={1.6} />
          </ActionIcon>
        </Table.Td>
      )}
    </Table.Tr>
  );
}
