import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight } from '@mantine/spotlight';
import { IconFileInvoice, IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { InvoiceSummary } from '../../src/interfaces/api/contract.ts';
import { invoicesQuery, itemsOf } from '../api/queries.ts';
import { Amount } from '../parts/amount.tsx';
import { usePlaces } from './navigation.ts';

const MOST_SHOWN = 7;

/** Search over invoices and screens: `/` or Ctrl K. */
export function Search(): ReactNode {
  const [query, setQuery] = useState('');
  const [settled] = useDebouncedValue(query.trim(), 180);
  const navigate = useNavigate();
  const found = useInfiniteQuery({ ...invoicesQuery({ q: settled }), enabled: settled.length > 1 });
  const invoices = settled.length > 1 ? itemsOf(found.data).slice(0, MOST_SHOWN) : [];
  const places = usePlaces();
  const screens = places.filter((place) => place.label.toLowerCase().includes(query.trim().toLowerCase()));
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      clearQueryOnClose
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
      yOffset="14vh"
      centered={false}
      scrollable
      maxHeight={460}
    >
      <Spotlight.Search placeholder="Supplier, invoice number, screen …" leftSection={<IconSearch size={17} stroke={1.7} aria-hidden />} />
      <Spotlight.ActionsList>
        {invoices.length > 0 && (
          <Spotlight.ActionsGroup label="Invoices">
            {invoices.map((invoice) => (
              <FoundInvoice
                key={invoice.id}
                invoice={invoice}
                open={() => void navigate({ to: '/invoices/$invoiceId', params: { invoiceId: invoice.id } })}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {screens.length > 0 && (
          <Spotlight.ActionsGroup label="Go to">
            {screens.map(({ to, label, icon: Sign }) => (
              <Spotlight.Action
                key={to}
                label={label}
                leftSection={<Sign size={18} stroke={1.7} aria-hidden />}
                onClick={() => void navigate({ to })}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {invoices.length + screens.length === 0 && (
          <Spotlight.Empty>{found.isFetching ? 'Searching …' : `Nothing found for “${query}”.`}</Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function FoundInvoice({ invoice, open }: { readonly invoice: InvoiceSummary; readonly open: () => void }): ReactNode {
  return (
    <Spotlight.Action
      onClick={open}
      label={invoice.supplierName ?? 'Unknown supplier'}
      description={invoice.number ?? 'no number'}
      leftSection={<IconFileInvoice size={18} stroke={1.7} aria-hidden />}
      rightSection={<Amount money={invoice.gross} />}
    />
  );
}
