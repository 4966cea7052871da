import { Paper, Skeleton, Text } from '@mantine/core';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Overview } from '../../src/interfaces/api/contract.ts';
import { plural, sayFigure, sayMoney } from '../parts/words.ts';
import classes from './overview-strip.module.css';

/** How the office stands, on one line. */
export function OverviewStrip({ overview }: { readonly overview: Overview | undefined }): ReactNode {
  if (overview === undefined) return <Skeleton h={86} radius="md" />;
  const { messages, documents, touchless, scheduled, invoices } = overview;
  const underway = messages.received - messages.handled;
  const [first, ...others] = scheduled;
  const approved = (invoices['scheduled'] ?? 0) + (invoices['approved'] ?? 0);
  return (
    <Paper className={classes['strip']} component="section" aria-label="Overview">
      <Figure
        to="/messages"
        label="Messages handled"
        value={messages.handled.toLocaleString('en-US')}
        note={underway === 0 ? 'all that came in 30 days' : `${underway} being read now`}
      />
      <Figure
        to="/invoices"
        label="Passed without you"
        value={touchless.automatic.toLocaleString('en-US')}
        note={touchless.decided === 0 ? 'none decided yet' : `of ${plural(touchless.decided, 'decided invoice')} in 30 days`}
      />
      <Figure
        to="/invoices"
        label="Waiting for a person"
        value={((invoices['in-review'] ?? 0) + (invoices['awaiting-approval'] ?? 0)).toLocaleString('en-US')}
        note={
          documents.waiting > 0
            ? `${plural(documents.waiting, 'document')} still being read`
            : `${invoices['awaiting-approval'] ?? 0} of them for approval`
        }
      />
      <Figure
        to="/payments"
        label="Scheduled to pay"
        value={first === undefined ? '0.00' : sayFigure(first.amount)}
        unit={first?.currency ?? ''}
        note={others.length > 0 ? `and ${others.map(sayMoney).join(', ')}` : plural(approved, 'payment')}
      />
    </Paper>
  );
}

interface FigureProps {
  readonly to: LinkProps['to'];
  readonly label: string;
  readonly value: string;
  readonly unit?: string;
  readonly note: string;
}

function Figure({ to, label, value, unit, note }: FigureProps): ReactNode {
  return (
    <div className={classes['cell']}>
      <Text size="xs" c="dimmed" fw={500}>
        <Link to={to} className="plain-link">
          {label}
        </Link>
      </Text>
      <Text fz={{ base: '1.125rem', sm: '1.375rem' }} fw={620} lh={1.35} className="figures">
        {value}
        {unit !== undefined && (
          <Text span size="sm" c="dimmed" fw={450} ml={5}>
            {unit}
          </Text>
        )}
      </Text>
      <Text size="xs" c="dimmed" className="figures" truncate>
        {note}
      </Text>
    </div>
  );
}
