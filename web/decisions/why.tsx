import { List, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { whyQuery } from '../api/queries.ts';

/**
 * Why people are asked about an invoice, why it did not go on by itself, and what would have been enough.
 *
 * @param shows - all of it; for one question only why it is asked of that person, and what would have been enough; or the last.
 */
export function Why({
  invoiceId,
  shows,
}: {
  readonly invoiceId: string;
  readonly shows: 'all' | 'enough' | { readonly taskId: string };
}): ReactNode {
  const why = useQuery(whyQuery(invoiceId)).data;
  if (why === undefined) return null;
  const isAll = shows === 'all';
  const asked = why.asked.filter((one) => isAll || (shows !== 'enough' && one.taskId === shows.taskId));
  return (
    <Stack gap="sm" component="section" aria-label="Why">
      <Part
        title={isAll ? 'Who is asked, and why' : 'Why you'}
        sentences={asked.map((one) => (isAll ? `${one.who?.name ?? one.role.replace('-', ' ')}: ${one.why}` : one.why))}
      />
      {isAll && <Part title="Why not by itself" sentences={why.obstacles} />}
      <Part title="What would have been enough" sentences={why.whatIf} />
      {why.note !== null && (
        <Text size="sm" c="dimmed">
          {why.note}
        </Text>
      )}
    </Stack>
  );
}

function Part({ title, sentences }: { readonly title: string; readonly sentences: readonly string[] }): ReactNode {
  if (sentences.length === 0) return null;
  return (
    <div>
      <Title order={3} size="sm" fw={600} mb={4}>
        {title}
      </Title>
      {sentences.length === 1 ? (
        <Text size="sm">{sentences[0]}</Text>
      ) : (
        <List size="sm" spacing={2}>
          {[...new Set(sentences)].map((sentence) => (
            <List.Item key={sentence}>{sentence}</List.Item>
          ))}
        </List>
      )}
    </div>
  );
}
