import { Anchor, Paper, Stack, Text, Title } from '@mantine/core';
import { IconRepeat } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Agreement, AgreementList } from '../../src/interfaces/api/contract-agreements.ts';
import { ImportRecords } from '../imports/import-records.tsx';
import { Failed } from '../parts/failed.tsx';
import { NothingHere } from '../parts/nothing-here.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Page } from '../parts/page.tsx';
import { sayDay, sayMoney } from '../parts/words.ts';
import { AgreementCard } from './agreement-card.tsx';
import { agreementsQuery } from './agreement-query.ts';

/** All that is paid without an order, with bills that are missing first. */
export function AgreementsPage(): ReactNode {
  const list = useQuery(agreementsQuery());
  if (list.isError && list.data === undefined) return <Failed error={list.error} retry={list.refetch} />;
  const { items = [], proposals = [] } = list.data ?? {};
  return (
    <Page>
      <PageHead
        title="Agreements"
        back={{ to: '/suppliers', label: 'Suppliers' }}
        actions={<ImportRecords kinds={['agreements']} />}
        lead="Contracts, payment plans and recurring bills: what is paid without an order once a second person has confirmed it."
      />
      <Stack gap="xl">
        <Missing items={items} />
        {list.data !== undefined && items.length === 0 && (
          <Paper>
            <NothingHere icon={IconRepeat} title="Nothing is agreed yet">
              Write down the rent or the telephone bill on the page of its supplier.
            </NothingHere>
          </Paper>
        )}
        <Stack gap="sm">
          {items.map((agreement) => (
            <AgreementCard key={agreement.id} agreement={agreement} isNamed />
          ))}
        </Stack>
        <Proposals proposals={proposals} />
      </Stack>
    </Page>
  );
}

function Missing({ items }: { readonly items: readonly Agreement[] }): ReactNode {
  const bills = items.flatMap(({ id, name, supplier, missing }) => missing.map((bill) => ({ ...bill, id, name, supplier })));
  if (bills.length === 0) return null;
  return (
    <section aria-label="Bills that have not come">
      <Title order={2} size="h3" mb={8}>
        Bills that have not come
      </Title>
      <Paper p="md">
        {bills.map(({ id, name, supplier, label, expectedOn }) => (
          <Text key={`${id}${expectedOn}`} size="sm">
            {name} of {supplier.name}, {label}: expected {sayDay(expectedOn)}
          </Text>
        ))}
      </Paper>
    </section>
  );
}

function Proposals({ proposals }: Pick<AgreementList, 'proposals'>): ReactNode {
  if (proposals.length === 0) return null;
  return (
    <section aria-label="These look like recurring bills">
      <Title order={2} size="h3" mb={8}>
        These look like recurring bills
      </Title>
      <Paper p="md">
        {proposals.map(({ supplier, amount, currency, reason }) => (
          <Text key={supplier.id} size="sm">
            <Anchor component={Link} to="/suppliers/$supplierId" params={{ supplierId: supplier.id } as never} size="sm" underline="always">
              {supplier.name}
            </Anchor>
            , about {sayMoney({ amount, currency })}. {reason}
          </Text>
        ))}
      </Paper>
    </section>
  );
}
