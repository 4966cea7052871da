import { Button, Group, Stack, Text } from '@mantine/core';
import { IconDeviceMobile, IconFingerprint } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { PaymentRunDetail } from '../../src/interfaces/api/contract.ts';
import { decide, isProblem, type ProblemError } from '../api/request.ts';
import { CodeInput, isWholeCode } from '../parts/code-input.tsx';
import { sayProblem } from '../parts/notify.tsx';
import { plural, saySums } from '../parts/words.ts';
import { signWithDevice } from '../passkeys/device.ts';

interface Proof {
  readonly signature?: Record<string, unknown>;
  readonly code?: string;
}

/** What leaves, once more, and what the person shows for it: a passkey first, else a code, else nothing. */
export function ReleaseDialog({
  run,
  close,
  released,
}: {
  readonly run: PaymentRunDetail;
  readonly close: () => void;
  readonly released: (now: PaymentRunDetail) => void;
}): ReactNode {
  const [usesCode, setUsesCode] = useState(run.signing === null && run.asksForCode);
  const [code, setCode] = useState('');
  const release = useRelease(run, { close, released });
  const what = plural(run.count, 'payment');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!usesCode) release.mutate({});
        else if (isWholeCode(code)) release.mutate({ code }, { onError: () => setCode('') });
      }}
    >
      <Stack>
        <Text>
          <Text span fw={650} inherit className="figures">
            {what}, {saySums(run.totals)}
          </Text>{' '}
          will be written to a bank file in your name, exactly as shown here. What the bank has cannot be taken back; each payment leaves at
          most once.
        </Text>
        {usesCode && (
          <>
            <CodeInput
              label="Code of your authenticator app"
              value={code}
              onChange={setCode}
              error={isAboutCode(release.error) ? release.error.problem.detail : null}
              isFocused
            />
            <Text size="sm" c="dimmed">
              A passkey signs these very payments. A code only proves that you are here now; Deskhand records that you gave it for them.
            </Text>
          </>
        )}
        <Group justify="flex-end">
          {run.signing !== null && run.asksForCode && (
            <Button variant="subtle" mr="auto" onClick={() => setUsesCode(!usesCode)}>
              {usesCode ? 'Sign with the passkey' : 'Use a code instead'}
            </Button>
          )}
          <Button variant="default" onClick={close}>
            Back
          </Button>
          <Button
            type="submit"
            data-autofocus={usesCode ? undefined : true}
            loading={release.isPending}
            disabled={usesCode && !isWholeCode(code)}
            leftSection={signOf(usesCode, run.signing !== null)}
          >
            {!usesCode && run.signing !== null ? 'Sign and release' : 'Release'} {what}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function signOf(usesCode: boolean, hasPasskey: boolean): ReactNode {
  if (usesCode) return <IconDeviceMobile size={16} aria-hidden />;
  return hasPasskey ? <IconFingerprint size={16} aria-hidden /> : null;
}

/** The server refuses a release without what the person has to give for it. */
function useRelease(
  run: PaymentRunDetail,
  { close, released }: { readonly close: () => void; readonly released: (now: PaymentRunDetail) => void },
) {
  return useMutation({
    meta: { isHandled: true },
    mutationFn: async ({ code }: { readonly code?: string }) => {
      const digest = run.digest === null ? {} : { digest: run.digest };
      return await decide<PaymentRunDetail>(`/v1/payment-runs/${run.id}/release`, { ...digest, ...(await proofOf(run, code)) });
    },
    onSuccess: (now) => {
      close();
      released(now);
    },
    onError: (error) => {
      if (isAboutCode(error)) return;
      close();
      sayProblem(error);
    },
  });
}

async function proofOf(run: PaymentRunDetail, code: string | undefined): Promise<Proof> {
  if (code !== undefined) return { code };
  return run.signing === null ? {} : { signature: await signWithDevice(run.signing) };
}

/** Said beside the field, where the next code is typed. */
function isAboutCode(error: unknown): error is ProblemError {
  return isProblem(error) && error.problem.code.startsWith('DH_ORCHESTRATION_CODE');
}
