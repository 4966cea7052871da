import { Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { TaskSummary } from '../../src/interfaces/api/contract.ts';
import { DecisionCard } from '../decisions/decision-card.tsx';
import { headerFields, type FieldKey } from './field-names.ts';
import { FieldRow } from './field-row.tsx';
import { LinesTable } from './lines-table.tsx';
import classes from './review.module.css';
import { focusField, type FieldKeys } from './use-field-keys.ts';
import type { Review } from './use-review.ts';

interface FieldsPanelProps {
  readonly review: Review;
  readonly keys: FieldKeys;
  readonly decided: (task: TaskSummary) => void;
}

/** What is asked about the invoice, then its values: unsure ones first. */
export function FieldsPanel({ review, keys, decided }: FieldsPanelProps): ReactNode {
  const { invoice, doubts } = review;
  const asked = invoice.tasks.filter((task) => task.status === 'open' && task.kind !== 'approval');
  const unsure = headerFields.filter((key) => doubts.includes(key)).toSorted((left, right) => doubts.indexOf(left) - doubts.indexOf(right));
  const sure = headerFields.filter((key) => !doubts.includes(key));
  const rows = (fields: readonly FieldKey[]): ReactNode =>
    fields.map((key) => <FieldRow key={key} fieldKey={key} review={review} keys={keys} />);
  return (
    <Stack gap="xl">
      {asked.length > 0 && (
        <Stack gap="sm">
          {asked.map((task) => (
            <DecisionCard
              key={task.id}
              task={task}
              decided={decided}
              {...(review.isEditable ? { correct: () => focusField(placeToCorrect(task, review)) } : {})}
            />
          ))}
        </Stack>
      )}
      {invoice.problems.length > 0 && (
        <Stack gap={4}>
          {invoice.problems.map((problem) => (
            <Text key={problem.code} size="sm" c={problem.severity === 'error' ? 'var(--mantine-color-error)' : 'dimmed'}>
              {problem.message}
            </Text>
          ))}
        </Stack>
      )}
      {unsure.length > 0 && (
        <section>
          <SectionHead title="Please look" note="Enter accepts and goes on" />
          {rows(unsure)}
        </section>
      )}
      <section>
        <SectionHead
          title={unsure.length > 0 ? 'The rest' : 'Fields'}
          note={sure.length === headerFields.length ? 'nothing here is in doubt' : undefined}
        />
        {rows(sure)}
      </section>
      <section>
        <SectionHead title="Lines" note={`${review.lines.length}`} />
        <LinesTable review={review} keys={keys} />
      </section>
    </Stack>
  );
}

export function SectionHead({ title, note }: { readonly title: string; readonly note?: string | undefined }): ReactNode {
  return (
    <Group gap={8} mb={6} align="baseline" className={classes['sectionHead'] ?? ''}>
      <Title order={2} size="h3">
        {title}
      </Title>
      {note !== undefined && (
        <Text size="xs" c="dimmed">
          {note}
        </Text>
      )}
    </Group>
  );
}

const fieldOfReason: Readonly<Record<string, FieldKey>> = {
  'unknown-supplier': 'supplierName',
  'missing-purchase-order': 'poNumber',
  'bank-account-changed': 'iban',
  currency: 'currency',
};

/** The field a question is about, else the first doubt, else the number. */
function placeToCorrect(task: TaskSummary, review: Review): FieldKey {
  const named = task.facts.field;
  if (named != null && (headerFields as readonly string[]).includes(named)) return named as FieldKey;
  const known = fieldOfReason[task.reason];
  if (known !== undefined) return known;
  const row = task.facts.line == null ? undefined : review.lines[task.facts.line - 1];
  if (row !== undefined) return `lines.${row.id}.quantity`;
  return review.openDoubts[0] ?? 'invoiceNumber';
}
