import { useMediaQuery } from '@mantine/hooks';
import { Notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';

/** Where notices appear: never over the buttons one works with, nor over the member's menu at the foot of the side bar. */
export function Notices(): ReactNode {
  const isPhone = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const beside = 'calc(var(--app-shell-navbar-width, 0px) + var(--mantine-spacing-md))';
  return <Notifications position={isPhone ? 'top-center' : 'bottom-left'} limit={4} {...(isPhone ? {} : { style: { left: beside } })} />;
}
