import { Anchor, Group, Paper, Spoiler, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { RemittanceAdvice } from '../../src/interfaces/api/contract.ts';
import { advicesQuery } from '../api/queries.ts';
import { Failed } from '../parts/failed.tsx';
import { sayMoney } from '../parts/words.ts';
import { SectionHead } from '../review/fields-panel.tsx';

/** What each supplier of a released run is told, to send as it is. Deskhand sends no mail by itself. */
export function RemittanceAdvices({ runId }: { readonly runId: string }): ReactNode {
  const query = useQuery(advicesQuery(runId));
  if (query.isError && query.data === undefined) return <Failed error={query.error} retry={query.refetch} />;
  const advices = query.data?.items ?? [];
  if (advices.length === 0) return null;
  return (
    <section>
      <SectionHead title="Tell the suppliers" note="you send it; Deskhand writes no mail by itself" />
      <Stack gap="sm">
        {advices.map((advice) => (
          <Paper key={`${advice.supplier.id} ${advice.total.currency} ${advice.subject} ${advice.text.length}`} p="md">
            <Group justify="space-between" mb={4}>
              <Text fw={550}>
                {advice.supplier.name},{' '}
                <Text span inherit className="figures">
                  {sayMoney(advice.total)}
                </Text>
              </Text>
              <Anchor href={hrefOf(advice)} download={`advice-${advice.supplier.id}.txt`} size="sm" underline="always">
                <IconDownload size={14} aria-hidden style={{ verticalAlign: '-2px' }} /> Download
              </Anchor>
            </Group>
            <Spoiler maxHeight={44} showLabel="Show all of it" hideLabel="Show less">
              <Text size="sm" lang={advice.language} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
                {advice.text}
              </Text>
            </Spoiler>
          </Paper>
        ))}
      </Stack>
    </section>
  );
}

function hrefOf({ subject, text }: RemittanceAdvice): string {
  return `data:text/plain;charset=utf-8,${encodeURIComponent(`${subject}\n\n${text}`)}`;
}
