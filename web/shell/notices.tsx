import { useMediaQuery } from '@mantine/hooks';
import { Notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';

/** Where notices appear: never over the buttons one works with. */
export function Notices(): ReactNode {
  const isPhone = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  return <Notifications position={isPhone ? 'top-center' : 'bottom-left'} limit={4} />;
}
