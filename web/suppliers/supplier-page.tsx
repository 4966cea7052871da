import { DataList, Paper, SimpleGrid, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { SupplierAgreements } from '../agreements/supplier-agreements.tsx';
import { supplierQuery } from '../api/queries.ts';
import { invoiceColumns } from '../invoices/invoice-columns.tsx';
import { Amount } from '../parts/amount.tsx';
import { Failed } from '../parts/failed.tsx';
import { ListTable } from '../parts/list-table.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Page } from '../parts/page.tsx';
import { purchaseOrderColumns } from '../purchase-orders/purchase-order-columns.tsx';
import { SectionHead } from '../review/fields-panel.tsx';
import { BankAccounts } from './bank-accounts.tsx';

const route = getRouteApi('/office/suppliers/$supplierId');

export function SupplierPage(): ReactNode {
  const { supplierId } = route.useParams();
  const supplier = useQuery(supplierQuery(supplierId));
  if (supplier.isError && supplier.data === undefined) return <Failed error={supplier.error} retry={supplier.refetch} />;
  if (supplier.isPending)
    return (
      <Page>
        <Skeleton h={400} />
      </Page>
    );
  const {
    name,
    number,
    vatId,
    country,
    currency,
    terms,
    openAmount,
    aliases,
    emailDomains,
    email,
    phone,
    bankAccounts,
    purchaseOrders,
    recentInvoices,
  } = supplier.data;
  const facts: readonly (readonly [string, string])[] = [
    ['VAT number', vatId ?? '–'],
    ['Country', country],
    ['Currency', currency],
    ['Terms', terms],
    ['Also printed as', aliases.join(', ') || '–'],
    ['Writes from', emailDomains.join(', ') || '–'],
    ['Asked at', email ?? '–'],
    ['Telephone', phone ?? '–'],
  ];
  return (
    <Page>
      <PageHead
        title={name}
        back={{ to: '/suppliers', label: 'Suppliers' }}
        lead={`Supplier ${number}`}
        actions={
          <Text c="dimmed" size="sm">
            open <Amount money={openAmount} fz="xl" fw={650} c="var(--mantine-color-text)" />
          </Text>
        }
      />
      <Stack gap="xl">
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
          <Paper p="md">
            <SectionHead title="On file" />
            <DataList labelWidth={120} gap={7}>
              {facts.map(([label, value]) => (
                <DataList.Item key={label}>
                  <DataList.ItemLabel>{label}</DataList.ItemLabel>
                  <DataList.ItemValue>{value}</DataList.ItemValue>
                </DataList.Item>
              ))}
            </DataList>
          </Paper>
          <Paper p="md">
            <SectionHead title="Bank accounts" note="money goes to verified ones only" />
            <BankAccounts accounts={bankAccounts} />
          </Paper>
        </SimpleGrid>
        <SupplierAgreements supplierId={supplierId} currency={currency} />
        <section>
          <SectionHead title="Invoices" />
          <ListTable
            label="Invoices of this supplier"
            items={recentInvoices}
            columns={invoiceColumns}
            empty={<Quiet>No invoices yet.</Quiet>}
          />
        </section>
        <section>
          <SectionHead title="Purchase orders" />
          <ListTable
            label="Orders of this supplier"
            items={purchaseOrders}
            columns={purchaseOrderColumns}
            empty={<Quiet>No orders on file.</Quiet>}
          />
        </section>
      </Stack>
    </Page>
  );
}

function Quiet({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <Text size="sm" c="dimmed" p="md">
      {children}
    </Text>
  );
}
