import { Anchor, Button, Group, List, Paper, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { InvoiceDetail, TaskSummary } from '../../src/interfaces/api/contract.ts';
import { Answers } from '../decisions/decision-card.tsx';
import { Decided } from '../decisions/decided.tsx';
import { Differences } from '../decisions/differences.tsx';
import { Why } from '../decisions/why.tsx';
import { WhereItStands } from '../holding/where-it-stands.tsx';
import { CodingSummary } from '../coding/coding-summary.tsx';
import { Amount } from '../parts/amount.tsx';
import { SectionHead } from '../review/fields-panel.tsx';
import classes from '../review/review.module.css';
import { HowSure } from './how-sure.tsx';
import { Seats } from './seats.tsx';

interface ApprovalSheetProps {
  readonly task: TaskSummary;
  readonly invoice: InvoiceDetail;
  readonly next: TaskSummary | undefined;
  readonly goOn: () => void;
}

export function ApprovalSheet({ task, invoice, next, goOn }: ApprovalSheetProps): ReactNode {
  const why = task.facts.why ?? [];
  const isOpen = task.status === 'open';
  return (
    <>
      <div className={classes['scroll']}>
        <Stack gap="xl">
          <div>
            <Title order={2} fz="1.25rem">
              {task.question}
            </Title>
            <Text c="dimmed" size="sm">
              {invoice.poNumber === null ? 'Without a purchase order' : `For order ${invoice.poNumber}`} ·{' '}
              <Anchor component={Link} to="/invoices/$invoiceId" params={{ invoiceId: invoice.id } as never} size="sm" underline="always">
                all fields and the timeline
              </Anchor>
            </Text>
          </div>
          <WhatFor invoice={invoice} />
          <CodingSummary invoice={invoice} />
          {why.length > 0 && (
            <section>
              <SectionHead title="Why you" />
              <List size="sm" spacing={3}>
                {why.map((reason) => (
                  <List.Item key={reason}>{reason}</List.Item>
                ))}
              </List>
            </section>
          )}
          <Why invoiceId={invoice.id} shows="enough" />
          <HowSure invoice={invoice} />
          <WhatDiffers invoice={invoice} />
          <Seats invoice={invoice} />
          {isOpen && (
            <section>
              <SectionHead title="Where it stands" />
              <WhereItStands task={task} />
            </section>
          )}
        </Stack>
      </div>
      <div className={classes['bar']}>
        {isOpen ? (
          <Answers task={task} decided={goOn} lead={task.facts.ifYes == null ? null : <IfYes words={task.facts.ifYes} />} />
        ) : (
          <Group justify="space-between">
            <Decided task={task} />
            <Button variant="default" onClick={goOn}>
              {next === undefined ? 'To the inbox' : 'Next task'}
            </Button>
          </Group>
        )}
      </div>
    </>
  );
}

function IfYes({ words }: { readonly words: string }): ReactNode {
  return (
    <Text size="sm" mb={10}>
      <Text span fw={600} inherit>
        If you say yes:
      </Text>{' '}
      {words}
    </Text>
  );
}

/** Lines shown before the rest is only counted. */
const MOST_LINES = 6;

function WhatFor({ invoice }: { readonly invoice: InvoiceDetail }): ReactNode {
  const currency = invoice.gross?.currency ?? invoice.fields.currency.value ?? '';
  const rest = invoice.lines.length - MOST_LINES;
  return (
    <section>
      <SectionHead title="What for" />
      <Paper px="sm" py={6}>
        {invoice.lines.slice(0, MOST_LINES).map((line, index) => (
          // Lines have no identity but their place.
          // oxlint-disable-next-line react/no-array-index-key
          <Group key={index} justify="space-between" wrap="nowrap" py={4}>
            <Text size="sm" lineClamp={1}>
              {line.quantity.value !== null && !['0', '1'].includes(line.quantity.value) && `${line.quantity.value} × `}
              {line.description.value ?? 'no description'}
            </Text>
            <Amount money={line.netAmount.value === null ? null : { amount: line.netAmount.value, currency }} size="sm" />
          </Group>
        ))}
        {rest > 0 && (
          <Text size="xs" c="dimmed" py={4}>
            and {rest} more
          </Text>
        )}
        <Group justify="space-between" py={6} mt={4} style={{ borderTop: '1px solid var(--line-quiet)' }}>
          <Text size="sm" fw={600}>
            Total with tax
          </Text>
          <Amount money={invoice.gross} fw={650} />
        </Group>
      </Paper>
    </section>
  );
}

function WhatDiffers({ invoice }: { readonly invoice: InvoiceDetail }): ReactNode {
  const exceptions = invoice.match?.exceptions ?? [];
  return (
    <section>
      <SectionHead title="What differs" />
      {exceptions.length === 0 ? (
        <Text size="sm" c="dimmed">
          {invoice.match === null || invoice.match.kind === 'none'
            ? 'There is no order to compare it with.'
            : invoice.match.kind === 'three-way'
              ? 'Nothing: invoice, order and goods receipt agree in every line.'
              : 'Nothing: invoice and order agree in every line.'}
        </Text>
      ) : (
        <Stack gap="sm">
          {exceptions.map((exception) => (
            <div key={exception.message}>
              <Text size="sm" mb={4}>
                {exception.message}
                {exception.acceptedBy !== null && (
                  <Text span inherit c="dimmed">
                    {' '}
                    Accepted by {exception.acceptedBy.name}.
                  </Text>
                )}
              </Text>
              <Differences expected={exception.expected} found={exception.found} difference={exception.difference} />
            </div>
          ))}
        </Stack>
      )}
    </section>
  );
}
