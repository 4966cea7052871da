import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, type NavigateOptions } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { TaskSummary } from '../../src/interfaces/api/contract.ts';
import { documentQuery, invoiceQuery, itemsOf, pageImageUrl, tasksQuery } from '../api/queries.ts';

export type TaskPlace = Pick<NavigateOptions, 'to' | 'params' | 'search'>;

/** The screen on which a task is worked on. */
export function placeOf(task: Pick<TaskSummary, 'id' | 'kind' | 'invoice'>): TaskPlace {
  if (task.kind === 'approval') return { to: '/approvals/$taskId', params: { taskId: task.id } };
  if (task.invoice !== null) return { to: '/invoices/$invoiceId', params: { invoiceId: task.invoice.id }, search: { task: task.id } };
  return { to: '/tasks/$taskId', params: { taskId: task.id } };
}

/** My next task after this one; its invoice, document and first page are fetched ahead. */
export function useNextTask(current: {
  readonly taskId?: string | undefined;
  readonly invoiceId?: string | undefined;
}): TaskSummary | undefined {
  const client = useQueryClient();
  const mine = itemsOf(useInfiniteQuery(tasksQuery('mine')).data);
  const isCurrent = (task: TaskSummary): boolean => task.id === current.taskId || (task.invoice?.id ?? '-') === current.invoiceId;
  const at = mine.findIndex(isCurrent);
  const next = mine.slice(at + 1).find((task) => !isCurrent(task)) ?? mine.find((task) => !isCurrent(task));
  const invoiceId = next?.invoice?.id;
  const documentId = next?.invoice?.documentId;
  useEffect(() => {
    if (invoiceId === undefined || documentId === undefined) return;
    void client.prefetchQuery(invoiceQuery(invoiceId));
    void client.prefetchQuery(documentQuery(documentId)).then(() => {
      const first = client.getQueryData(documentQuery(documentId).queryKey)?.pages.find((page) => page.hasPicture);
      if (first !== undefined) new Image().src = pageImageUrl(documentId, first.number);
    });
  }, [client, invoiceId, documentId]);
  return next;
}

/** Goes to the next task, or home to the inbox when nothing is left. */
export function useGoOn(next: TaskSummary | undefined): () => void {
  const navigate = useNavigate();
  return () => void navigate(next === undefined ? { to: '/' } : placeOf(next));
}
