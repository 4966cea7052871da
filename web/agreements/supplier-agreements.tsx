import { Alert, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconPlus, IconRepeat } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { AgreementList } from '../../src/interfaces/api/contract-agreements.ts';
import { Failed } from '../parts/failed.tsx';
import { NeedsRight } from '../parts/needs-right.tsx';
import { sayMoney } from '../parts/words.ts';
import { SectionHead } from '../review/fields-panel.tsx';
import { AgreementCard } from './agreement-card.tsx';
import { AgreementForm } from './agreement-form.tsx';
import { agreementsQuery } from './agreement-query.ts';

type Proposal = AgreementList['proposals'][number];

/** What is paid to one supplier without an order; what history suggests, and a form for more. */
export function SupplierAgreements({ supplierId, currency }: { readonly supplierId: string; readonly currency: string }): ReactNode {
  const list = useQuery(agreementsQuery(supplierId));
  const [writing, setWriting] = useState<'closed' | 'blank' | Proposal>('closed');
  if (list.isError && list.data === undefined) return <Failed error={list.error} retry={list.refetch} />;
  const { items = [], proposals = [] } = list.data ?? {};
  return (
    <section aria-label="Agreements">
      <SectionHead title="Agreements" note="bills that need no order" />
      <Stack gap="sm">
        {writing === 'closed' &&
          proposals.map((proposal) => (
            <Alert key={proposal.firstOn} icon={<IconRepeat size={16} />} title="This looks like a recurring bill">
              <Text size="sm" mb={8}>
                About {sayMoney({ amount: proposal.amount, currency: proposal.currency })} each. {proposal.reason}
              </Text>
              <Write open={() => setWriting(proposal)} label="Look at it" />
            </Alert>
          ))}
        {items.map((agreement) => (
          <AgreementCard key={agreement.id} agreement={agreement} isNamed={false} />
        ))}
        {writing === 'closed' ? (
          <Group>
            <Write open={() => setWriting('blank')} label="Write down an agreement" />
          </Group>
        ) : (
          <Paper p="md">
            <AgreementForm
              supplierId={supplierId}
              currency={writing === 'blank' ? currency : writing.currency}
              proposal={writing === 'blank' ? null : writing}
              close={() => setWriting('closed')}
            />
          </Paper>
        )}
      </Stack>
    </section>
  );
}

function Write({ open, label }: { readonly open: () => void; readonly label: string }): ReactNode {
  return (
    <NeedsRight right="agreements:edit" reason="The office manager or the controller writes down agreements.">
      {(isDisabled) => (
        <Button size="xs" variant="default" leftSection={<IconPlus size={14} aria-hidden />} disabled={isDisabled} onClick={open}>
          {label}
        </Button>
      )}
    </NeedsRight>
  );
}
