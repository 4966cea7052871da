import { Alert, Button, DataList, Paper, Progress, Skeleton, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconRefresh, IconShieldCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { AuditVerification } from '../../src/interfaces/api/contract.ts';
import { auditQuery, overviewQuery } from '../api/queries.ts';
import { Failed } from '../parts/failed.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Page } from '../parts/page.tsx';
import { plural } from '../parts/words.ts';
import { SectionHead } from '../review/fields-panel.tsx';

/** Whether the log is whole, and how much went through without a person. */
export function AuditPage(): ReactNode {
  const audit = useQuery(auditQuery);
  return (
    <Page size={820}>
      <PageHead
        title="Audit"
        lead="Every step is written down and chained; a later edit, deletion or reordering shows."
        actions={
          <Button
            variant="default"
            leftSection={<IconRefresh size={16} aria-hidden />}
            loading={audit.isFetching}
            onClick={() => void audit.refetch()}
          >
            Verify again
          </Button>
        }
      />
      <Stack gap="xl">
        {audit.isError && audit.data === undefined ? (
          <Failed error={audit.error} />
        ) : audit.isPending ? (
          <Skeleton h={150} />
        ) : (
          <Verdict audit={audit.data} />
        )}
        <Automation />
      </Stack>
    </Page>
  );
}

function Verdict({ audit }: { readonly audit: AuditVerification }): ReactNode {
  const { isIntact, entries, headHash, firstFault } = audit;
  return (
    <Paper p="md">
      <Alert
        color={isIntact ? 'green' : 'red'}
        icon={isIntact ? <IconShieldCheck size={18} /> : <IconAlertTriangle size={18} />}
        title={isIntact ? 'The log is whole' : 'The log was changed'}
      >
        {isIntact
          ? `All ${plural(entries, 'entry', 'entries')} were checked just now, each against the hash of the one before.`
          : `Entry ${firstFault?.sequence ?? '?'}: ${firstFault?.message ?? 'its hash does not fit.'} Restore a backup of before and compare.`}
      </Alert>
      <DataList labelWidth={110} mt="md" gap={6}>
        <DataList.Item>
          <DataList.ItemLabel>Entries</DataList.ItemLabel>
          <DataList.ItemValue className="figures">{entries.toLocaleString('en-US')}</DataList.ItemValue>
        </DataList.Item>
        <DataList.Item>
          <DataList.ItemLabel>Head</DataList.ItemLabel>
          <DataList.ItemValue className="mono" style={{ overflowWrap: 'anywhere' }}>
            {headHash}
          </DataList.ItemValue>
        </DataList.Item>
      </DataList>
    </Paper>
  );
}

function Automation(): ReactNode {
  const overview = useQuery(overviewQuery).data;
  if (overview === undefined) return null;
  const { automatic, decided } = overview.touchless;
  const share = decided === 0 ? 0 : Math.round((automatic / decided) * 100);
  return (
    <section>
      <SectionHead title="Without a person" />
      <Paper p="md">
        <Text mb={8}>
          <Text span fw={650} inherit className="figures">
            {automatic} of {plural(decided, 'decided invoice')}
          </Text>{' '}
          that came in 30 days passed without a person{decided === 0 ? '' : ` (${share} %)`}.
        </Text>
        <Progress value={share} size={6} aria-label="Share that passed without a person" />
        <Text size="sm" c="dimmed" mt="md">
          An invoice passes alone only when its figures are proven, supplier and bank account are on file, order and receipt agree, and the
          amount is under the limit. Why one did not is told on its page, under Proof.
        </Text>
      </Paper>
    </section>
  );
}
