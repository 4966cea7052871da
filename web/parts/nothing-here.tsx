import { EmptyState } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface NothingHereProps {
  readonly icon: Icon;
  readonly title: string;
  readonly children?: ReactNode;
}

export function NothingHere({ icon: Sign, title, children }: NothingHereProps): ReactNode {
  return (
    <EmptyState
      py={56}
      px="md"
      icon={<Sign size={26} stroke={1.5} aria-hidden />}
      withIndicatorBackground
      title={title}
      description={children}
    />
  );
}
