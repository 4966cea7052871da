import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { InvoiceDetail } from '../../src/interfaces/api/contract.ts';
import { invoiceQuery } from '../api/queries.ts';
import { decide, isProblem } from '../api/request.ts';
import { sayDone, sayProblem } from '../parts/notify.tsx';
import type { Review } from './use-review.ts';

interface Save {
  readonly isSaving: boolean;
  save: (then?: () => void) => void;
}

/** Saves what a person set or confirmed, if nobody else was faster (If-Match). */
export function useSave(review: Review, letGo: () => void): Save {
  const client = useQueryClient();
  const { id } = review.invoice;
  const mutation = useMutation({
    mutationFn: () => decide<InvoiceDetail>(`/v1/invoices/${id}/corrections`, review.correction, { 'if-match': `"${review.baseVersion}"` }),
    meta: { isHandled: true },
    onSuccess: (saved) => {
      client.setQueryData(invoiceQuery(id).queryKey, saved);
      review.saved();
      letGo();
      for (const noun of ['tasks', 'overview', 'timeline']) void client.invalidateQueries({ queryKey: [noun] });
    },
    onError: async (error) => {
      if (!isProblem(error, 412)) return sayProblem(error);
      const now = await client.fetchQuery({ ...invoiceQuery(id), staleTime: 0 });
      review.rebase(now.version);
      notifications.show({
        title: 'Somebody else changed this invoice meanwhile',
        message: 'You now see it as it stands, with your changes on top. Check them and save again.',
        color: 'amber',
        autoClose: 12_000,
      });
      return undefined;
    },
  });
  return {
    isSaving: mutation.isPending,
    save: (then) => {
      if (review.changeCount === 0) return then?.();
      mutation.mutate(undefined, {
        onSuccess: () => {
          sayDone('Saved. Deskhand looks at the invoice again.');
          then?.();
        },
      });
      return undefined;
    },
  };
}
