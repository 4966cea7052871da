import { Skeleton, Stack, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import type { InvoiceDetail } from '../../src/interfaces/api/contract.ts';
import { invoiceQuery } from '../api/queries.ts';
import { useMay } from '../api/rights.ts';
import { isCorrectable } from '../decisions/choices.ts';
import { useGoOn, useNextTask } from '../decisions/next-task.ts';
import { CodingPanel } from '../coding/coding-panel.tsx';
import { Failed } from '../parts/failed.tsx';
import type { InvoiceTab } from '../router.tsx';
import { TimelinePanel } from '../timeline/timeline-panel.tsx';
import { Desk } from './desk.tsx';
import { DocumentPane } from './document-pane.tsx';
import type { FieldKey } from './field-names.ts';
import { FieldsPanel } from './fields-panel.tsx';
import { InvoiceHead } from './invoice-head.tsx';
import { litBoxes } from './lit-boxes.ts';
import { MatchPanel } from './match-panel.tsx';
import { ProofPanel, type Equation } from './proof-panel.tsx';
import { PastBanner, PastLinks } from './past-banner.tsx';
import classes from './review.module.css';
import { SaveBar } from './save-bar.tsx';
import { UnsavedGuard, useUnsaved } from './unsaved-guard.tsx';
import { focusField, useFieldKeys } from './use-field-keys.ts';
import { useReview } from './use-review.ts';
import { useSave } from './use-save.ts';

const noPlaces: Equation['places'] = [];
const route = getRouteApi('/office/invoices/$invoiceId');

/** One invoice: its pages beside its fields. */
export function ReviewPage(): ReactNode {
  const { invoiceId } = route.useParams();
  const { asOf } = route.useSearch();
  const invoice = useQuery(invoiceQuery(invoiceId, asOf));
  if (invoice.isError && invoice.data === undefined) return <Failed error={invoice.error} retry={invoice.refetch} />;
  if (invoice.isPending) return <DeskSkeleton />;
  return <ReviewDesk key={`${invoiceId} ${asOf ?? ''}`} invoice={invoice.data} />;
}

function ReviewDesk({ invoice }: { readonly invoice: InvoiceDetail }): ReactNode {
  const tab = route.useSearch().tab ?? 'fields';
  const { task } = route.useSearch();
  const navigate = route.useNavigate();
  const mayCorrect = useMay('invoices:correct') && invoice.seen === null;
  const isEditable = mayCorrect && (invoice.status === 'in-review' || invoice.status === 'awaiting-approval');
  const review = useReview(invoice, isEditable);
  const { isUnsaved, letGo } = useUnsaved(review.changeCount);
  const { isSaving, save } = useSave(review, letGo);
  const next = useNextTask({ taskId: task, invoiceId: invoice.id });
  const goOn = useGoOn(next);
  const isAsked = invoice.tasks.some((open) => open.status === 'open' && open.isMine && open.kind !== 'approval' && !isCorrectable(open));
  /** Saves what was confirmed; goes on unless a question of this invoice still waits for an answer. */
  const confirm = (): void => save(() => !isAsked && goOn());
  const keys = useFieldKeys(review, confirm);
  const [shown, setShown] = useState<Equation | null>(null);
  const boxes = useMemo(() => litBoxes(invoice, (key) => review.suretyNow(key)), [invoice, review]);
  useArrival(review.openDoubts[0], isEditable && tab === 'fields');
  const decided = (done: { readonly invoice: { readonly openTasks: number } | null }): void => {
    if ((done.invoice?.openTasks ?? 0) === 0) goOn();
  };

  return (
    <Desk
      head={
        <>
          <InvoiceHead invoice={invoice} />
          <PastBanner invoice={invoice} />
          <UnsavedGuard isUnsaved={isUnsaved} changeCount={review.changeCount} />
        </>
      }
      document={
        <DocumentPane
          invoice={invoice}
          boxes={boxes}
          active={keys.active}
          figures={tab === 'proof' ? (shown?.places ?? noPlaces) : noPlaces}
          focusField={keys.focusField}
          takeWord={isEditable ? keys.takeWord : undefined}
        />
      }
      side={
        <Tabs
          value={tab}
          onChange={(value) => void navigate({ search: (before) => ({ ...before, tab: value as InvoiceTab }), replace: true })}
          keepMounted={false}
          style={{ display: 'contents' }}
        >
          <Tabs.List px={10} style={{ flexShrink: 0 }}>
            <Tabs.Tab value="fields">Fields</Tabs.Tab>
            <Tabs.Tab value="match">Match</Tabs.Tab>
            <Tabs.Tab value="booking">Booking</Tabs.Tab>
            <Tabs.Tab value="proof">Proof</Tabs.Tab>
            <Tabs.Tab value="timeline">Timeline</Tabs.Tab>
          </Tabs.List>
          <div className={classes['scroll']} tabIndex={tab === 'fields' ? -1 : 0} role="region" aria-label="Details">
            <Tabs.Panel value="fields">
              <FieldsPanel review={review} keys={keys} decided={decided} />
            </Tabs.Panel>
            <Tabs.Panel value="match">
              <MatchPanel invoice={invoice} />
            </Tabs.Panel>
            <Tabs.Panel value="booking">
              <CodingPanel invoice={invoice} isEditable={isEditable} />
            </Tabs.Panel>
            <Tabs.Panel value="proof">
              <ProofPanel invoice={invoice} shown={shown} show={setShown} />
            </Tabs.Panel>
            <Tabs.Panel value="timeline">
              <PastLinks invoice={invoice} />
              <TimelinePanel invoiceId={invoice.id} />
            </Tabs.Panel>
          </div>
          {tab === 'fields' && (
            <SaveBar review={review} isSaving={isSaving} save={() => save()} confirm={confirm} hasNext={next !== undefined} />
          )}
        </Tabs>
      }
    />
  );
}

/** Opens on the question, else on the first doubt, so that Enter works at once. */
function useArrival(first: FieldKey | undefined, isOn: boolean): void {
  useEffect(() => {
    const answer = document.querySelector<HTMLElement>('[data-question] button');
    if (answer !== null) answer.focus({ preventScroll: true });
    else if (isOn && first !== undefined) focusField(first);
    // Only on arrival: afterwards the person decides where to be.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, []);
}

export function DeskSkeleton(): ReactNode {
  return (
    <Desk
      head={<Skeleton h={36} maw={320} />}
      document={<Skeleton h="100%" radius={0} />}
      side={
        <Stack p="lg" gap="md">
          {Array.from({ length: 10 }, (_, row) => (
            <Skeleton key={row} h={30} />
          ))}
        </Stack>
      }
    />
  );
}
