import { NumberInput, SimpleGrid, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { DecisionBody, InvoiceDetail } from '../../src/interfaces/api/contract.ts';

export type NewSupplier = NonNullable<DecisionBody['newSupplier']>;

/** What the invoice says of its supplier, to start from. */
export function supplierFrom(name: string, invoice: InvoiceDetail | undefined): NewSupplier {
  const vatId = invoice?.fields.supplierTaxId.value ?? null;
  const iban = invoice?.fields.iban.value ?? null;
  const country = [vatId, iban].map((text) => /^[A-Z]{2}/.exec(text ?? '')?.[0]).find((letters) => letters !== undefined);
  return { name, vatId, country: country ?? 'DE', iban, netDays: 30 };
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
