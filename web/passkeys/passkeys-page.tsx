import { Badge, Button, Group, Modal, Paper, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconFingerprint } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { SigningKey, SigningKeyList } from '../../src/interfaces/api/contract-signing.ts';
import { signingKeysQuery } from '../api/queries.ts';
import { decide } from '../api/request.ts';
import { useMay, useMe } from '../api/rights.ts';
import { Failed } from '../parts/failed.tsx';
import { NothingHere } from '../parts/nothing-here.tsx';
import { sayDone } from '../parts/notify.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Page } from '../parts/page.tsx';
import { sayInstant } from '../parts/words.ts';
import { AddKey } from './add-key.tsx';

/** With whose passkeys and authenticator apps payment runs are released. */
export function PasskeysPage(): ReactNode {
  const list = useQuery(signingKeysQuery);
  const mayRelease = useMay('payment-runs:release');
  const me = useMe();
  const items = list.data?.items ?? [];
  const holds = (kind: SigningKey['kind']): boolean =>
    items.some((item) => item.kind === kind && item.revoked === null && item.holder.id === me?.member.id);
  if (list.isError && list.data === undefined) return <Failed error={list.error} retry={list.refetch} />;
  return (
    <Page size={820}>
      <PageHead
        title="Passkeys and codes"
        lead="Who has a passkey or an authenticator app here releases payments only with it: a stolen password is then not enough. A passkey is better: a fingerprint, a face or a PIN signs exactly the payments on the screen. A code only proves that its holder was there."
      />
      <Stack gap="xl">
        {mayRelease && <AddKey hasPasskey={holds('passkey')} hasApp={holds('authenticator')} />}
        {items.length === 0 ? (
          <NothingHere icon={IconFingerprint} title="Nobody has a passkey or an app yet">
            {mayRelease ? 'Add yours above.' : 'A controller adds one here.'}
          </NothingHere>
        ) : (
          <Paper component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
            {items.map((item) => (
              <Key key={item.id} item={item} />
            ))}
          </Paper>
        )}
      </Stack>
    </Page>
  );
}

function Key({ item }: { readonly item: SigningKey }): ReactNode {
  const [isAsking, asking] = useDisclosure(false);
  return (
    <Group component="li" justify="space-between" px="md" py="sm" gap="sm">
      <div style={{ minWidth: 0 }}>
        <Text fw={550}>
          {item.holder.name}: {item.name}
        </Text>
        <Text size="sm" c="dimmed">
          {item.kind === 'passkey' ? `Passkey for ${item.site}` : 'Authenticator app'}, since {sayInstant(item.addedAt)}
          {item.revoked !== null && `. Taken away by ${item.revoked.by.name} on ${sayInstant(item.revoked.at)}: ${item.revoked.reason}`}
        </Text>
      </div>
      {item.revoked !== null && (
        <Badge variant="light" color="gray">
          Counts no more
        </Badge>
      )}
      {item.mayRevoke && (
        <Button variant="subtle" color="red" onClick={asking.open}>
          Take away …
        </Button>
      )}
      <Modal opened={isAsking} onClose={asking.close} title={`Take this ${nounOf(item)} of ${item.holder.name} away?`}>
        <TakeAway item={item} close={asking.close} />
      </Modal>
    </Group>
  );
}

function TakeAway({ item, close }: { readonly item: SigningKey; readonly close: () => void }): ReactNode {
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const revoke = useMutation({
    mutationFn: () => decide<SigningKeyList>(`/v1/signing-keys/${item.id}/revoke`, { reason: reason.trim() }),
    onSuccess: (list) => {
      client.setQueryData(signingKeysQuery.queryKey, list);
      sayDone(`The ${nounOf(item)} counts no more. What was released with it stays valid.`);
      close();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() !== '') revoke.mutate();
      }}
    >
      <Stack>
        <Text>
          Without another passkey or app, {item.holder.name} releases unsigned until a new one is added. Make sure it is really them who
          asks.
        </Text>
        <TextInput
          label="Why"
          required
          data-autofocus
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          maxLength={500}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Leave it
          </Button>
          <Button type="submit" color="red" loading={revoke.isPending} disabled={reason.trim() === ''}>
            Take it away
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function nounOf({ kind }: SigningKey): string {
  return kind === 'passkey' ? 'passkey' : 'authenticator app';
}
