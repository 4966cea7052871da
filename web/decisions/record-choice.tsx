import { Select } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, type ReactNode } from 'react';
import { itemsOf, purchaseOrdersQuery, suppliersQuery } from '../api/queries.ts';
import { sayMoney } from '../parts/words.ts';

interface RecordChoiceProps {
  readonly value: string | null;
  readonly onChange: (id: string | null) => void;
}

export function SupplierChoice({ value, onChange }: RecordChoiceProps): ReactNode {
  const suppliers = useAll(useInfiniteQuery(suppliersQuery()));
  return (
    <Select
      label="Supplier"
      placeholder="Type a name or number"
      searchable
      required
      autoFocus
      nothingFoundMessage="No supplier on file is called so."
      data={suppliers.map((supplier) => ({ value: supplier.id, label: `${supplier.name} · ${supplier.number}` }))}
      value={value}
      onChange={onChange}
    />
  );
}

/** Orders of the supplier first. */
export function PurchaseOrderChoice({
  value,
  onChange,
  supplierId,
}: RecordChoiceProps & { readonly supplierId: string | null }): ReactNode {
  const orders = useAll(useInfiniteQuery(purchaseOrdersQuery()));
  const option = (order: (typeof orders)[number]): { value: string; label: string } => ({
    value: order.id,
    label: `${order.number} · ${order.supplier.name} · ${sayMoney(order.total)}`,
  });
  const theirs = orders.filter((order) => order.supplier.id === supplierId);
  const others = orders.filter((order) => order.supplier.id !== supplierId);
  return (
    <Select
      label="Purchase order"
      placeholder="Type a number or supplier"
      searchable
      required
      autoFocus
      nothingFoundMessage="No order on file is called so."
      data={[
        { group: 'Of this supplier', items: theirs.map(option) },
        { group: 'Of others', items: others.map(option) },
      ].filter((group) => group.items.length > 0)}
      value={value}
      onChange={onChange}
    />
  );
}

interface Pages<Item> {
  readonly data: Parameters<typeof itemsOf<Item>>[0];
  readonly hasNextPage: boolean;
  readonly isFetching: boolean;
  readonly fetchNextPage: () => unknown;
}

/** A choice must offer all there is: fetches page after page. */
function useAll<Item>({ data, hasNextPage, isFetching, fetchNextPage }: Pages<Item>): Item[] {
  useEffect(() => {
    if (hasNextPage && !isFetching) fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  return itemsOf(data);
}
