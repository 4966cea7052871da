import { DataList, Paper, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { messageQuery } from '../api/queries.ts';
import { Failed } from '../parts/failed.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Page } from '../parts/page.tsx';
import { StatusBadge } from '../parts/status-badge.tsx';
import { sayInstant } from '../parts/words.ts';
import { SectionHead } from '../review/fields-panel.tsx';
import { DocumentCard } from './document-card.tsx';
import { StatementPanel } from './statement-panel.tsx';

const route = getRouteApi('/office/messages/$messageId');

/** One message, its documents and what became of them. */
export function MessagePage(): ReactNode {
  const { messageId } = route.useParams();
  const message = useQuery(messageQuery(messageId));
  if (message.isError && message.data === undefined) return <Failed error={message.error} retry={message.refetch} />;
  if (message.isPending)
    return (
      <Page size={820}>
        <Skeleton h={320} />
      </Page>
    );
  const { subject, sender, source, receivedAt, outcome, status, classification, documents, body } = message.data;
  return (
    <Page size={820}>
      <PageHead
        title={subject ?? documents[0]?.fileName ?? 'Without subject'}
        lead={outcome}
        back={{ to: '/messages', label: 'Messages' }}
        actions={<StatusBadge status={status} />}
      />
      <Stack gap="xl">
        <DataList labelWidth={110}>
          {sender !== null && <Fact label="From">{sender}</Fact>}
          <Fact label="Came by">{source}</Fact>
          <Fact label="Received">{sayInstant(receivedAt)}</Fact>
          {classification !== null && classification !== 'documents' && (
            <Fact label="What it is">{classification.replaceAll(/[-_]/g, ' ')}</Fact>
          )}
        </DataList>
        {documents.length > 0 && (
          <section>
            <SectionHead title="Documents" note={`${documents.length}`} />
            <Stack gap="sm">
              {documents.map((document) => (
                <DocumentCard key={document.id} document={document} />
              ))}
            </Stack>
          </section>
        )}
        {documents
          .filter(({ documentType }) => documentType === 'statement')
          .map(({ id }) => (
            <StatementPanel key={id} documentId={id} />
          ))}
        {body !== null && body.trim() !== '' && (
          <section>
            <SectionHead title="Text of the mail" note="what outsiders write never starts an action by itself" />
            <Paper p="md">
              <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
                {body}
              </Text>
            </Paper>
          </section>
        )}
      </Stack>
    </Page>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactNode {
  return (
    <DataList.Item>
      <DataList.ItemLabel>{label}</DataList.ItemLabel>
      <DataList.ItemValue>{children}</DataList.ItemValue>
    </DataList.Item>
  );
}
