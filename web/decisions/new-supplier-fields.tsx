import { NumberInput, SimpleGrid, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { DecisionBody } from '../../src/interfaces/api/contract.ts';

export type NewSupplier = NonNullable<DecisionBody['newSupplier']>;

export function emptySupplier(name: string): NewSupplier {
  return { name, vatId: null, country: 'DE', iban: null, netDays: 30 };
}

interface NewSupplierFieldsProps {
  readonly value: NewSupplier;
  readonly onChange: (value: NewSupplier) => void;
}

export function NewSupplierFields({ value, onChange }: NewSupplierFieldsProps): ReactNode {
  const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      <TextInput label="Name" required value={value.name} onChange={(event) => onChange({ ...value, name: event.currentTarget.value })} />
      <TextInput
        label="Country"
        description="Two letters, such as DE"
        required
        maxLength={2}
        value={value.country}
        inputWrapperOrder={['label', 'input', 'description']}
        onChange={(event) => onChange({ ...value, country: event.currentTarget.value.toUpperCase() })}
      />
      <TextInput
        label="VAT number"
        value={value.vatId ?? ''}
        onChange={(event) => onChange({ ...value, vatId: orNull(event.currentTarget.value) })}
      />
      <NumberInput
        label="Days to pay"
        min={0}
        max={365}
        allowDecimal={false}
        value={value.netDays}
        onChange={(days) => onChange({ ...value, netDays: Number(days) || 0 })}
      />
      <TextInput
        label="IBAN"
        style={{ gridColumn: '1 / -1' }}
        value={value.iban ?? ''}
        onChange={(event) => onChange({ ...value, iban: orNull(event.currentTarget.value) })}
      />
    </SimpleGrid>
  );
}
