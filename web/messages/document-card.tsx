import { ActionIcon, Anchor, Group, Paper, Text, Tooltip } from '@mantine/core';
import { IconDownload, IconFile } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { DocumentSummary } from '../../src/interfaces/api/contract.ts';
import { StatusBadge } from '../parts/status-badge.tsx';
import { saySize } from '../parts/words.ts';

interface DocumentCardProps {
  readonly document: DocumentSummary;
  /** The page has said what is wrong with it. */
  readonly isExplained?: boolean;
}

/** A file as it came: what it is, what is wrong with it, its invoice, the original. */
export function DocumentCard({ document, isExplained = false }: DocumentCardProps): ReactNode {
  const { id, fileName, path, status, sizeBytes, documentType, problems, invoiceId } = document;
  const inside = path.slice(0, -1);
  return (
    <Paper p="md">
      <Group wrap="nowrap" gap="sm" align="flex-start">
        <IconFile size={20} stroke={1.5} aria-hidden style={{ flexShrink: 0, marginTop: 2 }} />
        <div style={{ flex: 1, minWidth: 0 }}>
          <Text fw={600} truncate>
            {fileName}
          </Text>
          <Text size="sm" c="dimmed">
            {[documentType?.replaceAll('_', ' '), saySize(sizeBytes), inside.length > 0 ? `inside ${inside.join(' › ')}` : null]
              .filter(Boolean)
              .join(' · ')}
          </Text>
          {(isExplained ? [] : problems).map((problem) => (
            <Text key={problem.code} size="sm" mt={4} c={problem.severity === 'error' ? 'var(--mantine-color-error)' : undefined}>
              {problem.message}
            </Text>
          ))}
          {invoiceId !== null && (
            <Anchor component={Link} to="/invoices/$invoiceId" params={{ invoiceId } as never} size="sm">
              Open the invoice
            </Anchor>
          )}
        </div>
        <StatusBadge status={status} {...(status === 'received' ? { label: 'Being read' } : {})} />
        <Tooltip label="Download the original">
          <ActionIcon component="a" href={`/v1/documents/${id}/original`} download aria-label={`Download ${fileName}`}>
            <IconDownload size={17} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      </Group>
    </Paper>
  );
}
