import { Box, Button, FileButton, Group, Text } from '@mantine/core';
import { IconBuildingBank, IconUpload } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { BankFile, BankFileReceipt } from '../../src/interfaces/api/contract.ts';
import { bankFilesQuery, itemsOf } from '../api/queries.ts';
import { problemOf, ProblemError, send } from '../api/request.ts';
import { Failed } from '../parts/failed.tsx';
import { ListTable, type Column } from '../parts/list-table.tsx';
import { NeedsRight } from '../parts/needs-right.tsx';
import { NothingHere } from '../parts/nothing-here.tsx';
import { sayDone } from '../parts/notify.tsx';
import { RowLink } from '../parts/row-link.tsx';
import { plural, sayInstant } from '../parts/words.ts';
import { sayKind, saySummary } from './bank-words.ts';

const columns: readonly Column<BankFile>[] = [
  {
    head: 'From the bank',
    cell: (file) => (
      <>
        <RowLink to="/payments/bank/$fileId" params={{ fileId: file.id }}>
          {sayKind(file.kind)}{' '}
          <Text span inherit c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {file.messageId}
          </Text>
        </RowLink>
        <Text size="xs" c="dimmed">
          {file.importedBy.name}, {sayInstant(file.importedAt)}
        </Text>
        <Box hiddenFrom="sm">
          <Text size="xs">{saySummary(file.summary)}</Text>
        </Box>
      </>
    ),
  },
  { head: 'What it came to', isSecondary: true, cell: (file) => <Text size="sm">{saySummary(file.summary)}</Text> },
  {
    head: 'Asked',
    isRight: true,
    cell: (file) => (
      <Text size="sm" className="figures" c={file.summary.questions === 0 ? 'dimmed' : undefined}>
        {file.summary.questions === 0 ? '–' : plural(file.summary.questions, 'question')}
      </Text>
    ),
  },
];

/** What the bank answered and booked; new files are handed in here. */
export function BankFiles(): ReactNode {
  const list = useInfiniteQuery(bankFilesQuery());
  if (list.isError && list.data === undefined) return <Failed error={list.error} retry={list.refetch} />;
  return (
    <>
      <HandIn />
      <ListTable
        label="Files of the bank"
        items={itemsOf(list.data)}
        columns={columns}
        isLoading={list.isPending}
        more={list.hasNextPage ? list.fetchNextPage : undefined}
        empty={
          <NothingHere icon={IconBuildingBank} title="Nothing from the bank yet">
            Hand in its answers (pain.002) and statements (camt.053, camt.054): each payment is checked off, to the cent.
          </NothingHere>
        }
      />
    </>
  );
}

function HandIn(): ReactNode {
  const client = useQueryClient();
  const navigate = useNavigate();
  const handIn = useMutation({
    mutationFn: async (files: readonly File[]) => {
      const receipts: BankFileReceipt[] = [];
      for (const file of files) receipts.push(await post(file));
      return receipts;
    },
    onSettled: () => {
      for (const noun of ['bank-files', 'payments', 'payment-runs', 'invoices', 'tasks', 'overview'])
        void client.invalidateQueries({ queryKey: [noun] });
    },
    onSuccess: async (receipts) => {
      const [only] = receipts;
      sayDone(receipts.every(({ isNew }) => isNew) ? 'Taken in.' : 'Some of it was taken before; that changed nothing.');
      if (receipts.length === 1 && only !== undefined)
        await navigate({ to: '/payments/bank/$fileId', params: { fileId: only.bankMessageId } });
    },
  });
  return (
    <Group mb="md" justify="space-between">
      <Text size="sm" c="dimmed">
        Answers (pain.002), statements (camt.053) and notifications (camt.054) as XML.
      </Text>
      <NeedsRight right="bank-files:import" reason="The office manager or a controller hands in what the bank says.">
        {(isDisabled) => (
          <FileButton
            multiple
            accept=".xml,.camt,.txt,application/xml,text/xml"
            onChange={(files) => files.length > 0 && handIn.mutate(files)}
          >
            {(props) => (
              <Button {...props} disabled={isDisabled} loading={handIn.isPending} leftSection={<IconUpload size={16} aria-hidden />}>
                Hand in a bank file
              </Button>
            )}
          </FileButton>
        )}
      </NeedsRight>
    </Group>
  );
}

async function post(file: File): Promise<BankFileReceipt> {
  const response = await send(`/v1/bank-files?file_name=${encodeURIComponent(file.name.slice(0, 200))}`, {
    method: 'POST',
    headers: { 'content-type': 'application/xml', 'idempotency-key': crypto.randomUUID() },
    body: file,
  });
  if (!response.ok) throw new ProblemError(await problemOf(response));
  return (await response.json()) as BankFileReceipt;
}
