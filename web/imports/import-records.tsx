import { Alert, Button, FileInput, Group, Modal, SegmentedControl, Stack, Table, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCircleCheck, IconDatabaseImport } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { ImportKind, ImportResult } from '../../src/interfaces/api/contract.ts';
import { problemOf, ProblemError, send } from '../api/request.ts';
import { NeedsRight } from '../parts/needs-right.tsx';
import { sayDone } from '../parts/notify.tsx';
import { plural } from '../parts/words.ts';

const names: Readonly<Record<ImportKind, string>> = {
  suppliers: 'Suppliers',
  'purchase-orders': 'Purchase orders',
  'goods-receipts': 'Goods receipts',
  accounts: 'Accounts',
  'cost-centres': 'Cost centres',
  projects: 'Projects',
  'tax-codes': 'Tax codes',
  'past-bookings': 'Past bookings',
  agreements: 'Agreements',
};

/** Takes a CSV or JSON file: first tried without effect, then taken whole or not at all. */
export function ImportRecords({ kinds }: { readonly kinds: readonly [ImportKind, ...ImportKind[]] }): ReactNode {
  const [isOpen, modal] = useDisclosure(false);
  return (
    <>
      <NeedsRight right="master-data:import" reason="Only the office manager and administrators import records.">
        {(isDisabled) => (
          <Button variant="default" leftSection={<IconDatabaseImport size={16} aria-hidden />} disabled={isDisabled} onClick={modal.open}>
            Import
          </Button>
        )}
      </NeedsRight>
      <Modal opened={isOpen} onClose={modal.close} title="Import from a file" size="lg">
        <ImportForm kinds={kinds} close={modal.close} />
      </Modal>
    </>
  );
}

function ImportForm({ kinds, close }: { readonly kinds: readonly [ImportKind, ...ImportKind[]]; readonly close: () => void }): ReactNode {
  const client = useQueryClient();
  const [kind, setKind] = useState<ImportKind>(kinds[0]);
  const [file, setFile] = useState<File | null>(null);
  const trial = useMutation({ mutationFn: (chosen: File) => post(kind, chosen, true) });
  const real = useMutation({
    mutationFn: (chosen: File) => post(kind, chosen, false),
    onSuccess: ({ imported }) => {
      sayDone(`${plural(imported, 'record')} imported.`);
      for (const noun of ['suppliers', 'purchase-orders', 'codes', 'invoices', 'agreements'])
        void client.invalidateQueries({ queryKey: [noun] });
      close();
    },
  });
  const faults = trial.data?.faults ?? [];
  const isClean = trial.data !== undefined && faults.length === 0;
  return (
    <Stack>
      {kinds.length > 1 && (
        <SegmentedControl
          value={kind}
          data={kinds.map((value) => ({ value, label: names[value] }))}
          onChange={(value) => {
            setKind(value);
            trial.reset();
          }}
        />
      )}
      <FileInput
        label="File"
        description="CSV with a line of column names, or JSON"
        placeholder="Choose a file"
        accept=".csv,.json,text/csv,application/json"
        value={file}
        onChange={(chosen) => {
          setFile(chosen);
          trial.reset();
          if (chosen !== null) trial.mutate(chosen);
        }}
      />
      {isClean && (
        <Alert color="green" icon={<IconCircleCheck size={16} />}>
          {plural(trial.data.imported, 'record')} can be imported; no line has a fault.
        </Alert>
      )}
      {faults.length > 0 && <Faults faults={faults} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button
          disabled={file === null || !isClean}
          loading={trial.isPending || real.isPending}
          onClick={() => file !== null && real.mutate(file)}
        >
          Import {isClean ? plural(trial.data.imported, 'record') : ''}
        </Button>
      </Group>
    </Stack>
  );
}

function Faults({ faults }: { readonly faults: ImportResult['faults'] }): ReactNode {
  return (
    <>
      <Text size="sm">Nothing is imported until these are right:</Text>
      <Table fz="sm">
        <Table.Tbody>
          {faults.slice(0, 50).map((fault) => (
            <Table.Tr key={`${fault.line}${fault.column ?? ''}`}>
              <Table.Td w={70} c="dimmed">
                line {fault.line}
              </Table.Td>
              <Table.Td className="mono">{fault.column}</Table.Td>
              <Table.Td>{fault.message}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}

async function post(kind: ImportKind, file: File, isDryRun: boolean): Promise<ImportResult> {
  const response = await send(`/v1/imports/${kind}${isDryRun ? '?dry_run=true' : ''}`, {
    method: 'POST',
    headers: { 'content-type': file.name.endsWith('.json') ? 'application/json' : 'text/csv', 'idempotency-key': crypto.randomUUID() },
    body: await file.text(),
  });
  if (!response.ok) throw new ProblemError(await problemOf(response));
  return (await response.json()) as ImportResult;
}
