import { foldText } from '../text/fold-text.ts';
import type { Row } from '../layout.ts';
import type { Numbers, PrintedNumber } from '../propose/propose-amounts.ts';
import { looksLikeMoney } from '../propose/propose-amounts.ts';
import { assignNumbers } from './table-cells.ts';
import type { Column } from './table-header.ts';

/** The columns that hold each figure of a line, the preferred one first; the others stand in where it is empty. */
export interface Roles {
  readonly quantity: readonly Column[];
  readonly unitPrice: readonly Column[];
  readonly netAmount: readonly Column[];
  readonly grossAmount: readonly Column[];
  readonly taxRate: readonly Column[];
}

type Cells = ReadonlyMap<Column, PrintedNumber>;

/** Where no head names the amounts, the rightmost unknown column that holds money has them. */
export function withUnknownColumns(columns: readonly Column[], below: readonly Row[], numbers: Numbers): readonly Column[] {
  if (columns.some(({ kind }) => kind === 'netAmount' || kind === 'grossAmount')) return columns;
  const found = columns.findLast(
    (column) =>
      column.kind === 'other' &&
      below.slice(0, 12).some((row) => {
        const number = assignNumbers(row, columns, numbers).get(column);
        return number !== undefined && looksLikeMoney(number);
      }),
  );
  const prices = columns.filter(({ kind }) => kind === 'unitPrice');
  if (found === undefined || prices.some((price) => price.box[0] > found.box[0])) return columns;
  return columns.map((column) => (column === found ? { ...column, kind: 'netAmount' as const } : column));
}

/** Decides which of several columns of one kind is meant: the one by which quantity times price makes the amount, else the usual place. */
export function chooseRoles(columns: readonly Column[], rows: readonly Cells[]): Roles {
  const of = (kind: Column['kind']): Column[] => columns.filter((column) => column.kind === kind).toReversed();
  const nets = amountsInOrder(of('netAmount'), of('grossAmount'));
  const unknown = [...of('other'), ...of('unit'), ...of('position')];
  const quantities = of('quantity');
  const prices = of('unitPrice');
  const best =
    closing(quantities, prices, nets, rows, 1) ??
    closing(unknown, prices, nets, rows, 2) ??
    closing(quantities, of('other'), nets, rows, 2);
  const [quantity, unitPrice, amount] = best ?? [quantities[0], prices[0], nets[0]];
  return {
    quantity: first(quantity, quantities),
    unitPrice: first(unitPrice, prices),
    netAmount: first(amount, nets),
    grossAmount: of('grossAmount'),
    taxRate: of('taxRate'),
  };
}

function first(chosen: Column | undefined, all: readonly Column[]): Column[] {
  return chosen === undefined ? [...all] : [chosen, ...all.filter((column) => column !== chosen)];
}

/** Of several amounts a column headed `net` goes before one that only says total. */
function amountsInOrder(nets: readonly Column[], grosses: readonly Column[]): Column[] {
  const explicit = nets.filter(({ text }) => /\b(?:net|nett|netto|neto|ht|excl|ohne|imponibile|liquido|hors)\b/.test(foldText(text)));
  return nets.length > 1 && explicit.length > 0 && explicit.length < nets.length
    ? [...explicit, ...nets.filter((column) => !explicit.includes(column))]
    : nets.length > 0
      ? [...nets]
      : [...grosses];
}

/** The three columns whose figures multiply out in most rows, where any do; of equals the first named. */
function closing(
  quantities: readonly Column[],
  prices: readonly Column[],
  amounts: readonly Column[],
  rows: readonly Cells[],
  least: number,
): [Column, Column, Column] | null {
  let best: [Column, Column, Column] | null = null;
  let most = 0;
  for (const amount of amounts)
    for (const price of prices)
      for (const quantity of quantities) {
        if (price === quantity || price === amount || quantity === amount) continue;
        const closed = rows.filter((cells) => multiplies(cells.get(quantity), cells.get(price), cells.get(amount)));
        // One times anything is itself: such a row shows nothing of an unknown column.
        const telling = closed.filter(
          (cells) => Math.abs(Number(cells.get(quantity)?.value)) !== 1 && Number(cells.get(price)?.value) !== 1,
        );
        if (closed.length > most && (least < 2 || telling.length >= Math.min(least, rows.length)))
          [best, most] = [[quantity, price, amount], closed.length];
      }
  return best;
}

/** Whether quantity times price makes the amount to the cent, a discount of the row left out. */
export function multiplies(
  quantity: PrintedNumber | undefined,
  price: PrintedNumber | undefined,
  amount: PrintedNumber | undefined,
): boolean {
  if (quantity === undefined || price === undefined || amount === undefined) return false;
  const product = Math.abs(Number(quantity.value) * Number(price.value));
  const rounding = Math.max(0.006, Math.abs(Number(quantity.value)) * 0.5 * 10 ** -price.decimals);
  return product > 0 && Math.abs(product - Math.abs(Number(amount.value))) <= Math.min(0.06, rounding);
}
