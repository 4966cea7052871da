import { ActionIcon, Button, Group, Paper, Select, Stack, Text, Title } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPencil, IconX } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { PolicyDetailView, PolicyTablesView } from '../../src/interfaces/api/contract-policies.ts';
import { RowForm } from './row-form.tsx';
import { sayThen, sayWhen } from './row-words.ts';

type DecisionTable = PolicyTablesView['approvals'];
type Row = DecisionTable['rules'][number];
interface TableEditorProps {
  readonly title: string;
  readonly table: DecisionTable;
  readonly kinds: PolicyDetailView['kinds'];
  /** About rows of this table. */
  readonly problems: PolicyDetailView['problems'];
  readonly mayEdit: boolean;
  readonly onChange: (table: DecisionTable) => void;
}

/** A decision table as sentences in the order in which they are tried; what is wrong with a row stands below it. */
export function TableEditor({ title, table, kinds, problems, mayEdit, onChange }: TableEditorProps): ReactNode {
  const [edited, setEdited] = useState<number | null>(null);
  const { rules } = table;
  const setRules = (next: Row[]): void => onChange({ ...table, rules: next });
  const swap = (index: number): void =>
    setRules(rules.map((row, place) => (place === index ? (rules[index + 1] ?? row) : place === index + 1 ? (rules[index] ?? row) : row)));
  const row = edited === null ? undefined : (rules[edited] ?? {});
  return (
    <Paper p="md" component="section" aria-label={title}>
      <TableHead {...{ title, table, mayEdit, onChange }} />
      <Stack gap="xs" component="ol" style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {rules.map((one, index) => (
          <li key={one['_id'] ?? index}>
            <Group align="start" gap="sm" wrap="nowrap">
              <Text size="sm" c="dimmed" w={20} ta="right">
                {index + 1}
              </Text>
              <div style={{ flex: 1, minWidth: 0 }}>
                <Text size="sm">
                  {sayWhen(table, one)}: <b>{sayThen(table, one)}</b>
                </Text>
                {problems
                  .filter((problem) => problem.row === index + 1)
                  .map(({ message }) => (
                    <Text key={message} size="sm" c="red">
                      {message}
                    </Text>
                  ))}
              </div>
              {mayEdit && (
                <Group gap={2} wrap="nowrap">
                  <ActionIcon variant="subtle" color="gray" aria-label={`Change row ${index + 1}`} onClick={() => setEdited(index)}>
                    <IconPencil size={16} />
                  </ActionIcon>
                  <Move label={`Move row ${index + 1} up`} icon={IconArrowUp} isOff={index === 0} move={() => swap(index - 1)} />
                  <Move
                    label={`Move row ${index + 1} down`}
                    icon={IconArrowDown}
                    isOff={index === rules.length - 1}
                    move={() => swap(index)}
                  />
                  <ActionIcon
                    variant="subtle"
                    color="red"
                    aria-label={`Take out row ${index + 1}`}
                    onClick={() => setRules(rules.filter((_row, place) => place !== index))}
                  >
                    <IconX size={16} />
                  </ActionIcon>
                </Group>
              )}
            </Group>
          </li>
        ))}
      </Stack>
      {mayEdit && (
        <Button mt="sm" size="compact-sm" variant="default" onClick={() => setEdited(rules.length)}>
          Add a row
        </Button>
      )}
      {edited !== null && row !== undefined && (
        <RowForm
          {...{ table, row, kinds }}
          number={edited + 1}
          close={() => setEdited(null)}
          onDone={(next) => {
            const isNew = edited === rules.length;
            setRules(
              isNew
                ? [...rules, { _id: crypto.randomUUID().slice(0, 8), ...next }]
                : rules.map((old, place) => (place === edited ? next : old)),
            );
            setEdited(null);
          }}
        />
      )}
    </Paper>
  );
}

/** What it is called, and which row counts; of questions the first one does, and what holds whatever the rows say. */
function TableHead({ title, table, mayEdit, onChange }: Pick<TableEditorProps, 'title' | 'table' | 'mayEdit' | 'onChange'>): ReactNode {
  const isAsking = table.outputs.some(({ field }) => field === 'to');
  return (
    <>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h4">
          {title}
        </Title>
        {!isAsking && (
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
        )}
      </Group>
      {isAsking && (
        <Text size="sm" c="dimmed" mb="sm">
          {table.rules.length === 0 ? 'Nothing: a person sends every question. ' : ''}
          Only to an address on file, once about each exception, never about bank accounts or suspected fraud. What an answer comes to is
          always a person’s word.
        </Text>
      )}
    </>
  );
}

interface MoveProps {
  readonly label: string;
  readonly icon: typeof IconArrowUp;
  readonly isOff: boolean;
  readonly move: () => void;
}

function Move({ label, icon: Sign, isOff, move }: MoveProps): ReactNode {
  return (
    <ActionIcon variant="subtle" color="gray" aria-label={label} disabled={isOff} onClick={move}>
      <Sign size={16} />
    </ActionIcon>
  );
}
