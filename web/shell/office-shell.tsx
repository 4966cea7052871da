import { AppShell } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { spotlight } from '@mantine/spotlight';
import { Outlet, useRouterState } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useLiveChanges } from '../api/live.ts';
import { StopBanner } from '../automation/stop-banner.tsx';
import { AnnounceWork } from './announce-work.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { KeysList } from './keys-list.tsx';
import classes from './office-shell.module.css';
import { PhoneFoot, PhoneHead } from './phone-bars.tsx';
import { Search } from './search.tsx';
import { SideBar } from './side-bar.tsx';

/** Frame of every screen: where one can go, search, the list of keys, and word of what changes meanwhile. */
export function OfficeShell(): ReactNode {
  useLiveChanges();
  const [areKeysShown, keys] = useDisclosure(false);
  const isAtDesk = useRouterState({ select: (state) => /^\/(invoices|approvals)\/./.test(state.location.pathname) });
  useHotkeys([
    ['mod+K', () => spotlight.open()],
    ['/', () => spotlight.open()],
    ['?', keys.toggle],
    ['shift+?', keys.toggle],
  ]);
  return (
    <AppShell
      layout="alt"
      header={{ height: { base: isAtDesk ? 0 : 52, sm: 0 } }}
      navbar={{ width: isAtDesk ? 60 : 224, breakpoint: 'sm', collapsed: { mobile: true } }}
      footer={{ height: { base: isAtDesk ? 0 : 58, sm: 0 } }}
      padding={0}
      transitionDuration={0}
    >
      <a className="skip-link" href="#work">
        Skip to the work
      </a>
      {!isAtDesk && (
        <AppShell.Header className={classes['header'] ?? ''} hiddenFrom="sm">
          <PhoneHead />
        </AppShell.Header>
      )}
      <AppShell.Navbar className={classes['navbar'] ?? ''} p={isAtDesk ? 10 : 'sm'} visibleFrom="sm">
        <SideBar isNarrow={isAtDesk} showKeys={keys.open} />
      </AppShell.Navbar>
      <AppShell.Main className={classes['main'] ?? ''} id="work" tabIndex={-1}>
        <StopBanner />
        <Outlet />
      </AppShell.Main>
      {!isAtDesk && (
        <AppShell.Footer className={classes['footer'] ?? ''} hiddenFrom="sm">
          <PhoneFoot showKeys={keys.open} />
        </AppShell.Footer>
      )}
      <Search />
      <KeysList isOpen={areKeysShown} close={keys.close} />
      <ConnectionBanner />
      <AnnounceWork />
    </AppShell>
  );
}
