import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, type ReactNode } from 'react';
import type { TaskSummary } from '../../src/interfaces/api/contract.ts';
import { invoiceQuery, taskQuery } from '../api/queries.ts';
import { useGoOn, useNextTask } from '../decisions/next-task.ts';
import { Failed } from '../parts/failed.tsx';
import { Desk } from '../review/desk.tsx';
import { DocumentPane } from '../review/document-pane.tsx';
import { InvoiceHead } from '../review/invoice-head.tsx';
import { litBoxes } from '../review/lit-boxes.ts';
import { DeskSkeleton } from '../review/review-page.tsx';
import { ApprovalSheet } from './approval-sheet.tsx';

const route = getRouteApi('/office/approvals/$taskId');

/** One screen to decide on: what, why me, how sure, what differs, what changes. */
export function ApprovalPage(): ReactNode {
  const { taskId } = route.useParams();
  const task = useQuery(taskQuery(taskId));
  if (task.isError && task.data === undefined) return <Failed error={task.error} retry={task.refetch} />;
  if (task.isPending) return <DeskSkeleton />;
  if (task.data.invoice === null) return <Failed error={undefined} />;
  return <ApprovalDesk key={taskId} task={task.data} invoiceId={task.data.invoice.id} />;
}

function ApprovalDesk({ task, invoiceId }: { readonly task: TaskSummary; readonly invoiceId: string }): ReactNode {
  const invoice = useQuery(invoiceQuery(invoiceId));
  const next = useNextTask({ taskId: task.id, invoiceId });
  const goOn = useGoOn(next);
  const boxes = useMemo(
    () => (invoice.data === undefined ? [] : litBoxes(invoice.data).filter((box) => !box.key.startsWith('lines.'))),
    [invoice.data],
  );
  if (invoice.isError && invoice.data === undefined) return <Failed error={invoice.error} retry={invoice.refetch} />;
  if (invoice.isPending) return <DeskSkeleton />;
  return (
    <Desk
      head={<InvoiceHead invoice={invoice.data} />}
      document={<DocumentPane invoice={invoice.data} boxes={boxes} active={null} />}
      side={<ApprovalSheet task={task} invoice={invoice.data} next={next} goOn={goOn} />}
    />
  );
}
