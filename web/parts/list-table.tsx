import { Button, Center, Paper, Skeleton, Table } from '@mantine/core';
import { useIntersection } from '@mantine/hooks';
import { useEffect, type ReactNode } from 'react';
import classes from './list-table.module.css';

export interface Column<Item> {
  readonly head: string;
  readonly cell: (item: Item) => ReactNode;
  readonly isRight?: boolean;
  /** Hidden on a phone. */
  readonly isSecondary?: boolean;
  readonly width?: number | string;
}

interface ListTableProps<Item> {
  readonly label: string;
  readonly items: readonly Item[];
  readonly columns: readonly Column<Item>[];
  readonly isLoading?: boolean;
  readonly empty: ReactNode;
  readonly more?: (() => unknown) | undefined;
}

/** A list as the office reads it: one row, one thing. Give the first cell a `RowLink` to open it. */
export function ListTable<Item extends { readonly id: string }>(props: ListTableProps<Item>): ReactNode {
  const { items, columns, isLoading = false, empty, more, label } = props;
  if (!isLoading && items.length === 0) return <Paper>{empty}</Paper>;
  return (
    <Paper className={classes['frame']}>
      <Table aria-label={label}>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Table.Th key={column.head} w={column.width} className={cellClass(column, classes['head'])}>
                {column.head}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {isLoading
            ? Array.from({ length: 8 }, (_, row) => <SkeletonRow key={row} columns={columns} />)
            : items.map((item) => (
                <Table.Tr key={item.id} className={classes['row']}>
                  {columns.map((column) => (
                    <Table.Td key={column.head} className={cellClass(column)}>
                      {column.cell(item)}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
        </Table.Tbody>
      </Table>
      {more !== undefined && <LoadMore more={more} />}
    </Paper>
  );
}

function SkeletonRow<Item>({ columns }: { readonly columns: readonly Column<Item>[] }): ReactNode {
  return (
    <Table.Tr className={classes['row']}>
      {columns.map((column) => (
        <Table.Td key={column.head} className={cellClass(column)}>
          <Skeleton h={14} w={column.isRight === true ? 70 : '70%'} ml={column.isRight === true ? 'auto' : 0} my={3} />
        </Table.Td>
      ))}
    </Table.Tr>
  );
}

function LoadMore({ more }: { readonly more: () => unknown }): ReactNode {
  const { ref, entry } = useIntersection({ rootMargin: '300px' });
  const isSeen = entry?.isIntersecting ?? false;
  useEffect(() => {
    if (isSeen) more();
  }, [isSeen, more]);
  return (
    <Center p="xs" ref={ref}>
      <Button variant="subtle" color="gray" size="xs" onClick={() => void more()}>
        Show more
      </Button>
    </Center>
  );
}

function cellClass<Item>(column: Column<Item>, more = ''): string {
  return [more, column.isRight === true ? classes['right'] : '', column.isSecondary === true ? classes['secondary'] : ''].join(' ');
}
