import { Group, Paper, Stack, Text } from '@mantine/core';
import { IconBooks } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { CodedLine, CodingBody, InvoiceDetail } from '../../src/interfaces/api/contract.ts';
import { codesQuery, invoiceQuery } from '../api/queries.ts';
import { decide } from '../api/request.ts';
import { ImportRecords } from '../imports/import-records.tsx';
import { NothingHere } from '../parts/nothing-here.tsx';
import { sayDone, sayProblem } from '../parts/notify.tsx';
import { sayFigure } from '../parts/words.ts';
import { SectionHead } from '../review/fields-panel.tsx';
import { reasonsOf, sayWho } from './coding-words.ts';
import { CodingForm } from './coding-form.tsx';

/** Where each line is booked, why, and the means to say it otherwise or to split it. */
export function CodingPanel({ invoice, isEditable }: { readonly invoice: InvoiceDetail; readonly isEditable: boolean }): ReactNode {
  const { coding } = invoice;
  return (
    <Stack gap="md" align={coding === null ? 'center' : 'stretch'}>
      {coding === null ? (
        <NothingHere icon={IconBooks} title="Nothing is booked here">
          Import your accounts, and past bookings if you have them; Deskhand then says where each line belongs.
        </NothingHere>
      ) : (
        <CodedLines invoice={invoice} coding={coding} isEditable={isEditable} />
      )}
      <Group>
        <ImportRecords kinds={['accounts', 'cost-centres', 'projects', 'tax-codes', 'past-bookings']} />
      </Group>
    </Stack>
  );
}

interface CodedLinesProps {
  readonly invoice: InvoiceDetail;
  readonly coding: readonly CodedLine[];
  readonly isEditable: boolean;
}

function CodedLines({ invoice, coding, isEditable }: CodedLinesProps): ReactNode {
  const codes = useQuery(codesQuery);
  const say = useSayCoding(invoice);
  const open = coding.filter(({ parts }) => parts.length === 0).length;
  return (
    <section>
      <SectionHead title="Where it is booked" note={open === 0 ? 'every line' : `${open} to say`} />
      <Stack gap="sm">
        {coding.map((line) => (
          <Paper key={line.line} p="sm" aria-label={line.line === 0 ? 'The invoice' : `Line ${line.line}`} component="article">
            <Group justify="space-between" wrap="nowrap" align="baseline">
              <Text size="sm" fw={550} lineClamp={2}>
                {line.line === 0 ? 'The whole invoice' : `${line.line}. ${line.description}`}
              </Text>
              <Text size="sm" className="figures">
                {sayFigure(line.amount)}
              </Text>
            </Group>
            <Text size="xs" c={line.by === null ? 'var(--mantine-color-amber-light-color)' : 'dimmed'} mb={8}>
              {sayWho(line)}.
            </Text>
            <CodingForm
              key={`${invoice.version} ${JSON.stringify(line.parts)}`}
              line={line}
              codes={codes.data?.items ?? []}
              isEditable={isEditable}
              isSaving={say.isPending}
              save={(parts) => say.mutate({ lines: [{ line: line.line, parts }] })}
            />
            <Reasons line={line} />
          </Paper>
        ))}
      </Stack>
    </section>
  );
}

function Reasons({ line }: { readonly line: CodedLine }): ReactNode {
  if (line.by === 'person') return null;
  return reasonsOf(line).map(({ kind, text }) => (
    <Text key={kind} size="xs" c="dimmed" mt={4}>
      {text}
    </Text>
  ));
}

function useSayCoding(invoice: InvoiceDetail) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CodingBody) =>
      decide<InvoiceDetail>(`/v1/invoices/${invoice.id}/coding`, body, { 'if-match': `"${invoice.version}"` }),
    meta: { isHandled: true },
    onSuccess: (saved) => {
      client.setQueryData(invoiceQuery(invoice.id).queryKey, saved);
      for (const noun of ['tasks', 'overview', 'timeline', 'invoices']) void client.invalidateQueries({ queryKey: [noun] });
      sayDone('Saved. Deskhand looks at the invoice again and learns from it once it is approved.');
    },
    onError: (error) => {
      void client.invalidateQueries({ queryKey: ['invoices'] });
      sayProblem(error);
    },
  });
}
