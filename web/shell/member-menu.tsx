import { Avatar, Box, Menu, Text, UnstyledButton, VisuallyHidden, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import {
  IconBeach,
  IconCheck,
  IconDeviceDesktop,
  IconFingerprint,
  IconKeyboard,
  IconLogout,
  IconMoon,
  IconSelector,
  IconSun,
  type Icon,
} from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { decide, holdReads } from '../api/request.ts';
import { roleNames, useMe } from '../api/rights.ts';
import { sayProblem } from '../parts/notify.tsx';

const schemes: readonly { readonly value: MantineColorScheme; readonly label: string; readonly icon: Icon }[] = [
  { value: 'auto', label: 'As the device', icon: IconDeviceDesktop },
  { value: 'light', label: 'Light', icon: IconSun },
  { value: 'dark', label: 'Dark', icon: IconMoon },
];

interface MemberMenuProps {
  readonly isNarrow: boolean;
  readonly showKeys: () => void;
}

/** Who is signed in; appearance, keys, sign out. */
export function MemberMenu({ isNarrow, showKeys }: MemberMenuProps): ReactNode {
  const me = useMe();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const signOut = useSignOut();
  const name = me?.member.name ?? '';
  const roles = (me?.roles ?? []).map((role) => roleNames[role] ?? role).join(', ');
  return (
    <Menu position={isNarrow ? 'right-end' : 'top-start'} width={224}>
      <Menu.Target>
        <UnstyledButton p={6} style={{ display: 'flex', alignItems: 'center', gap: 10, borderRadius: 8 }}>
          <Avatar size={28} radius="xl" name={name} color="ink" alt="" aria-hidden />
          {isNarrow && (
            <VisuallyHidden>
              {name}, {roles}
            </VisuallyHidden>
          )}
          {!isNarrow && (
            <>
              <Box flex={1} miw={0}>
                <Text size="sm" fw={550} truncate>
                  {name}
                </Text>
                <Text size="xs" c="dimmed" truncate>
                  {roles}
                </Text>
              </Box>
              <IconSelector size={14} aria-hidden />
            </>
          )}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Appearance</Menu.Label>
        {schemes.map(({ value, label, icon: Sign }) => (
          <Menu.Item
            key={value}
            leftSection={<Sign size={15} aria-hidden />}
            rightSection={colorScheme === value ? <IconCheck size={14} aria-label="chosen" /> : null}
            onClick={() => setColorScheme(value)}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconBeach size={15} aria-hidden />} component={Link} to="/stand-ins">
          Stand-ins
        </Menu.Item>
        <Menu.Item leftSection={<IconFingerprint size={15} aria-hidden />} component={Link} to="/passkeys">
          Passkeys and codes
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={15} aria-hidden />} onClick={showKeys}>
          Keys
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={15} aria-hidden />} onClick={() => void signOut()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    // A list that refreshes or a page that is fetched ahead would ask as nobody.
    const goOn = holdReads();
    await client.cancelQueries();
    try {
      await decide('/api/auth/sign-out', {});
      // Loaded anew, so that nothing of this member stays in memory.
      window.location.assign('/sign-in');
    } catch (error) {
      goOn();
      sayProblem(error);
    }
  };
}
