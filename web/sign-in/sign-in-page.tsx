import { Alert, Button, Center, Divider, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconAlertTriangle, IconArrowRight } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import { signInOptionsQuery, type SampleMember } from '../api/queries.ts';
import { decide, isProblem } from '../api/request.ts';
import { roleNames } from '../api/rights.ts';
import { Brand } from '../shell/brand.tsx';
import { ConnectionBanner } from '../shell/connection-banner.tsx';

const route = getRouteApi('/sign-in');

interface Credentials {
  readonly email: string;
  readonly password: string;
}

export function SignInPage(): ReactNode {
  const signIn = useSignIn();
  const members = useQuery(signInOptionsQuery).data ?? [];
  useEffect(() => {
    document.title = 'Sign in · Deskhand';
  }, []);
  return (
    <Center mih="100dvh" p="md" bg="var(--surface-page)" component="main">
      <Stack w="100%" maw={380} gap="xl">
        <Stack gap={6}>
          <Brand />
          <Title order={1} mt="lg">
            Sign in
          </Title>
          <Text c="dimmed">Invoices read, checked and made ready to pay, in your own house.</Text>
        </Stack>
        {signIn.isError && (
          <Alert color="red" icon={<IconAlertTriangle size={16} />} title="That did not work">
            {isProblem(signIn.error) ? signIn.error.problem.detail : 'Try again.'}
          </Alert>
        )}
        {members.length > 0 && <SampleMembers members={members} isBusy={signIn.isPending} signIn={signIn.mutate} />}
        <SignInForm isBusy={signIn.isPending} signIn={signIn.mutate} />
      </Stack>
      <ConnectionBanner />
    </Center>
  );
}

interface DoorProps {
  readonly isBusy: boolean;
  readonly signIn: (credentials: Credentials) => void;
}

function SampleMembers({ members, isBusy, signIn }: DoorProps & { readonly members: readonly SampleMember[] }): ReactNode {
  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed">
        This is the sample office. Look around as one of its people:
      </Text>
      {members.map((member) => (
        <Button
          key={member.email}
          variant="default"
          size="md"
          justify="space-between"
          fw={500}
          disabled={isBusy}
          rightSection={<IconArrowRight size={16} aria-hidden />}
          onClick={() => signIn({ email: member.email, password: member.password })}
        >
          Continue as {member.name.split(' ')[0]}, {member.roles.map((role) => roleNames[role] ?? role).join(' and ')}
        </Button>
      ))}
      <Divider label="or with your own account" mt="sm" />
    </Stack>
  );
}

function SignInForm({ isBusy, signIn }: DoorProps): ReactNode {
  const form = useForm({
    initialValues: { email: '', password: '' },
    validate: {
      email: (value) => (value.includes('@') ? null : 'An address like ana@company.example'),
      password: (value) => (value === '' ? 'Your password is needed' : null),
    },
  });
  return (
    <form onSubmit={form.onSubmit((values) => signIn(values))} noValidate>
      <Stack gap="md">
        <TextInput label="Email" type="email" autoComplete="username" size="md" {...form.getInputProps('email')} />
        <PasswordInput label="Password" autoComplete="current-password" size="md" {...form.getInputProps('password')} />
        <Button type="submit" size="md" loading={isBusy}>
          Sign in
        </Button>
        <Text size="xs" c="dimmed" ta="center">
          Forgotten? An administrator of your office sets a new one.
        </Text>
      </Stack>
    </form>
  );
}

function useSignIn() {
  const client = useQueryClient();
  const navigate = route.useNavigate();
  const { next } = route.useSearch();
  return useMutation({
    mutationFn: (credentials: Credentials) => decide('/api/auth/sign-in/email', credentials),
    meta: { isHandled: true },
    onSuccess: async () => {
      client.clear();
      // Only a path of our own: `//elsewhere` would lead away.
      const isOwnPath = next?.startsWith('/') === true && !next.startsWith('//');
      await navigate({ href: isOwnPath ? next : '/' });
    },
  });
}
