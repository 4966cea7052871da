import { useMutation, useQueryClient, type InfiniteData, type UseMutationResult } from '@tanstack/react-query';
import type { DecisionBody, TaskSummary } from '../../src/interfaces/api/contract.ts';
import { type ListPage } from '../api/queries.ts';
import { decide } from '../api/request.ts';

type TaskPages = InfiniteData<ListPage<TaskSummary>>;

/**
 * Posts a decision. The task leaves the lists of open work at once and comes back when the server says no; one key per
 * call makes a repeated click harmless.
 */
export function useDecide(task: TaskSummary): UseMutationResult<TaskSummary, Error, DecisionBody> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: DecisionBody) => decide<TaskSummary>(`/v1/tasks/${task.id}/decision`, body),
    onMutate: async () => {
      await client.cancelQueries({ queryKey: ['tasks', 'list'] });
      for (const view of ['mine', 'all']) {
        client.setQueryData<TaskPages>(['tasks', 'list', { view }], (before) => without(before, task.id));
      }
    },
    onSuccess: (decided) => client.setQueryData(['tasks', `/v1/tasks/${task.id}`], decided),
    onSettled: () => {
      for (const noun of ['tasks', 'invoices', 'overview', 'timeline', 'payments', 'payment-runs', 'messages'])
        void client.invalidateQueries({ queryKey: [noun] });
    },
  });
}

function without(before: TaskPages | undefined, taskId: string): TaskPages | undefined {
  if (before === undefined) return undefined;
  return { ...before, pages: before.pages.map((page) => ({ ...page, items: page.items.filter((task) => task.id !== taskId) })) };
}
