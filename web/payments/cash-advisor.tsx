import { Alert, Anchor, Button, Group, List, NumberInput, Paper, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconBulb } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { CashAdviceView } from '../../src/interfaces/api/contract-cash.ts';
import type { PaymentView } from '../../src/interfaces/api/contract.ts';
import { cashAdviceQuery, type CashQuestion } from '../api/queries.ts';
import { Failed } from '../parts/failed.tsx';
import { plural, sayDay, sayMoney } from '../parts/words.ts';

interface CashAdvisorProps {
  readonly payments: readonly PaymentView[];
  readonly setLeft: (left: ReadonlySet<string>) => void;
}

/** When to pay: what discounts are worth beside what money costs, and what to pay first where there is not enough. */
export function CashAdvisor({ payments, setLeft }: CashAdvisorProps): ReactNode {
  const currencies = [...new Set(payments.map(({ amount }) => amount.currency))];
  const [isOpen, setOpen] = useState(false);
  const [question, setQuestion] = useState<CashQuestion | null>(null);
  if (!isOpen)
    return (
      <Button mb="md" variant="default" leftSection={<IconBulb size={16} aria-hidden />} onClick={() => setOpen(true)}>
        When to pay?
      </Button>
    );
  return (
    <Paper p="md" mb="md" component="section" aria-label="When to pay">
      <Title order={2} size="h4">
        When to pay
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        Which discounts are worth their money, and what to pay first where there is not enough. Nothing is moved by this.
      </Text>
      <QuestionForm currencies={currencies} ask={setQuestion} />
      {question !== null && <Advice question={question} payments={payments} setLeft={setLeft} />}
    </Paper>
  );
}

function QuestionForm({
  currencies,
  ask,
}: {
  readonly currencies: readonly string[];
  readonly ask: (question: CashQuestion) => void;
}): ReactNode {
  const [currency, setCurrency] = useState(currencies.includes('EUR') ? 'EUR' : (currencies[0] ?? 'EUR'));
  const [rate, setRate] = useState<string | number>(5);
  const [until, setUntil] = useState('');
  const [amount, setAmount] = useState('');
  const isHalf = (until === '') !== (amount === '');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!isHalf) ask({ currency, rate: String(rate === '' ? 0 : rate), limit: until === '' ? undefined : `${until}:${amount}` });
      }}
    >
      <Group align="end" gap="sm">
        {currencies.length > 1 && (
          <Select
            label="Currency"
            w={110}
            allowDeselect={false}
            data={currencies}
            value={currency}
            onChange={(next) => setCurrency(next ?? currency)}
          />
        )}
        <NumberInput
          label="Money costs, a year"
          suffix=" %"
          w={150}
          min={0}
          max={100}
          decimalScale={2}
          hideControls
          value={rate}
          onChange={setRate}
        />
        <TextInput type="date" label="Until (optional)" w={170} value={until} onChange={(event) => setUntil(event.currentTarget.value)} />
        <NumberInput
          label="no more may leave than"
          w={180}
          min={0}
          decimalScale={2}
          thousandSeparator=","
          hideControls
          value={amount}
          onValueChange={({ value }) => setAmount(value)}
          error={isHalf ? 'Name both, day and amount' : undefined}
        />
        <Button type="submit">Advise</Button>
      </Group>
    </form>
  );
}

interface AdviceProps extends CashAdvisorProps {
  readonly question: CashQuestion;
}

function Advice({ question, payments, setLeft }: AdviceProps): ReactNode {
  const advice = useQuery(cashAdviceQuery(question));
  if (advice.isError) return <Failed error={advice.error} retry={advice.refetch} />;
  if (advice.data === undefined) return <Text mt="md">Thinking …</Text>;
  const { payments: plan, waiting, limits, earns, isBest } = advice.data;
  const late = plan.filter(({ chosen }) => chosen.kind === 'late');
  const [limit] = limits;
  const leaving = new Set(
    limit === undefined ? [] : plan.filter(({ chosen }) => chosen.payOn <= limit.until).map(({ paymentId }) => paymentId),
  );
  return (
    <Stack gap="sm" mt="md">
      <Text aria-live="polite">
        Paid like this, {plural(plan.length, 'payment')} {Number(earns.amount) < 0 ? 'cost' : 'earn'} <b>{sayMoney(unsigned(earns))}</b>{' '}
        beside paying everything on its due date.
        {limit === undefined ? '' : ` Until ${sayDay(limit.until)} ${sayMoney(limit.leaving)} of ${sayMoney(limit.amount)} leave.`}
        {isBest ? '' : ' There was no time to try every plan; a better one may exist.'}
      </Text>
      {late.length > 0 && (
        <Alert color="red" title={`Not enough money for ${plural(late.length, 'payment')} before the due date`}>
          Find more money, or ask these suppliers for a later date.
        </Alert>
      )}
      <List listStyleType="none" spacing="xs">
        {plan.map(({ paymentId, supplier, invoice, chosen, reason }) => (
          <List.Item key={paymentId} styles={{ itemWrapper: { display: 'block' }, itemLabel: { width: '100%' } }}>
            <Group justify="space-between" gap="sm" wrap="nowrap" align="start">
              <InvoiceLink {...{ supplier, invoice }} />
              <Text size="sm" className="figures" style={{ whiteSpace: 'nowrap' }} c={Number(chosen.earns.amount) < 0 ? 'red' : undefined}>
                {sayEarnings(chosen)}
              </Text>
            </Group>
            <Text size="sm" c="dimmed">
              {reason}
            </Text>
          </List.Item>
        ))}
      </List>
      {limit !== undefined && (
        <Group>
          <Button variant="default" onClick={() => setLeft(new Set(payments.filter(({ id }) => !leaving.has(id)).map(({ id }) => id)))}>
            Choose what leaves until {sayDay(limit.until)}
          </Button>
        </Group>
      )}
      {waiting.length > 0 && <Waiting waiting={waiting} />}
    </Stack>
  );
}

function Waiting({ waiting }: { readonly waiting: CashAdviceView['waiting'] }): ReactNode {
  return (
    <div>
      <Text fw={600} size="sm">
        Discounts that wait for a decision
      </Text>
      <List size="sm">
        {waiting.map(({ invoice, supplier, payOn, saves }) => (
          <List.Item key={invoice.id}>
            <InvoiceLink {...{ supplier, invoice }} /> saves {sayMoney(saves)} if it is paid by {sayDay(payOn)}.
          </List.Item>
        ))}
      </List>
    </div>
  );
}

function InvoiceLink({ invoice, supplier }: Pick<CashAdviceView['waiting'][number], 'invoice' | 'supplier'>): ReactNode {
  return (
    <Anchor component={Link} to="/invoices/$invoiceId" params={{ invoiceId: invoice.id } as never} size="sm" underline="always">
      {supplier.name} {invoice.number ?? ''}
    </Anchor>
  );
}

/** `1 Dec, saves 19.60 EUR`. */
function sayEarnings({ payOn, earns }: CashAdviceView['payments'][number]['chosen']): string {
  const value = Number(earns.amount);
  if (value === 0) return sayDay(payOn);
  return `${sayDay(payOn)}, ${value < 0 ? 'costs' : 'earns'} ${sayMoney(unsigned(earns))}`;
}

function unsigned({ amount, currency }: CashAdviceView['earns']): CashAdviceView['earns'] {
  return { amount: amount.replace('-', ''), currency };
}
