import { Container } from '@mantine/core';
import type { ReactNode } from 'react';

/** The column a list or a detail stands in. */
export function Page({ children, size = 1180 }: { readonly children: ReactNode; readonly size?: number }): ReactNode {
  return (
    <Container size={size} px={{ base: 'md', md: 'xl' }} py={{ base: 'md', md: 28 }}>
      {children}
    </Container>
  );
}
