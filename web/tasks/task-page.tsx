import { Anchor, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { taskQuery } from '../api/queries.ts';
import { DecisionCard } from '../decisions/decision-card.tsx';
import { useGoOn, useNextTask } from '../decisions/next-task.ts';
import { DocumentCard } from '../messages/document-card.tsx';
import { Failed } from '../parts/failed.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Page } from '../parts/page.tsx';
import { sayAge } from '../parts/words.ts';

const route = getRouteApi('/office/tasks/$taskId');

/** A task that is about no invoice: a file that could not be read, a message to know of, a limit, a failure. */
export function TaskPage(): ReactNode {
  const { taskId } = route.useParams();
  const task = useQuery(taskQuery(taskId));
  const goOn = useGoOn(useNextTask({ taskId }));
  if (task.isError && task.data === undefined) return <Failed error={task.error} retry={task.refetch} />;
  if (task.isPending)
    return (
      <Page size={760}>
        <Skeleton h={280} />
      </Page>
    );
  const { title, message, document, createdAt } = task.data;
  return (
    <Page size={760}>
      <PageHead
        title={title}
        lead={`Asked ${sayAge(createdAt)} ago`.replace('just now ago', 'just now')}
        back={{ to: '/', label: 'Inbox' }}
      />
      <Stack gap="lg">
        <DecisionCard task={task.data} decided={goOn} isUntitled />
        {document !== null && <DocumentCard document={document} isExplained />}
        {message !== null && (
          <Text size="sm" c="dimmed">
            Came by{' '}
            <Anchor component={Link} to="/messages/$messageId" params={{ messageId: message.id } as never} size="sm" underline="always">
              {message.subject ?? 'the message it came in'}
            </Anchor>
            {message.sender === null ? '' : `, sent by ${message.sender}`}; the original is kept.
          </Text>
        )}
      </Stack>
    </Page>
  );
}
