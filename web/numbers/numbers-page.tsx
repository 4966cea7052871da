import { Anchor, Group, Paper, SimpleGrid, Skeleton, Stack, Table, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { Numbers } from '../../src/interfaces/api/contract-numbers.ts';
import { numbersQuery, type InvoiceSearch } from '../api/queries.ts';
import { Failed } from '../parts/failed.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Page } from '../parts/page.tsx';
import { plural } from '../parts/words.ts';
import { SectionHead } from '../review/fields-panel.tsx';

const route = getRouteApi('/office/numbers');

/** What a period came to: each figure with how it is counted, and the way to its invoices. */
export function NumbersPage(): ReactNode {
  const [thisMonth] = useState(() => new Date().toISOString().slice(0, 7));
  const period = route.useSearch().period ?? thisMonth;
  const navigate = route.useNavigate();
  const numbers = useQuery(numbersQuery(period));
  const [typed, setTyped] = useState(period);
  return (
    <Page size={1080}>
      <PageHead title="Numbers" lead="What was decided and paid, what it saved, and what got in the way." />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void navigate({ search: { period: typed.trim() } });
        }}
      >
        <TextInput
          label="Period"
          description="A year, quarter, month or day: 2026, 2026-Q4, 2026-11. Enter shows it."
          w={{ base: '100%', xs: 360 }}
          mb="lg"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </form>
      {numbers.isError && numbers.data === undefined ? (
        <Failed error={numbers.error} retry={numbers.refetch} />
      ) : numbers.isPending ? (
        <Skeleton h={320} />
      ) : (
        <Figures numbers={numbers.data} period={period} />
      )}
    </Page>
  );
}

function Figures({ numbers, period }: { readonly numbers: Numbers; readonly period: string }): ReactNode {
  const { figures, hoursSaved, cycleTime, answers, exceptions } = numbers;
  const { medianHours, p90Hours } = cycleTime;
  const steps = hoursSaved.steps.map(({ step, times, minutes }) => `${times} ${step} × ${minutes} min`).join(', ');
  return (
    <Stack gap="xl">
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="md">
        <Figure label="Hours saved" value={hoursSaved.hours} definition={`${hoursSaved.definition} Here: ${steps}.`} />
        <Figure
          label="From arrival to decision"
          value={medianHours === null ? 'none decided' : `${medianHours} h, 9 of 10 in ${p90Hours ?? ''} h`}
          definition={`Median and 90th percentile. ${cycleTime.definition}`}
          search={{ figure: 'decided', period }}
        />
        <Figure
          label="From question to answer"
          value={answers.medianHoursToAnswer === null ? 'none answered' : `${answers.medianHoursToAnswer} h`}
          definition={`${answers.definition} To the decision: ${answers.medianHoursToClose === null ? 'none yet' : `${answers.medianHoursToClose} h`}.`}
          search={{ figure: 'questions-answered', period }}
        />
        {figures.map(({ name, label, value, definition, invoices }) => (
          <Figure
            key={name}
            label={label}
            value={value}
            definition={definition}
            invoices={invoices}
            search={invoices === 0 ? undefined : { figure: name, period }}
          />
        ))}
      </SimpleGrid>
      {exceptions.length > 0 && <Exceptions exceptions={exceptions} period={period} />}
    </Stack>
  );
}

interface FigureProps {
  readonly label: string;
  readonly value: string;
  readonly definition: string;
  readonly invoices?: number;
  readonly search?: InvoiceSearch | undefined;
}

function Figure({ label, value, definition, invoices, search }: FigureProps): ReactNode {
  return (
    <Paper p="md" component="section" aria-label={label}>
      <Text size="sm" fw={600}>
        {label}
      </Text>
      <Text fz="1.5rem" fw={650} className="figures" my={4}>
        {value}
      </Text>
      <Text size="xs" c="dimmed">
        {definition}
      </Text>
      {search !== undefined && (
        <Group mt={8}>
          <Anchor component={Link} to="/invoices" search={search as never} size="sm" underline="always">
            {label}: {invoices === undefined ? 'show the invoices' : `show ${plural(invoices, 'invoice')}`}
          </Anchor>
        </Group>
      )}
    </Paper>
  );
}

function Exceptions({ exceptions, period }: { readonly exceptions: Numbers['exceptions']; readonly period: string }): ReactNode {
  return (
    <section>
      <SectionHead title="What people were asked about" note="by cause and supplier" />
      <Table.ScrollContainer minWidth={320}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Cause</Table.Th>
              <Table.Th>Supplier</Table.Th>
              <Table.Th ta="right">Questions</Table.Th>
              <Table.Th ta="right">Invoices</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {exceptions.map(({ reason, supplierId, supplier, questions, invoices }) => (
              <Table.Tr key={`${reason} ${supplierId ?? ''} ${supplier}`}>
                <Table.Td>
                  <Anchor
                    component={Link}
                    to="/invoices"
                    search={{ figure: 'asked', period, reason, ...(supplierId === null ? {} : { supplierId }) } as never}
                    size="sm"
                    underline="always"
                  >
                    {reason.replaceAll('-', ' ')}
                  </Anchor>
                </Table.Td>
                <Table.Td>{supplier}</Table.Td>
                <Table.Td ta="right" className="figures">
                  {questions}
                </Table.Td>
                <Table.Td ta="right" className="figures">
                  {invoices}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  );
}
