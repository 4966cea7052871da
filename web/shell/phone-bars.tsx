import { ActionIcon, Drawer, Group, Indicator, NavLink, Stack, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { spotlight } from '@mantine/spotlight';
import { IconDots, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { overviewQuery } from '../api/queries.ts';
import { Brand } from './brand.tsx';
import { MemberMenu } from './member-menu.tsx';
import { usePlaces, type Place } from './navigation.ts';
import classes from './office-shell.module.css';
import { useIsAt } from './side-bar.tsx';

const atFoot = 4;

export function PhoneHead(): ReactNode {
  return (
    <Group h="100%" px="md" justify="space-between">
      <Link to="/" className="plain-link" aria-label="Deskhand, to the inbox">
        <Brand />
      </Link>
      <ActionIcon size={40} aria-label="Search" onClick={spotlight.open}>
        <IconSearch size={19} stroke={1.7} />
      </ActionIcon>
    </Group>
  );
}

export function PhoneFoot({ showKeys }: { readonly showKeys: () => void }): ReactNode {
  const [isOpen, drawer] = useDisclosure(false);
  const places = usePlaces();
  return (
    <>
      <Group component="nav" aria-label="Main screens" h="100%" gap={0} wrap="nowrap">
        {places.slice(0, atFoot).map((place) => (
          <FootLink key={place.to} place={place} />
        ))}
        <UnstyledButton className={classes['foot'] ?? ''} onClick={drawer.open}>
          <IconDots size={20} stroke={1.7} aria-hidden />
          More
        </UnstyledButton>
      </Group>
      <Drawer opened={isOpen} onClose={drawer.close} position="bottom" size="auto" radius="lg" title="More">
        <Stack gap={2} mb="md">
          {places.slice(atFoot).map(({ to, label, icon: Sign }) => (
            <NavLink
              key={to}
              component={Link}
              to={to}
              label={label}
              leftSection={<Sign size={18} stroke={1.7} aria-hidden />}
              onClick={drawer.close}
            />
          ))}
        </Stack>
        <MemberMenu isNarrow={false} showKeys={showKeys} />
      </Drawer>
    </>
  );
}

function FootLink({ place }: { readonly place: Place }): ReactNode {
  const isActive = useIsAt(place);
  const mine = useQuery({ ...overviewQuery, enabled: place.to === '/' }).data?.openTasks.mine ?? 0;
  const Sign = place.icon;
  return (
    <Link to={place.to} className={classes['foot'] ?? ''} data-active={isActive || undefined} aria-current={isActive ? 'page' : undefined}>
      <Indicator label={mine} size={15} disabled={place.to !== '/' || mine === 0} offset={-2}>
        <Sign size={20} stroke={1.7} aria-hidden style={{ display: 'block' }} />
      </Indicator>
      {place.label}
    </Link>
  );
}
