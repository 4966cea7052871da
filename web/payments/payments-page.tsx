import { Tabs } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { PageHead } from '../parts/page-head.tsx';
import { Page } from '../parts/page.tsx';
import { BankFiles } from './bank-files.tsx';
import { PaymentRuns } from './payment-runs.tsx';
import { ScheduledPayments } from './scheduled-payments.tsx';

const route = getRouteApi('/office/payments');

export function PaymentsPage(): ReactNode {
  const show = route.useSearch().show ?? 'scheduled';
  const navigate = route.useNavigate();
  return (
    <Page>
      <PageHead title="Payments" lead="One person proposes a run, another releases it. The bank file holds exactly what was approved." />
      <Tabs
        value={show}
        onChange={(next) => void navigate({ search: next === 'runs' || next === 'bank' ? { show: next } : {}, replace: true })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="scheduled">Scheduled</Tabs.Tab>
          <Tabs.Tab value="runs">Payment runs</Tabs.Tab>
          <Tabs.Tab value="bank">From the bank</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="scheduled">
          <ScheduledPayments />
        </Tabs.Panel>
        <Tabs.Panel value="runs">
          <PaymentRuns />
        </Tabs.Panel>
        <Tabs.Panel value="bank">
          <BankFiles />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
