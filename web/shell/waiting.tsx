import { Center, Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import { ConnectionBanner } from './connection-banner.tsx';

/** Until the office knows who looks at it; says so when server or database are away. */
export function Waiting(): ReactNode {
  return (
    <Center mih="100dvh" component="main">
      <Loader aria-label="Loading" />
      <ConnectionBanner />
    </Center>
  );
}
