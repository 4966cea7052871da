import { holds, unscaled, type Condition } from './cells.ts';
import type { ColumnKind } from './columns.ts';

/** One input of a table: its name, and what it can hold. */
export interface Axis {
  readonly name: string;
  readonly kind: ColumnKind;
}

/** What can be said of one input of a hole: a span of amounts, or words; null where it may be anything. */
export type Part = string | null;

/** Parts of one input between which no cell tells a difference. */
interface Atom {
  readonly sample: string | bigint;
  readonly words: string;
  /** Of a span of amounts; null without end. */
  readonly high?: bigint | null;
  readonly low?: bigint;
}

// Cells compared. A table of 200 rows over all inputs takes some 100,000; a hostile one is told so, not computed for hours.
const mostSteps = 2_000_000;
const mostGaps = 20;

/**
 * Finds what no row covers, exactly: each input falls into the parts that the cells tell apart, and the parts are followed
 * input by input, each set of rows once.
 *
 * @param rows - `[row][axis]`.
 * @param within - looks only there. @default everywhere
 * @returns `[gap][axis]`, at most 20; null when the table has too many combinations to be checked.
 */
export function findGaps(axes: readonly Axis[], rows: readonly (readonly Condition[])[], within?: readonly Condition[]): Part[][] | null {
  const known = new Map<string, Part[][]>();
  let steps = 0;
  const below = (index: number, left: readonly number[]): Part[][] => {
    const axis = axes[index];
    if (left.length === 0)
      return isAnythingWithin(axes, index, within) ? [axes.slice(index).map((_axis, offset) => sayWithin(within?.[index + offset]))] : [];
    if (axis === undefined || left.some((row) => isAnyFrom(rows[row] ?? [], index))) return [];
    const key = `${index}:${left.join(',')}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const cells = left.map((row) => rows[row]?.[index] ?? { kind: 'any' as const });
    const atoms = atomsOf(axis, within?.[index], cells);
    steps += cells.length * atoms.length;
    if (steps > mostSteps) return [];
    const found: Part[][] = [];
    for (const group of groupsOf(atoms, cells, left)) {
      const gaps = below(index + 1, group.left);
      const part = group.atoms.length === atoms.length ? sayWithin(within?.[index]) : sayGroup(group.atoms, axis);
      found.push(...gaps.map((rest) => [part, ...rest]));
      if (found.length >= mostGaps) break;
    }
    const some = found.slice(0, mostGaps);
    known.set(key, some);
    return some;
  };
  const gaps = below(
    0,
    rows.map((_row, index) => index),
  );
  return steps > mostSteps ? null : gaps;
}

/** A cell such as not("none", "warned") lets no value pass. */
function isAnythingWithin(axes: readonly Axis[], from: number, within: readonly Condition[] | undefined): boolean {
  return axes.every((axis, index) => index < from || atomsOf(axis, within?.[index], []).length > 0);
}

function isAnyFrom(row: readonly Condition[], index: number): boolean {
  return row.slice(index).every((condition) => condition.kind === 'any');
}

interface Group {
  readonly atoms: Atom[];
  readonly left: readonly number[];
}

/** Parts that the same rows let pass go on together. */
function groupsOf(atoms: readonly Atom[], cells: readonly Condition[], left: readonly number[]): Group[] {
  const groups = new Map<string, Group>();
  for (const atom of atoms) {
    const passing = left.filter((_row, place) => holds(cells[place] ?? { kind: 'any' }, atom.sample));
    const key = passing.join(',');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { atoms: [atom], left: passing });
    else group.atoms.push(atom);
  }
  return [...groups.values()];
}

function atomsOf(axis: Axis, within: Condition | undefined, cells: readonly Condition[]): readonly Atom[] {
  const all = within === undefined ? cells : [...cells, within];
  const atoms = axis.kind.kind === 'amount' ? spansOf(all) : wordsOf(axis.kind.kind === 'flag' ? ['true', 'false'] : axis.kind.words, all);
  return within === undefined ? atoms : atoms.filter((atom) => holds(within, atom.sample));
}

function spansOf(cells: readonly Condition[]): readonly Atom[] {
  const starts = new Set<bigint>([0n]);
  for (const cell of cells) {
    if (cell.kind !== 'range') continue;
    if (cell.low !== null) starts.add(cell.low);
    if (cell.high !== null) starts.add(cell.high + 1n);
  }
  const sorted = [...starts].toSorted((left, right) => (left < right ? -1 : 1));
  return sorted.map((low, index) => {
    const next = sorted[index + 1];
    return { sample: low, low, high: next === undefined ? null : next - 1n, words: '' };
  });
}

function wordsOf(known: readonly string[] | null, cells: readonly Condition[]): readonly Atom[] {
  const named = [...new Set(cells.flatMap((cell) => (cell.kind === 'words' ? cell.values : [])))];
  if (known !== null) return known.map((value) => ({ sample: value, words: value }));
  const others: Atom = { sample: '\u0000', words: named.length === 0 ? 'any' : `other than ${named.join(', ')}` };
  return [...named.map((value) => ({ sample: value, words: value })), others];
}

function sayGroup(atoms: readonly Atom[], axis: Axis): string {
  if (axis.kind.kind !== 'amount') return atoms.map((atom) => atom.words).join(' or ');
  const spans: { low: bigint; high: bigint | null }[] = [];
  for (const { low = 0n, high = null } of atoms) {
    const last = spans.at(-1);
    if (last?.high !== null && last?.high !== undefined && last.high + 1n === low) last.high = high;
    else spans.push({ low, high });
  }
  return spans.map(saySpan).join(' or ');
}

function saySpan({ low, high }: { readonly low: bigint; readonly high: bigint | null }): string {
  const from = low === 0n ? '0' : low % 100n === 1n ? `above ${unscaled(low - 1n)}` : unscaled(low);
  if (high === null) return low === 0n ? 'any' : low % 100n === 1n ? from : `from ${from}`;
  const to = high % 100n === 99n ? `below ${unscaled(high + 1n)}` : `up to ${unscaled(high)}`;
  return low === high ? unscaled(low) : `${from} ${to}`;
}

function sayWithin(condition: Condition | undefined): Part {
  if (condition === undefined || condition.kind === 'any') return null;
  if (condition.kind === 'words') return `${condition.isNot ? 'not ' : ''}${condition.values.join(' or ')}`;
  return saySpan({ low: condition.low ?? 0n, high: condition.high });
}
