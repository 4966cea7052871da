import { Alert, Button, Group, Paper, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { PolicyDetailView, PolicySavedView } from '../../src/interfaces/api/contract-policies.ts';
import { decide } from '../api/request.ts';
import { sayDone } from '../parts/notify.tsx';
import { CaseList } from './case-list.tsx';
import { TableEditor } from './table-editor.tsx';

const titles = {
  approvals: 'Who approves',
  tolerances: 'How far it may differ',
  questions: 'What Deskhand asks by itself',
} as const;
// The server shows a table of questions always.
const nothing = { hitPolicy: 'first' as const, inputs: [], outputs: [], rules: [] };
const names = { approvals: 'Approvals', tolerances: 'Tolerances', questions: 'Questions' } as const;

/** Tables and test cases of a version; what is changed becomes a new one. */
export function VersionEditor({ policy, mayEdit }: { readonly policy: PolicyDetailView; readonly mayEdit: boolean }): ReactNode {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [draft, setDraft] = useState({ tables: policy.tables, cases: policy.cases });
  const [note, setNote] = useState('');
  const [found, setFound] = useState<Pick<PolicySavedView, 'problems' | 'results'>>(policy);
  const isChanged = draft.tables !== policy.tables || draft.cases !== policy.cases;
  const check = useMutation({
    mutationFn: () => decide<PolicySavedView>('/v1/policies', { ...draft, note: '', dryRun: true }),
    onSuccess: setFound,
  });
  const save = useMutation({
    mutationFn: () => decide<PolicySavedView>('/v1/policies', { ...draft, note }),
    onSuccess: async ({ version }) => {
      sayDone(`Saved as version ${version ?? ''}. It decides nothing until somebody else switches it on.`);
      await client.invalidateQueries({ queryKey: ['policies'] });
      if (version !== null) await navigate({ to: '/policy', search: { version } });
    },
  });
  const general = found.problems.filter(({ row }) => row === null);
  return (
    <Stack gap="lg">
      {general.length > 0 && (
        <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title="To be put right before it is switched on">
          {general.map(({ message, table }) => (
            <Text key={message} size="sm">
              {names[table]}: {message}
            </Text>
          ))}
        </Alert>
      )}
      {(['approvals', 'tolerances', 'questions'] as const).map((name) => (
        <TableEditor
          key={name}
          title={titles[name]}
          kinds={policy.kinds}
          table={draft.tables[name] ?? nothing}
          problems={found.problems.filter((problem) => problem.table === name && problem.row !== null)}
          mayEdit={mayEdit}
          onChange={(table) => setDraft({ ...draft, tables: { ...draft.tables, [name]: table } })}
        />
      ))}
      <CaseList cases={draft.cases} results={found.results} mayEdit={mayEdit} onChange={(cases) => setDraft({ ...draft, cases })} />
      {mayEdit && isChanged && (
        <Paper p="md">
          <Group align="end">
            <TextInput
              label="Name"
              w={160}
              value={draft.tables.name}
              onChange={(event) => setDraft({ ...draft, tables: { ...draft.tables, name: event.currentTarget.value } })}
            />
            <TextInput label="What is new" style={{ flex: 1 }} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
            <Button variant="default" loading={check.isPending} onClick={() => check.mutate()}>
              Check
            </Button>
            <Button loading={save.isPending} onClick={() => save.mutate()}>
              Save as a new version
            </Button>
          </Group>
        </Paper>
      )}
    </Stack>
  );
}
