import { Button, Group, Modal, MultiSelect, NumberInput, Select, Stack, TagsInput, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { PolicyDetailView, PolicyTablesView } from '../../src/interfaces/api/contract-policies.ts';
import { readCell, writeCell, type Cell } from './cells.ts';
import { askedNames, isShare, limitName, sayWord } from './row-words.ts';

type Table = PolicyTablesView['approvals'];
type Row = Table['rules'][number];
type Kinds = PolicyDetailView['kinds'];

interface RowFormProps {
  readonly table: Table;
  readonly number: number;
  readonly row: Row;
  readonly kinds: Kinds;
  readonly onDone: (row: Row) => void;
  readonly close: () => void;
}

/** One row: which invoices it is about, and what then. What is left empty stands for anything. */
export function RowForm({ table, number, row, kinds, onDone, close }: RowFormProps): ReactNode {
  const [draft, setDraft] = useState(row);
  const set = (id: string, text: string): void => setDraft((now) => ({ ...now, [id]: text }));
  return (
    <Modal opened onClose={close} title={`Row ${number}`} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onDone(draft);
        }}
      >
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {table.outputs.some(({ field }) => field === 'to')
              ? 'Name what it is about. A supplier that is left empty stands for any.'
              : 'What is left empty stands for anything.'}
          </Text>
          {table.inputs.map(({ id, name, field }) => (
            <When key={id} name={name} field={field} kind={kinds[field]} text={draft[id] ?? ''} onChange={(text) => set(id, text)} />
          ))}
          <Text fw={600} mt="xs">
            Then
          </Text>
          {table.outputs.map(({ id, name, field }) => (
            <Then
              key={id}
              name={name}
              field={field}
              text={draft[id] ?? ''}
              isAsked={draft[table.outputs.find((one) => one.field === 'automatic')?.id ?? ''] !== 'true'}
              onChange={(text) => set(id, text)}
            />
          ))}
          <Group justify="end">
            <Button variant="default" onClick={close}>
              Leave as it was
            </Button>
            <Button type="submit">Take over</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

interface WhenProps {
  readonly name: string;
  readonly field: string;
  readonly kind: Kinds[string] | undefined;
  readonly text: string;
  readonly onChange: (text: string) => void;
}

function When({ name, field, kind, text, onChange }: WhenProps): ReactNode {
  const cell = readCell(text);
  if (kind === undefined || cell.kind === 'written')
    return <TextInput label={name} value={text} onChange={(event) => onChange(event.currentTarget.value)} />;
  if (kind.kind === 'amount') return <Amounts name={name} cell={cell} onChange={onChange} />;
  if (kind.kind === 'flag')
    return (
      <Select
        label={name}
        placeholder="Either"
        clearable
        data={[
          { value: 'true', label: 'Yes' },
          { value: 'false', label: 'No' },
        ]}
        value={text === '' ? null : text}
        onChange={(value) => onChange(value ?? '')}
      />
    );
  // What may be asked without a person is named, one by one.
  const isNamed = field === 'about';
  const isNot = cell.kind === 'words' && cell.isNot;
  const values = cell.kind === 'words' ? [...cell.values] : [];
  const write = (next: Partial<Extract<Cell, { kind: 'words' }>>): void => onChange(writeCell({ kind: 'words', isNot, values, ...next }));
  return (
    <Group align="end" gap="xs" wrap="nowrap">
      {kind.words === null ? (
        <TagsInput
          flex={1}
          miw={0}
          label={name}
          placeholder={values.length === 0 ? 'Any' : ''}
          value={values}
          onChange={(next) => write({ values: next })}
        />
      ) : (
        <MultiSelect
          flex={1}
          miw={0}
          label={name}
          placeholder={values.length > 0 ? '' : isNamed ? 'Choose' : 'Any'}
          data={kind.words.map((value) => ({ value, label: sayWord(field, value) }))}
          value={values}
          onChange={(next) => write({ values: next })}
        />
      )}
      {values.length > 0 && !isNamed && (
        <Select
          w={140}
          style={{ flex: 'none' }}
          aria-label={`${name}: one of these or none`}
          allowDeselect={false}
          data={[
            { value: 'is', label: 'one of these' },
            { value: 'not', label: 'none of these' },
          ]}
          value={isNot ? 'not' : 'is'}
          onChange={(value) => write({ isNot: value === 'not' })}
        />
      )}
    </Group>
  );
}

function Amounts({
  name,
  cell,
  onChange,
}: {
  readonly name: string;
  readonly cell: Cell;
  readonly onChange: (text: string) => void;
}): ReactNode {
  const now = cell.kind === 'amounts' ? cell : { kind: 'amounts' as const, low: null, high: null };
  const side = (which: 'low' | 'high', label: string, isIncluded: boolean): ReactNode => (
    <NumberInput
      flex={1}
      label={`${name} ${label}`}
      // As text: amounts may have more digits than a number holds.
      value={now[which]?.amount ?? ''}
      min={0}
      decimalScale={4}
      thousandSeparator=","
      hideControls
      onValueChange={({ value }) =>
        onChange(writeCell({ ...now, [which]: value === '' ? null : { amount: value, isIncluded: now[which]?.isIncluded ?? isIncluded } }))
      }
    />
  );
  return (
    <Group gap="xs" wrap="nowrap">
      {side('low', now.low?.isIncluded === true ? 'from' : 'over', false)}
      {side('high', now.high?.isIncluded === false ? 'below' : 'up to', true)}
    </Group>
  );
}

interface ThenProps {
  readonly name: string;
  readonly field: string;
  readonly text: string;
  /** Whether a person decides at all. */
  readonly isAsked: boolean;
  readonly onChange: (text: string) => void;
}

function Then({ name, field, text, isAsked, onChange }: ThenProps): ReactNode {
  if (field === 'automatic')
    return (
      <Select
        label="An invoice like this"
        allowDeselect={false}
        placeholder="Choose"
        data={[
          { value: 'true', label: 'passes without a person' },
          { value: 'false', label: 'is decided by people' },
        ]}
        value={text === '' ? null : text}
        onChange={(value) => onChange(value ?? '')}
      />
    );
  if (field === 'to')
    return (
      <Select
        label="Deskhand asks"
        allowDeselect={false}
        placeholder="Choose"
        data={Object.entries(askedNames).map(([value, label]) => ({ value, label }))}
        value={text === '' ? null : text}
        onChange={(value) => onChange(value ?? '')}
      />
    );
  if (field === 'perDay')
    return (
      <NumberInput
        label="Questions in a day, at most"
        description="To each of them"
        min={1}
        max={20}
        allowDecimal={false}
        value={text === '' ? '' : Number(text)}
        onChange={(value) => onChange(String(value))}
      />
    );
  if (field === 'steps')
    return (
      <TagsInput
        label={name}
        description="One after the other. A person of a role: approver:bela@office.example"
        disabled={!isAsked && text === ''}
        data={['office-manager', 'approver', 'controller']}
        allowDuplicates
        value={text
          .split(',')
          .map((part) => part.trim())
          .filter((part) => part !== '')}
        onChange={(values) => onChange(values.join(', '))}
      />
    );
  return (
    <NumberInput
      label={`${limitName(name)} may differ by`}
      suffix={isShare(field) ? ' %' : ''}
      description={isShare(field) ? undefined : 'in the currency of the invoice'}
      min={0}
      decimalScale={2}
      hideControls
      value={text === '' || Number.isNaN(Number(text)) ? text : Number(text) / 100}
      onChange={(value) => onChange(value === '' ? '' : String(Math.round(Number(value) * 100)))}
    />
  );
}
