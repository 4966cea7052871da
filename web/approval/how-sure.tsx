import { Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { FieldView, InvoiceDetail } from '../../src/interfaces/api/contract.ts';
import { plural } from '../parts/words.ts';
import { SectionHead } from '../review/fields-panel.tsx';
import { headerFields } from '../review/field-names.ts';
import { suretyLooks, suretyOf, type Surety } from '../review/standing.ts';

const shown: readonly Surety[] = ['contradicted', 'look', 'confirmed', 'proven', 'fits'];

/** How many values are proven, confirmed by a person or in doubt, and the equations that carry them. */
export function HowSure({ invoice }: { readonly invoice: InvoiceDetail }): ReactNode {
  const counts = new Map<Surety, number>();
  const count = (surety: Surety): unknown => counts.set(surety, (counts.get(surety) ?? 0) + 1);
  for (const key of headerFields) count(suretyOf(key, invoice.fields[key]));
  invoice.lines.forEach((line, index) => {
    for (const [name, field] of Object.entries(line) as ['quantity', FieldView][]) count(suretyOf(`lines.${index}.${name}`, field));
  });
  const holding = invoice.equations.filter((equation) => equation.holds).length;
  return (
    <section>
      <SectionHead title="How sure" />
      <Stack gap={4}>
        <Group gap="lg">
          {shown
            .filter((surety) => counts.has(surety))
            .map((surety) => {
              const { icon: Sign, color, word } = suretyLooks[surety];
              return (
                <Group key={surety} gap={6} c={`var(--mantine-color-${color}-light-color)`}>
                  <Sign size={16} stroke={1.8} aria-hidden />
                  <Text size="sm" fw={550} className="figures">
                    {counts.get(surety)} {surety === 'fits' ? 'fit' : word.toLowerCase()}
                  </Text>
                </Group>
              );
            })}
        </Group>
        <Text size="sm" c="dimmed">
          {invoice.equations.length === 0
            ? 'The page holds no figures that could be checked against each other.'
            : `${holding} of ${plural(invoice.equations.length, 'equation')} of the page hold${holding === 1 ? 's' : ''}.`}{' '}
          {invoice.supplier === null ? 'The supplier is not on file.' : `Supplier recognised: ${midSentence(invoice.supplier.reason)}.`}
        </Text>
      </Stack>
    </section>
  );
}

/** `Same tax number.` becomes `same tax number`; `VAT id …` stays. */
function midSentence(sentence: string): string {
  return sentence.replace(/\.$/, '').replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
}
