import { Group, List, Paper, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { InvoiceDetail } from '../../src/interfaces/api/contract.ts';
import { NothingHere } from '../parts/nothing-here.tsx';
import { SectionHead } from './fields-panel.tsx';

const rules: Readonly<Record<string, readonly [holds: string, fails: string]>> = {
  'net+tax=gross': ['Net and tax add up to the total', 'Net and tax do not add up to the total'],
  'lines=net': ['The lines add up to the net total', 'The lines do not add up to the net total'],
  'quantity*price=amount': ['Quantity times price gives the amount', 'Quantity times price does not give the amount'],
  'net*rate=tax': ['The tax is the rate times the net', 'The tax is not the rate times the net'],
  'check-digits': ['The check digits hold', 'The check digits do not hold'],
  'xml=picture': ['The page says the same as the e-invoice', 'The page says something else than the e-invoice'],
};

/** Why the figures were believed: the equations of the page, in words. */
export function ProofPanel({ invoice }: { readonly invoice: InvoiceDetail }): ReactNode {
  const { equations, automation } = invoice;
  const failing = equations.filter((equation) => !equation.holds);
  const holding = equations.filter((equation) => equation.holds);
  return (
    <Stack gap="xl">
      <section>
        <SectionHead
          title={
            invoice.approvals.some((approval) => approval.decision === 'automatic')
              ? 'Why it passed without a person'
              : 'Why a person was asked'
          }
        />
        {automation.length === 0 ? (
          <Text size="sm" c="dimmed">
            Nothing is decided yet.
          </Text>
        ) : (
          <List size="sm" spacing={4}>
            {automation.map((reason) => (
              <List.Item key={reason}>{reason}</List.Item>
            ))}
          </List>
        )}
      </section>
      <section>
        <SectionHead
          title="What the figures prove"
          note={equations.length === 0 ? undefined : `${holding.length} of ${equations.length} hold`}
        />
        {equations.length === 0 ? (
          <Paper>
            <NothingHere icon={IconCircleCheck} title="No equations on this page">
              There were not enough figures to check one against another.
            </NothingHere>
          </Paper>
        ) : (
          <Stack gap={6}>
            {[...failing, ...holding].map((equation) => (
              <Equation key={equation.rule + equation.text} equation={equation} />
            ))}
          </Stack>
        )}
      </section>
      {invoice.extractorVersion !== null && (
        <Text size="xs" c="dimmed">
          Read by extractor {invoice.extractorVersion}
          {invoice.language === null ? '' : `, language ${invoice.language}`}.
        </Text>
      )}
    </Stack>
  );
}

function Equation({ equation }: { readonly equation: InvoiceDetail['equations'][number] }): ReactNode {
  const { rule, text, holds } = equation;
  const words = rules[rule];
  const Sign = holds ? IconCircleCheck : IconAlertTriangle;
  return (
    <Group gap={10} wrap="nowrap" align="flex-start">
      <Sign
        size={17}
        stroke={1.8}
        color={`var(--mantine-color-${holds ? 'green' : 'red'}-light-color)`}
        aria-label={holds ? 'holds' : 'does not hold'}
        style={{ flexShrink: 0, marginTop: 1 }}
      />
      <div style={{ minWidth: 0 }}>
        <Text size="sm" fw={holds ? 450 : 600}>
          {words === undefined ? rule : words[holds ? 0 : 1]}
        </Text>
        <Text size="xs" c="dimmed" style={{ fontVariantNumeric: 'tabular-nums', overflowWrap: 'anywhere' }}>
          {text}
        </Text>
      </div>
    </Group>
  );
}
