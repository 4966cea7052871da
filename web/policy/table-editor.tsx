import { Button, Group, Paper, Select, Table, Text, TextInput, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { PolicyDetailView, PolicyTablesView } from '../../src/interfaces/api/contract-policies.ts';

type DecisionTable = PolicyTablesView['approvals'];
interface TableEditorProps {
  readonly title: string;
  readonly table: DecisionTable;
  /** About rows of this table. */
  readonly problems: PolicyDetailView['problems'];
  readonly mayEdit: boolean;
  readonly onChange: (table: DecisionTable) => void;
}

/** A decision table whose cells are written in place; what is wrong with a row stands below it. */
export function TableEditor({ title, table, problems, mayEdit, onChange }: TableEditorProps): ReactNode {
  const columns = [...table.inputs, ...table.outputs];
  const setRow = (index: number, row: DecisionTable['rules'][number]): void =>
    onChange({ ...table, rules: table.rules.map((old, place) => (place === index ? row : old)) });
  const add = (): void => onChange({ ...table, rules: [...table.rules, { _id: crypto.randomUUID().slice(0, 8) }] });
  return (
    <Paper p="md" component="section" aria-label={title}>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h4">
          {title}
        </Title>
        <Select
          size="xs"
          aria-label="Which row counts"
          disabled={!mayEdit}
          allowDeselect={false}
          data={[
            { value: 'first', label: 'The first row that applies counts' },
            { value: 'unique', label: 'Only one row may apply' },
          ]}
          value={table.hitPolicy}
          onChange={(value) => onChange({ ...table, hitPolicy: value === 'unique' ? 'unique' : 'first' })}
          w={250}
        />
      </Group>
      <Table.ScrollContainer minWidth={columns.length * 88}>
        <Table verticalSpacing={4} horizontalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>#</Table.Th>
              {columns.map(({ id, name }) => (
                <Table.Th key={id} fz="xs" miw={id === 'steps' ? 150 : undefined}>
                  {name}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {table.rules.map((row, index) => (
              <Row
                key={row['_id'] ?? index}
                {...{ row, columns, mayEdit }}
                inputCount={table.inputs.length}
                number={index + 1}
                problems={problems.filter((problem) => problem.row === index + 1)}
                onChange={(next) => setRow(index, next)}
                onRemove={() => onChange({ ...table, rules: table.rules.filter((_row, place) => place !== index) })}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {mayEdit && (
        <Button mt="xs" size="compact-sm" variant="default" onClick={add}>
          Add a row
        </Button>
      )}
    </Paper>
  );
}

interface RowProps {
  readonly row: DecisionTable['rules'][number];
  readonly number: number;
  /** Inputs, then outputs. */
  readonly columns: DecisionTable['inputs'];
  readonly inputCount: number;
  readonly problems: PolicyDetailView['problems'];
  readonly mayEdit: boolean;
  readonly onChange: (row: DecisionTable['rules'][number]) => void;
  readonly onRemove: () => void;
}

function Row({ row, number, columns, inputCount, problems, mayEdit, onChange, onRemove }: RowProps): ReactNode {
  return (
    <>
      <Table.Tr>
        <Table.Td>{number}</Table.Td>
        {columns.map(({ id, name, field }, place) => (
          <Table.Td key={id}>
            <TextInput
              size="xs"
              aria-label={`Row ${number}, ${name}`}
              placeholder={place < inputCount ? 'any' : '–'}
              readOnly={!mayEdit}
              error={problems.some((problem) => problem.field === field)}
              value={row[id] ?? ''}
              onChange={(event) => onChange({ ...row, [id]: event.currentTarget.value })}
            />
          </Table.Td>
        ))}
        {mayEdit && (
          <Table.Td>
            <Button size="compact-xs" variant="subtle" color="red" onClick={onRemove} aria-label={`Take out row ${number}`}>
              Out
            </Button>
          </Table.Td>
        )}
      </Table.Tr>
      {problems.map(({ message }) => (
        <Table.Tr key={message}>
          <Table.Td />
          <Table.Td colSpan={columns.length + 1}>
            <Text size="sm" c="red">
              {message}
            </Text>
          </Table.Td>
        </Table.Tr>
      ))}
    </>
  );
}
