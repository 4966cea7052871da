import { Button, Group, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { PolicyDetailView } from '../../src/interfaces/api/contract-policies.ts';
import { decide } from '../api/request.ts';
import { sayDone } from '../parts/notify.tsx';

/** The second person's button, or why this person may not. */
export function SwitchOn({ policy }: { readonly policy: PolicyDetailView }): ReactNode {
  const client = useQueryClient();
  const [day, setDay] = useState('');
  const on = useMutation({
    mutationFn: () => decide(`/v1/policies/${policy.version}/activation`, day === '' ? {} : { effectiveOn: day }),
    onSuccess: () => {
      sayDone(`Version ${policy.version} is switched on.`);
      void client.invalidateQueries({ queryKey: ['policies'] });
    },
  });
  if (!policy.mayActivate)
    return (
      <Text size="sm" c="dimmed" maw={420}>
        {policy.whyNot}
      </Text>
    );
  return (
    <Group gap="xs" align="end">
      <TextInput type="date" label="From (today if empty)" size="xs" value={day} onChange={(event) => setDay(event.currentTarget.value)} />
      <Button size="xs" loading={on.isPending} onClick={() => on.mutate()}>
        Switch on
      </Button>
    </Group>
  );
}
