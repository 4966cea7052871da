import { Group, Text } from '@mantine/core';
import { IconFile, IconMail, IconPaperclip } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { MessageSummary } from '../../src/interfaces/api/contract.ts';
import { itemsOf, messagesQuery } from '../api/queries.ts';
import { DropFiles } from '../inbox/drop-files.tsx';
import { Failed } from '../parts/failed.tsx';
import { ListTable, type Column } from '../parts/list-table.tsx';
import { NothingHere } from '../parts/nothing-here.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Page } from '../parts/page.tsx';
import { RowLink } from '../parts/row-link.tsx';
import { sayInstant } from '../parts/words.ts';

const columns: readonly Column<MessageSummary>[] = [
  {
    head: 'What arrived',
    cell: (message) => (
      <Group gap={10} wrap="nowrap" align="flex-start">
        {message.kind === 'mail' ? (
          <IconMail size={17} stroke={1.6} aria-label="Mail" />
        ) : (
          <IconFile size={17} stroke={1.6} aria-label="File" />
        )}
        <div style={{ minWidth: 0 }}>
          <RowLink to="/messages/$messageId" params={{ messageId: message.id }}>
            {message.subject ?? message.documents[0]?.fileName ?? 'Without subject'}
          </RowLink>
          <Text size="xs" c="dimmed" truncate>
            {message.sender ?? message.source}
          </Text>
          <Text size="sm" mt={4} hiddenFrom="sm" c={message.status === 'received' ? 'dimmed' : undefined}>
            {message.outcome}
          </Text>
        </div>
      </Group>
    ),
  },
  {
    head: 'Files',
    isSecondary: true,
    isRight: true,
    cell: ({ documents }) =>
      documents.length === 0 ? null : (
        <Text span size="sm" c="dimmed" className="figures">
          <IconPaperclip size={13} stroke={1.7} aria-hidden style={{ verticalAlign: '-2px' }} /> {documents.length}
        </Text>
      ),
  },
  {
    head: 'What became of it',
    width: '38%',
    isSecondary: true,
    cell: (message) => (
      <Text size="sm" c={message.status === 'received' ? 'dimmed' : undefined}>
        {message.outcome}
      </Text>
    ),
  },
  {
    head: 'When',
    isSecondary: true,
    isRight: true,
    cell: (message) => (
      <Text span size="sm" c="dimmed" className="figures">
        {sayInstant(message.receivedAt)}
      </Text>
    ),
  },
];

/** All that arrived and what became of each. */
export function MessagesPage(): ReactNode {
  const list = useInfiniteQuery(messagesQuery());
  return (
    <Page>
      <PageHead title="Messages" lead="All that arrived, by mail, folder or upload, and what became of each." actions={<DropFiles />} />
      {list.isError && list.data === undefined ? (
        <Failed error={list.error} retry={list.refetch} />
      ) : (
        <ListTable
          label="Messages"
          items={itemsOf(list.data)}
          columns={columns}
          isLoading={list.isPending}
          more={list.hasNextPage ? list.fetchNextPage : undefined}
          empty={
            <NothingHere icon={IconMail} title="Nothing has arrived yet">
              Drop a file anywhere on this page.
            </NothingHere>
          }
        />
      )}
    </Page>
  );
}
