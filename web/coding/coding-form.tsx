import { ActionIcon, Button, Group, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { IconArrowsSplit2, IconTrash } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { CodedLine, CodeList, CodingBody } from '../../src/interfaces/api/contract.ts';
import { codeKinds, kindNames, type CodeKind } from './coding-words.ts';

type Part = CodingBody['lines'][number]['parts'][number];

interface CodingFormProps {
  readonly line: CodedLine;
  readonly codes: CodeList['items'];
  readonly isEditable: boolean;
  readonly isSaving: boolean;
  readonly save: (parts: Part[]) => void;
}

/** The numbers of one line, in one or more parts by percent. What history thinks likeliest is filled in. */
export function CodingForm({ line, codes, isEditable, isSaving, save }: CodingFormProps): ReactNode {
  const start = startOf(line);
  const [parts, setParts] = useState<Part[]>(start);
  const kept = codeKinds.filter((kind) => codes.some((code) => code.kind === kind));
  const set = (index: number, change: Partial<Part>): void =>
    setParts(parts.map((part, at) => (at === index ? { ...part, ...change } : part)));
  const isChanged = line.parts.length === 0 || JSON.stringify(parts) !== JSON.stringify(start);
  const isComplete = parts.every(({ account, percent }) => account !== null && (parts.length === 1 || percent !== ''));
  return (
    <Stack gap={8}>
      {parts.map((part, index) => (
        // Parts have no identity but their place.
        // oxlint-disable-next-line react/no-array-index-key
        <Group key={index} gap={8} align="flex-end" wrap="nowrap">
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing={8} verticalSpacing={6} flex={1}>
            {kept.map((kind) => (
              <CodeSelect
                key={kind}
                kind={kind}
                codes={codes}
                value={part[kind]}
                isEditable={isEditable}
                set={(value) => set(index, { [kind]: value })}
              />
            ))}
            {parts.length > 1 && (
              <TextInput
                label="Percent"
                size="xs"
                inputMode="decimal"
                readOnly={!isEditable}
                value={part.percent ?? ''}
                onChange={(event) => set(index, { percent: event.currentTarget.value.replace(',', '.').trim() })}
              />
            )}
          </SimpleGrid>
          {isEditable && parts.length > 1 && (
            <ActionIcon variant="subtle" color="gray" aria-label="Take this part away" onClick={() => setParts(without(parts, index))}>
              <IconTrash size={16} />
            </ActionIcon>
          )}
        </Group>
      ))}
      {isEditable && (
        <Group gap={8}>
          <Button size="xs" disabled={!isChanged || !isComplete} loading={isSaving} onClick={() => save(parts)}>
            {line.by === null ? 'Book it so' : 'Save'}
          </Button>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconArrowsSplit2 size={14} aria-hidden />}
            onClick={() => setParts(split(parts))}
          >
            Split
          </Button>
        </Group>
      )}
    </Stack>
  );
}

interface CodeSelectProps {
  readonly kind: CodeKind;
  readonly codes: CodeList['items'];
  readonly value: string | null;
  readonly isEditable: boolean;
  readonly set: (value: string | null) => void;
}

function CodeSelect({ kind, codes, value, isEditable, set }: CodeSelectProps): ReactNode {
  const offered = codes.filter((code) => code.kind === kind && (code.isActive || code.number === value));
  return (
    <Select
      label={kindNames[kind]}
      size="xs"
      searchable
      clearable={kind !== 'account'}
      readOnly={!isEditable}
      placeholder={kind === 'account' ? 'Choose' : 'None'}
      data={offered.map(({ number, name }) => ({ value: number, label: `${number} ${name}` }))}
      value={value}
      onChange={set}
    />
  );
}

/** As it is coded now; else what is likeliest, which the person may take over. */
function startOf({ parts, predictions }: CodedLine): Part[] {
  if (parts.length > 0) return parts.map((part) => ({ ...part, amount: parts.length > 1 && part.percent === null ? part.amount : null }));
  const likely = (kind: CodeKind): string | null => predictions.find((one) => one.kind === kind)?.code ?? null;
  const codes = { account: likely('account'), costCentre: likely('costCentre'), project: likely('project'), taxCode: likely('taxCode') };
  return [{ ...codes, percent: null, amount: null }];
}

/** One part more, each with an equal share. */
function split(parts: readonly Part[]): Part[] {
  const [first] = parts;
  if (first === undefined) return [];
  return shared([...parts, { ...first }]);
}

function without(parts: readonly Part[], index: number): Part[] {
  return shared(parts.filter((_, at) => at !== index));
}

function shared(parts: readonly Part[]): Part[] {
  if (parts.length === 1) return parts.map((part) => ({ ...part, percent: null, amount: null }));
  const each = Math.floor(10_000 / parts.length);
  return parts.map((part, at) => ({
    ...part,
    amount: null,
    percent: String((at === 0 ? 10_000 - each * (parts.length - 1) : each) / 100),
  }));
}
