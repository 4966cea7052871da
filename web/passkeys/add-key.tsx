import { Anchor, Button, Group, Paper, Stack, Text, TextInput } from '@mantine/core';
import { IconDeviceMobile, IconFingerprint } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { AuthenticatorQuestion, SigningKeyList } from '../../src/interfaces/api/contract-signing.ts';
import { signingKeysQuery } from '../api/queries.ts';
import { decide } from '../api/request.ts';
import { CodeInput, isWholeCode } from '../parts/code-input.tsx';
import { sayDone } from '../parts/notify.tsx';
import { addPasskey, signWithDevice } from './device.ts';
import { ScanSquare } from './scan-square.tsx';

/** What the one who adds has already: it answers for the next. */
interface Held {
  readonly hasPasskey: boolean;
  readonly hasApp: boolean;
}

type Step = { readonly at: 'name' } | { readonly at: 'code' } | { readonly at: 'scan'; readonly question: AuthenticatorQuestion };

/** Adds a passkey or an authenticator app of one's own. */
export function AddKey(held: Held): ReactNode {
  const [name, setName] = useState('');
  const [step, setStep] = useState<Step>({ at: 'name' });
  const begin = useMutation({
    mutationFn: () => decide<AuthenticatorQuestion>('/v1/authenticators', { name: name.trim() }),
    onSuccess: (question) => setStep({ at: 'scan', question }),
  });
  const done = useAdded(() => {
    setName('');
    setStep({ at: 'name' });
  });
  const passkey = useMutation({
    mutationFn: (approvalCode: string | null) => addPasskey(name.trim(), approvalCode),
    onSuccess: (list) => done(list, 'From now on you sign what you release.'),
  });
  const leave = (): void => setStep({ at: 'name' });
  if (step.at === 'scan') return <NewApp question={step.question} leave={leave} done={done} />;
  if (step.at === 'code') return <OldCode isPending={passkey.isPending} leave={leave} goOn={(code) => passkey.mutate(code)} />;
  return (
    <Paper p="md" component="section" aria-label="Add a passkey or an app">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() === '') return;
          if (held.hasApp && !held.hasPasskey) setStep({ at: 'code' });
          else passkey.mutate(null);
        }}
      >
        <Group align="flex-end">
          <TextInput
            label="Name of the device"
            placeholder="My laptop"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={80}
            flex={1}
            miw={200}
          />
          <Button
            type="submit"
            loading={passkey.isPending}
            disabled={name.trim() === ''}
            leftSection={<IconFingerprint size={16} aria-hidden />}
          >
            Add a passkey
          </Button>
          <Button
            variant="default"
            loading={begin.isPending}
            disabled={name.trim() === ''}
            leftSection={<IconDeviceMobile size={16} aria-hidden />}
            onClick={() => begin.mutate()}
          >
            Add an authenticator app
          </Button>
        </Group>
      </form>
    </Paper>
  );
}

/** The square and the key, once; a first code shows that the app has taken them. */
function NewApp({
  question,
  leave,
  done,
}: {
  readonly question: AuthenticatorQuestion;
  readonly leave: () => void;
  readonly done: (list: SigningKeyList, said: string) => void;
}): ReactNode {
  const [code, setCode] = useState('');
  const [oldCode, setOldCode] = useState('');
  const { signingKeyId, approval } = question;
  const needsOldCode = approval === null && question.asksForCode;
  const confirm = useMutation({
    mutationFn: async () => {
      const approved = approval === null ? {} : { approval: await signWithDevice(approval) };
      const answer = { code, ...approved, ...(needsOldCode ? { approvalCode: oldCode } : {}) };
      return await decide<SigningKeyList>(`/v1/authenticators/${signingKeyId}/confirm`, answer);
    },
    onSuccess: (list) => done(list, 'From now on a code of it is asked for what you release.'),
    onError: () => setCode(''),
  });
  const isReady = isWholeCode(code) && (!needsOldCode || isWholeCode(oldCode));
  return (
    <Paper p="md" component="section" aria-label="New authenticator app">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) confirm.mutate();
        }}
      >
        <Group align="flex-start" gap="lg">
          <ScanSquare text={question.uri} label="Square to scan with the authenticator app" />
          <Stack flex={1} miw={240}>
            <Text>
              Scan the square with an authenticator app on your phone, or type this key into it. It is shown only now: whoever has it can
              make your codes.
            </Text>
            <Text size="sm" hiddenFrom="sm">
              On the phone itself:{' '}
              <Anchor href={question.uri} underline="always" inherit>
                open it in the app
              </Anchor>
              .
            </Text>
            <Text className="mono" aria-label="Key to type in" style={{ overflowWrap: 'anywhere' }}>
              {question.secret.match(/.{4}/g)?.join(' ')}
            </Text>
            <CodeInput label="Code that the app shows now" value={code} onChange={setCode} isFocused />
            {needsOldCode && <CodeInput label="Code of the app you have already" value={oldCode} onChange={setOldCode} />}
            {approval !== null && (
              <Text size="sm" c="dimmed">
                Your passkey then signs that this app is yours.
              </Text>
            )}
            <Group>
              <Button type="submit" loading={confirm.isPending} disabled={!isReady}>
                Add the app
              </Button>
              <Button variant="default" onClick={leave}>
                Leave it
              </Button>
            </Group>
          </Stack>
        </Group>
      </form>
    </Paper>
  );
}

/** Somebody with an app only: a code of it answers for the new passkey. */
function OldCode({
  isPending,
  leave,
  goOn,
}: {
  readonly isPending: boolean;
  readonly leave: () => void;
  readonly goOn: (code: string) => void;
}): ReactNode {
  const [code, setCode] = useState('');
  return (
    <Paper p="md" component="section" aria-label="Add a passkey">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isWholeCode(code)) goOn(code);
        }}
      >
        <Stack>
          <Text>You have an authenticator app: its code shows that the new passkey is yours.</Text>
          <CodeInput label="Code of your authenticator app" value={code} onChange={setCode} isFocused />
          <Group>
            <Button type="submit" loading={isPending} disabled={!isWholeCode(code)} leftSection={<IconFingerprint size={16} aria-hidden />}>
              Add the passkey
            </Button>
            <Button variant="default" onClick={leave}>
              Leave it
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}

function useAdded(reset: () => void): (list: SigningKeyList, said: string) => void {
  const client = useQueryClient();
  return (list, said) => {
    client.setQueryData(signingKeysQuery.queryKey, list);
    void client.invalidateQueries({ queryKey: ['payment-runs'] });
    reset();
    sayDone(said);
  };
}
