import { Anchor, Radio, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { DecisionBody, TaskSummary } from '../../src/interfaces/api/contract.ts';
import { sayDay } from '../parts/words.ts';

export type Call = NonNullable<DecisionBody['call']>;

/** Nothing is said for a person: whom they spoke with, and what the answer was, they fill in themselves. */
export interface CallDraft extends Omit<Call, 'outcome' | 'calledAt'> {
  readonly outcome: Call['outcome'] | '';
}

export const emptyCall: CallDraft = { spokeWith: '', outcome: '' };

/** The call as it is sent, now; null while something about it is not said. */
export function callFrom(draft: CallDraft, facts: TaskSummary['facts']): Call | null {
  const { outcome, spokeWith, phone = '', phoneSource = '' } = draft;
  if (outcome === '' || (outcome !== 'not-reached' && spokeWith.trim() === '')) return null;
  const number = facts.phone == null ? { phone: phone.trim(), phoneSource: phoneSource.trim() } : {};
  if (number.phone === '' || number.phoneSource === '') return null;
  return { spokeWith: spokeWith.trim(), outcome, calledAt: new Date().toISOString(), ...number };
}

interface CallFieldsProps {
  readonly facts: TaskSummary['facts'];
  readonly value: CallDraft;
  readonly onChange: (value: CallDraft) => void;
}

/** The number on file, large enough to dial, and what was said. */
export function CallFields({ facts, value, onChange }: CallFieldsProps): ReactNode {
  const { phone, phoneSince } = facts;
  return (
    <Stack gap="sm">
      {phone == null ? (
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <TextInput
            label="Number you called"
            description="Not one from this invoice or its mail"
            inputWrapperOrder={['label', 'input', 'description']}
            required
            type="tel"
            value={value.phone ?? ''}
            onChange={(event) => onChange({ ...value, phone: event.currentTarget.value })}
          />
          <TextInput
            label="Where you have it from"
            description="A contract, an older invoice, their website"
            inputWrapperOrder={['label', 'input', 'description']}
            required
            value={value.phoneSource ?? ''}
            onChange={(event) => onChange({ ...value, phoneSource: event.currentTarget.value })}
          />
        </SimpleGrid>
      ) : (
        <div>
          <Text size="xs" c="dimmed" fw={550}>
            Number on file
          </Text>
          <Anchor href={`tel:${phone.replaceAll(/[^\d+]/g, '')}`} fz="lg" fw={600} className="figures">
            {phone}
          </Anchor>
          {phoneSince != null && (
            <Text size="xs" c="dimmed">
              known since {sayDay(phoneSince.slice(0, 10))}
            </Text>
          )}
        </div>
      )}
      <Radio.Group label="What did they say?" required value={value.outcome} onChange={(outcome) => onChange({ ...value, outcome })}>
        <Stack gap={6} mt={6}>
          <Radio value="confirmed" label="The account is theirs" />
          <Radio value="denied" label="The account is not theirs" />
          <Radio value="not-reached" label="I reached nobody" />
        </Stack>
      </Radio.Group>
      <TextInput
        label="Whom you spoke with"
        required={value.outcome !== 'not-reached'}
        disabled={value.outcome === 'not-reached'}
        maxLength={200}
        value={value.spokeWith}
        onChange={(event) => onChange({ ...value, spokeWith: event.currentTarget.value })}
      />
    </Stack>
  );
}
