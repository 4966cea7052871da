import { Badge, Button, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { PolicyCaseView, PolicyDetailView } from '../../src/interfaces/api/contract-policies.ts';

interface CaseListProps {
  readonly cases: readonly PolicyCaseView[];
  readonly results: PolicyDetailView['results'];
  readonly mayEdit: boolean;
  readonly onChange: (cases: PolicyCaseView[]) => void;
}

/** Invoices and how they must be decided; all come out right before a version is switched on. */
export function CaseList({ cases, results, mayEdit, onChange }: CaseListProps): ReactNode {
  return (
    <Paper p="md" component="section" aria-label="Test cases">
      <Title order={2} size="h4" mb={4}>
        Test cases
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        Invoices and how they must be decided. All must come out right before the version is switched on.
      </Text>
      <Stack gap={6}>
        {cases.map((one, index) => {
          const result = results.find(({ name }) => name === one.name);
          return (
            <Group key={one.name} justify="space-between" wrap="nowrap">
              <Text size="sm">
                {one.name}: {one.given.amount} {one.given.currency} → {sayPath(one.expected)}
                {result?.passed === false ? `, but now: ${sayPath(result.found)}` : ''}
              </Text>
              <Group gap={6} wrap="nowrap">
                {result !== undefined && <Badge color={result.passed ? 'green' : 'red'}>{result.passed ? 'right' : 'otherwise'}</Badge>}
                {mayEdit && (
                  <Button
                    size="compact-xs"
                    variant="subtle"
                    color="red"
                    aria-label={`Take out ${one.name}`}
                    onClick={() => onChange(cases.filter((_case, place) => place !== index))}
                  >
                    Out
                  </Button>
                )}
              </Group>
            </Group>
          );
        })}
        {mayEdit && <AddCase names={cases.map(({ name }) => name)} onAdd={(one) => onChange([...cases, one])} />}
      </Stack>
    </Paper>
  );
}

function AddCase({ names, onAdd }: { readonly names: readonly string[]; readonly onAdd: (one: PolicyCaseView) => void }): ReactNode {
  const [name, setName] = useState('');
  const [amount, setAmount] = useState('');
  const [currency, setCurrency] = useState('EUR');
  const [who, setWho] = useState('');
  const isComplete = name !== '' && !names.includes(name) && /^-?\d+(\.\d{1,4})?$/.test(amount) && currency.length === 3;
  const add = (): void => {
    const steps = who
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');
    onAdd({ name, given: { amount, currency }, expected: { automatic: steps.length === 0, steps } });
    setName('');
    setAmount('');
  };
  return (
    <Group align="end" gap="xs">
      <TextInput
        size="xs"
        label="A clean invoice"
        placeholder="just over the limit"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput size="xs" label="Amount" w={110} value={amount} onChange={(event) => setAmount(event.currentTarget.value)} />
      <TextInput
        size="xs"
        label="Currency"
        w={80}
        value={currency}
        onChange={(event) => setCurrency(event.currentTarget.value.toUpperCase())}
      />
      <TextInput
        size="xs"
        label="Who must decide"
        placeholder="nobody"
        value={who}
        onChange={(event) => setWho(event.currentTarget.value)}
      />
      <Button size="xs" variant="default" disabled={!isComplete} onClick={add}>
        Add
      </Button>
    </Group>
  );
}

/** Who decides, in order. */
export function sayPath({ automatic, steps }: { readonly automatic: boolean; readonly steps: readonly string[] }): string {
  return automatic ? 'nobody' : steps.map((step) => step.replace('office-manager', 'office manager')).join(', then ');
}
