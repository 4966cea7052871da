import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { decide } from '../api/request.ts';
import { sayDone } from '../parts/notify.tsx';

export interface QuestionAct {
  readonly path: string;
  readonly body?: unknown;
  /** Told when it is done. */
  readonly said: string;
}

/** Does something about a question; what is shown of tasks and invoices is read anew. */
export function useQuestionAct(): UseMutationResult<unknown, Error, QuestionAct> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ path, body }: QuestionAct) => decide<unknown>(path, body ?? {}),
    onSuccess: (_, { said }) => sayDone(said),
    onSettled: () => {
      for (const noun of ['tasks', 'invoices', 'overview', 'timeline']) void client.invalidateQueries({ queryKey: [noun] });
    },
  });
}
