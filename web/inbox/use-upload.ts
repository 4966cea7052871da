import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { UploadResult } from '../../src/interfaces/api/contract.ts';
import { connection, saysDatabaseAway } from '../api/connection.ts';
import { insist, ProblemError } from '../api/request.ts';
import { sayDone, sayProblem } from '../parts/notify.tsx';
import { plural } from '../parts/words.ts';

/** Hands in files and says how far it is; what they become appears by itself. */
export function useUpload(): (files: File[]) => void {
  const client = useQueryClient();
  return useCallback(
    (files) => {
      if (files.length === 0) return;
      const what = files.length === 1 ? (files[0]?.name ?? '') : plural(files.length, 'file');
      const id = notifications.show({
        loading: true,
        title: `Handing in ${what}`,
        message: '0 %',
        autoClose: false,
        withCloseButton: false,
      });
      const progress = (share: number): void =>
        void notifications.update({ id, loading: true, title: `Handing in ${what}`, message: `${Math.round(share * 100)} %` });
      const key = crypto.randomUUID();
      insist(() => post(files, key, progress))
        .then(({ messages }) => {
          const known = messages.filter((message) => !message.isNew).length;
          sayDone(
            known === 0
              ? 'Deskhand is reading. It appears here in a moment.'
              : `${plural(known, 'file')} had arrived before; nothing is done twice.`,
            `${what} handed in`,
          );
          for (const noun of ['messages', 'overview', 'tasks']) void client.invalidateQueries({ queryKey: [noun] });
        })
        .catch(sayProblem)
        .finally(() => notifications.hide(id));
    },
    [client],
  );
}

/** XMLHttpRequest, because fetch tells nothing of an upload's progress. */
function post(files: readonly File[], key: string, progress: (share: number) => void): Promise<UploadResult> {
  const body = new FormData();
  for (const file of files) body.append('files', file, file.name);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const fail = (): void => {
      const error = problemOf(request);
      if (saysDatabaseAway(error.problem.code)) connection.lost('database');
      reject(error);
    };
    request.upload.addEventListener('progress', (event) => event.lengthComputable && progress(event.loaded / event.total));
    request.addEventListener('error', fail);
    request.addEventListener('load', () => (request.status < 300 ? resolve(JSON.parse(request.responseText) as UploadResult) : fail()));
    request.open('POST', '/v1/documents');
    request.setRequestHeader('idempotency-key', key);
    request.send(body);
  });
}

function problemOf(request: XMLHttpRequest): ProblemError {
  const fallback = {
    type: 'about:blank',
    title: 'The files did not arrive',
    status: request.status || 503,
    detail: 'Hand them in again in a moment; nothing is taken twice.',
    code: 'DH_WEB_UPLOAD',
  };
  try {
    return new ProblemError({ ...fallback, ...(JSON.parse(request.responseText) as object) });
  } catch {
    // The answer was cut off or is no JSON: the fallback says what to do.
    return new ProblemError(fallback);
  }
}
