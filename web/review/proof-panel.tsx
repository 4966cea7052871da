import { Group, List, Paper, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { InvoiceDetail } from '../../src/interfaces/api/contract.ts';
import { NothingHere } from '../parts/nothing-here.tsx';
import { SectionHead } from './fields-panel.tsx';
import classes from './review.module.css';

const rules: Readonly<Record<string, readonly [holds: string, fails: string]>> = {
  'net+tax=gross': ['Net and tax add up to the total', 'Net and tax do not add up to the total'],
  'lines=net': ['The lines add up to the net total', 'The lines do not add up to the net total'],
  'quantity*price=amount': ['Quantity times price gives the amount', 'Quantity times price does not give the amount'],
  'net*rate=tax': ['The tax is the rate times the net', 'The tax is not the rate times the net'],
  'check-digits': ['The check digits hold', 'The check digits do not hold'],
  'xml=picture': ['The page says the same as the e-invoice', 'The page says something else than the e-invoice'],
};

export type Equation = InvoiceDetail['equations'][number];

interface ProofPanelProps {
  readonly invoice: InvoiceDetail;
  /** The equation whose figures light up on the page. */
  readonly shown: Equation | null;
  readonly show: (equation: Equation | null) => void;
}

/** Why the figures were believed: the equations of the page, in words. A click lights up their figures. */
export function ProofPanel({ invoice, shown, show }: ProofPanelProps): ReactNode {
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
          <Stack gap={0}>
            {[...failing, ...holding].map((equation) => (
              <EquationRow
                key={`${equation.rule}${equation.text}${equation.fields[0]}`}
                equation={equation}
                isShown={equation === shown}
                show={() => show(equation === shown ? null : equation)}
              />
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

interface EquationRowProps {
  readonly equation: Equation;
  readonly isShown: boolean;
  readonly show: () => void;
}

function EquationRow({ equation, isShown, show }: EquationRowProps): ReactNode {
  const { rule, text, holds, tolerance, places } = equation;
  const words = rules[rule];
  const Sign = holds ? IconCircleCheck : IconAlertTriangle;
  const told = (
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
          {holds && tolerance !== null ? `, rounded, to within ${tolerance}` : ''}
        </Text>
      </div>
    </Group>
  );
  if (places.length === 0) return <div className={classes['equation']}>{told}</div>;
  return (
    <UnstyledButton className={classes['equation']} aria-pressed={isShown} title="Show its figures on the page" onClick={show}>
      {told}
    </UnstyledButton>
  );
}
