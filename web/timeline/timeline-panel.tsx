import { Anchor, Group, Skeleton, Stack, Text, Timeline } from '@mantine/core';
import {
  IconArrowsDiff,
  IconCash,
  IconChecks,
  IconFileSearch,
  IconMail,
  IconPencil,
  IconPoint,
  IconQuestionMark,
  IconSignature,
  type Icon,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { timelineQuery } from '../api/queries.ts';
import { Failed } from '../parts/failed.tsx';
import { sayInstant } from '../parts/words.ts';

const signs: readonly (readonly [RegExp, Icon])[] = [
  [/^(message|mail|event)/, IconMail],
  [/correct/, IconPencil],
  [/^document|recorded/, IconFileSearch],
  [/assessed|match|supplier/, IconArrowsDiff],
  [/approv/, IconSignature],
  [/pay|run/, IconCash],
  [/asked|opened|reminded|failed/, IconQuestionMark],
  [/decided|cancelled/, IconChecks],
];

/** One invoice from mail to bank file: who did what when, as the audit log has it. */
export function TimelinePanel({ invoiceId }: { readonly invoiceId: string }): ReactNode {
  const timeline = useQuery(timelineQuery(invoiceId));
  if (timeline.isError) return <Failed error={timeline.error} retry={timeline.refetch} />;
  if (timeline.isPending) {
    return (
      <Stack gap="lg">
        {Array.from({ length: 6 }, (_, row) => (
          <Skeleton key={row} h={34} />
        ))}
      </Stack>
    );
  }
  const { items } = timeline.data;
  return (
    <>
      <Timeline active={items.length} bulletSize={26} lineWidth={1.5} color="gray">
        {items.map((entry) => {
          const Sign = signs.find(([pattern]) => pattern.test(entry.action))?.[1] ?? IconPoint;
          return (
            <Timeline.Item key={entry.sequence} bullet={<Sign size={14} stroke={1.8} aria-hidden />}>
              <Text size="sm">{entry.sentence}</Text>
              <Group gap={8}>
                <Text size="xs" c="dimmed" className="figures">
                  {entry.actor}, {sayInstant(entry.at)}
                </Text>
                <Text size="xs" c="dimmed" className="mono" title={`Entry ${entry.sequence}, hash ${entry.hash}`}>
                  {entry.hash.slice(0, 8)}
                </Text>
              </Group>
            </Timeline.Item>
          );
        })}
      </Timeline>
      <Text size="xs" c="dimmed" mt="xl">
        Each entry carries the hash of the one before; a later edit would show.{' '}
        <Anchor component={Link} to="/audit" size="xs" underline="always">
          Verify the log
        </Anchor>
      </Text>
    </>
  );
}
