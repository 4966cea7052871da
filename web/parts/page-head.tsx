import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { IconChevronLeft } from '@tabler/icons-react';
import { Link, type LinkProps } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';

interface PageHeadProps {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly back?: { readonly to: LinkProps['to']; readonly label: string };
}

/** Title of a screen, its one-line explanation and what can be done there. */
export function PageHead({ title, lead, actions, back }: PageHeadProps): ReactNode {
  useEffect(() => {
    document.title = `${title} · Deskhand`;
  }, [title]);
  return (
    <Group justify="space-between" align="flex-end" mb="lg" gap="md">
      <Stack gap={2} miw={0}>
        {back !== undefined && (
          <Anchor component={Link} to={back.to} size="sm" c="dimmed" mb={2}>
            <IconChevronLeft size={14} aria-hidden style={{ verticalAlign: '-2px' }} /> {back.label}
          </Anchor>
        )}
        <Title order={1}>{title}</Title>
        {lead !== undefined && (
          <Text c="dimmed" component="div">
            {lead}
          </Text>
        )}
      </Stack>
      {actions !== undefined && <Group gap="xs">{actions}</Group>}
    </Group>
  );
}
