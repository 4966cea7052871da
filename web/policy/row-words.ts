import type { PolicyTablesView } from '../../src/interfaces/api/contract-policies.ts';
import { sayPrice } from '../parts/words.ts';
import { readCell, type Bound, type Cell } from './cells.ts';

type Table = PolicyTablesView['approvals'];
type Row = Table['rules'][number];

const wordNames: Readonly<Record<string, string>> = {
  'difference:none': 'no difference',
  'difference:other': 'a difference without a name',
  'risk:none': 'nothing unusual',
  'risk:warned': 'something unusual',
  'account:account-on-file': 'account on file',
  'account:account-not-on-file': 'account not on file',
  'account:unknown-supplier': 'supplier unknown',
  'proof:proven': 'figures proven',
  'proof:consistent': 'figures that fit together',
  'proof:unproven': 'figures unproven',
  'proof:contradicted': 'figures contradicted',
  'about:missing-purchase-order': 'a missing order number',
  'about:missing-receipt': 'a missing goods receipt',
  'about:quantity': 'a quantity',
  'about:unit': 'a unit',
  'payable:true': 'to be paid',
  'payable:false': 'a credit',
};

/** Whom a policy lets Deskhand ask by itself. */
export const askedNames: Readonly<Record<string, string>> = {
  supplier: 'the supplier',
  receiver: 'whoever took the goods in',
};

/** A word of a column as a person says it. */
export function sayWord(field: string, word: string): string {
  return wordNames[`${field}:${word}`] ?? (field === 'difference' ? word.replaceAll('-', ' ') : word);
}

/** `EUR, over 500 up to 2,500`: which invoices a row is about. */
export function sayWhen({ inputs }: Table, row: Row): string {
  const parts = inputs.flatMap(({ id, field, name }) => {
    const cell = readCell(row[id] ?? '');
    return cell.kind === 'any' ? [] : [sayCell(field, name, cell)];
  });
  return parts.length === 0 ? 'Any invoice' : parts.join(', ');
}

function sayCell(field: string, name: string, cell: Cell): string {
  if (cell.kind === 'amounts') return sayAmounts(cell.low, cell.high);
  if (cell.kind === 'written') return `${name.toLowerCase()} ${cell.text}`;
  if (cell.kind === 'any') return '';
  const list = cell.values.map((value) => sayWord(field, value)).join(' or ');
  if (field === 'about') return `About ${cell.isNot ? 'anything but ' : ''}${list}`;
  const named = field === 'supplier' || field === 'category' ? `${name.toLowerCase()} ${list}` : list;
  return cell.isNot ? `not ${named}` : named;
}

function sayAmounts(low: Bound | null, high: Bound | null): string {
  if (low !== null && high !== null && low.isIncluded && high.isIncluded && Number(low.amount) === Number(high.amount))
    return `exactly ${sayPrice(low.amount)}`;
  const from = low === null ? [] : [`${low.isIncluded ? 'from' : 'over'} ${sayPrice(low.amount)}`];
  const to = high === null ? [] : [`${high.isIncluded ? 'up to' : 'below'} ${sayPrice(high.amount)}`];
  return [...from, ...to].join(' ');
}

/** What a row brings about: who is asked, or how far an invoice may differ. */
export function sayThen({ outputs }: Table, row: Row): string {
  const cell = (field: string): string => row[outputs.find((column) => column.field === field)?.id ?? ''] ?? '';
  if (cell('automatic') === 'true') return 'passes without a person';
  if (outputs.some(({ field }) => field === 'to'))
    return `Deskhand asks ${askedNames[cell('to')] ?? 'nobody'}, at most ${cell('perDay') || '0'} in a day`;
  if (outputs.some(({ field }) => field === 'steps')) return `is decided by ${sayWho(cell('steps'))}`;
  const limits = Map.groupBy(
    outputs.filter(({ id }) => (row[id] ?? '') !== ''),
    ({ name }) => limitName(name),
  );
  const said = [...limits].map(
    ([name, columns]) => `${columns.map((one) => sayLimit(one.field, row[one.id] ?? '')).join(' and ')} in ${name.toLowerCase()}`,
  );
  return said.length === 0 ? 'may not differ' : `may differ by up to ${said.join(', ')}`;
}

/** `Price` of `Price, 1/100 %`. */
export function limitName(name: string): string {
  return name.split(',')[0] ?? name;
}

/** A limit in hundredths as people write it: `2 %`, `5.00`. */
function sayLimit(field: string, hundredths: string): string {
  const value = Number(hundredths) / 100;
  if (Number.isNaN(value)) return hundredths;
  return isShare(field) ? `${value} %` : value.toFixed(2);
}

export function isShare(field: string): boolean {
  return field.endsWith('BasisPoints');
}

/** `approver, controller` as `the approver, then the controller`. */
export function sayWho(steps: string): string {
  const named = steps
    .split(',')
    .map((part) => part.trim().replaceAll('"', ''))
    .filter((part) => part !== '');
  if (named.length === 0) return 'nobody';
  return named
    .map((part) => {
      const [role = '', person] = part.split(':');
      return person === undefined ? `the ${role.replace('-', ' ')}` : person;
    })
    .join(', then ');
}
