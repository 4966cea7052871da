import { ActionIcon, Badge, Box, Group, Kbd, NavLink, Stack, Text, Tooltip, UnstyledButton } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useRouterState } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { overviewQuery } from '../api/queries.ts';
import { useMe } from '../api/rights.ts';
import { Brand } from './brand.tsx';
import { MemberMenu } from './member-menu.tsx';
import { usePlaces, type Place } from './navigation.ts';
import classes from './office-shell.module.css';

interface SideBarProps {
  /** Icons only, where the document needs the room. */
  readonly isNarrow: boolean;
  readonly showKeys: () => void;
}

export function SideBar({ isNarrow, showKeys }: SideBarProps): ReactNode {
  const me = useMe();
  const places = usePlaces();
  return (
    <>
      <Box px={isNarrow ? 6 : 4} pt={4} pb="md">
        <Link to="/" className="plain-link" aria-label="Deskhand, to the inbox">
          <Brand isShort={isNarrow} />
        </Link>
        {!isNarrow && me !== undefined && (
          <Group gap={6} mt={10} wrap="nowrap">
            <Text size="sm" c="dimmed" truncate>
              {me.organization.name}
            </Text>
            {me.organization.isSample && (
              <Badge size="xs" color="gray" style={{ flexShrink: 0 }}>
                Sample
              </Badge>
            )}
          </Group>
        )}
      </Box>
      <SearchButton isNarrow={isNarrow} />
      <Stack gap={0} mt="md" component="nav" aria-label="Screens" flex={1}>
        {places.map((place) => (
          <PlaceLink key={place.to} place={place} isNarrow={isNarrow} />
        ))}
      </Stack>
      <MemberMenu isNarrow={isNarrow} showKeys={showKeys} />
    </>
  );
}

function SearchButton({ isNarrow }: { readonly isNarrow: boolean }): ReactNode {
  if (isNarrow) {
    return (
      <Tooltip label="Search" position="right">
        <ActionIcon size={40} onClick={spotlight.open} aria-label="Search">
          <IconSearch size={18} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
    );
  }
  return (
    <UnstyledButton className={classes['search'] ?? ''} onClick={spotlight.open}>
      <IconSearch size={15} stroke={1.8} aria-hidden />
      <Box flex={1}>Search</Box>
      <Kbd size="xs">/</Kbd>
    </UnstyledButton>
  );
}

export function useIsAt(place: Place): boolean {
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  if (place.to === '/') return pathname === '/' || /^\/(tasks|approvals)\//.test(pathname);
  return pathname.startsWith(place.to);
}

function PlaceLink({ place, isNarrow }: { readonly place: Place; readonly isNarrow: boolean }): ReactNode {
  const isActive = useIsAt(place);
  const mine = useQuery({ ...overviewQuery, enabled: place.to === '/' }).data?.openTasks.mine ?? 0;
  const Sign = place.icon;
  return (
    <Tooltip label={place.label} position="right" disabled={!isNarrow}>
      <NavLink
        component={Link}
        to={place.to}
        active={isActive}
        label={isNarrow ? null : place.label}
        aria-label={isNarrow ? place.label : undefined}
        aria-current={isActive ? 'page' : undefined}
        leftSection={<Sign size={18} stroke={1.7} aria-hidden />}
        rightSection={
          place.to === '/' && mine > 0 && !isNarrow ? (
            <Badge size="sm" variant="filled" className="figures" aria-label={`${mine} for you`}>
              {mine}
            </Badge>
          ) : null
        }
        className={classes['place'] ?? ''}
      />
    </Tooltip>
  );
}
