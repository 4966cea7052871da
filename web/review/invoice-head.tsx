import { ActionIcon, Box, Group, Text, Title, Tooltip } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { Link, useRouter } from '@tanstack/react-router';
import { useEffect, type MouseEvent, type ReactNode } from 'react';
import type { InvoiceSummary } from '../../src/interfaces/api/contract.ts';
import { Amount } from '../parts/amount.tsx';
import { Due } from '../parts/due.tsx';
import { StatusBadge } from '../parts/status-badge.tsx';

/** Who, what number, how much, until when, how it stands. */
export function InvoiceHead({ invoice, title }: { readonly invoice: InvoiceSummary; readonly title?: string }): ReactNode {
  const router = useRouter();
  const name = invoice.supplierName ?? 'Unknown supplier';
  const what = invoice.kind === 'credit-note' ? 'Credit note' : 'Invoice';
  useEffect(() => {
    document.title = `${name}, ${invoice.number ?? 'no number'} · Deskhand`;
  }, [name, invoice.number]);
  return (
    <>
      <Tooltip label="Back">
        <ActionIcon component={Link} to="/" size={34} aria-label="Back" onClick={(event: MouseEvent) => goBack(event, router.history)}>
          <IconArrowLeft size={18} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
      <div style={{ flex: 1, minWidth: 0 }}>
        <Title order={1} fz="1rem" lh={1.35} style={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
          {title ?? name}
        </Title>
        <Text size="sm" c="dimmed" truncate>
          {title === undefined ? '' : `${name} · `}
          {what} {invoice.number ?? 'without number'}
          <Text span inherit hiddenFrom="sm">
            {' '}
            · {invoice.status.replace('-', ' ')}
          </Text>
        </Text>
      </div>
      <Group gap={14} wrap="nowrap">
        <div style={{ textAlign: 'right' }}>
          <Amount money={invoice.gross} fw={650} fz="lg" lh={1.3} />
          <Text component="div" size="xs" lh={1.3} visibleFrom="sm">
            <Due day={invoice.dueOn} />
          </Text>
        </div>
        <Box visibleFrom="sm">
          <StatusBadge status={invoice.status} />
        </Box>
      </Group>
    </>
  );
}

/** Back to where one came from; to the inbox when the page was opened by a link. */
function goBack(event: MouseEvent, history: { readonly canGoBack: () => boolean; readonly back: () => void }): void {
  if (!history.canGoBack()) return;
  event.preventDefault();
  history.back();
}
