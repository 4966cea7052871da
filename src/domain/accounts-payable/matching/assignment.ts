/**
 * The cheapest way to give each row a column of its own.
 *
 * @param costs - rows × columns, no more rows than columns, all rows of one length, finite numbers.
 * @returns for each row its column.
 * Source: Hungarian method with potentials (Jonker–Volgenant form), O(rows² × columns).
 */
export function assignRows(costs: readonly (readonly number[])[]): number[] {
  const columnCount = costs[0]?.length ?? 0;
  const search = new AssignmentSearch(costs, columnCount);
  for (let row = 0; row < costs.length; row += 1) search.place(row);
  const columnOf = costs.map(() => -1);
  search.rowOf.forEach((row, column) => {
    if (row >= 0 && column < columnCount) columnOf[row] = column;
  });
  return columnOf;
}

/** The growing solution: after `place(r)` rows 0…r are assigned at least cost. */
class AssignmentSearch {
  /** By column; the last entry is the row that is being placed. */
  readonly rowOf: number[];
  readonly #costs: readonly (readonly number[])[];
  readonly #columnCount: number;
  readonly #rowPotential: Float64Array;
  readonly #columnPotential: Float64Array;

  constructor(costs: readonly (readonly number[])[], columnCount: number) {
    this.#costs = costs;
    this.#columnCount = columnCount;
    this.rowOf = Array.from({ length: columnCount + 1 }, () => -1);
    this.#rowPotential = new Float64Array(costs.length);
    this.#columnPotential = new Float64Array(columnCount + 1);
  }

  place(row: number): void {
    const start = this.#columnCount;
    this.rowOf[start] = row;
    const slack = new Float64Array(start).fill(Number.POSITIVE_INFINITY);
    const cameFrom = new Int32Array(start).fill(start);
    const isVisited = new Uint8Array(start + 1);
    let column = start;
    while ((this.rowOf[column] ?? -1) >= 0) {
      isVisited[column] = 1;
      column = this.#step(column, slack, cameFrom, isVisited);
    }
    this.#flip(column, cameFrom);
  }

  /** Relaxes from one column, shifts the potentials, and returns the nearest column not visited yet. */
  #step(from: number, slack: Float64Array, cameFrom: Int32Array, isVisited: Uint8Array): number {
    const row = this.rowOf[from] ?? 0;
    const costs = this.#costs[row] ?? [];
    let nearest = 0;
    let shift = Number.POSITIVE_INFINITY;
    for (let column = 0; column < this.#columnCount; column += 1) {
      if (isVisited[column] === 1) continue;
      const reduced = (costs[column] ?? 0) - (this.#rowPotential[row] ?? 0) - (this.#columnPotential[column] ?? 0);
      if (reduced < (slack[column] ?? 0)) {
        slack[column] = reduced;
        cameFrom[column] = from;
      }
      if ((slack[column] ?? 0) < shift) [nearest, shift] = [column, slack[column] ?? 0];
    }
    this.#shiftPotentials(shift, slack, isVisited);
    return nearest;
  }

  #shiftPotentials(shift: number, slack: Float64Array, isVisited: Uint8Array): void {
    for (let column = 0; column <= this.#columnCount; column += 1) {
      if (isVisited[column] === 1) {
        const row = this.rowOf[column] ?? 0;
        this.#rowPotential[row] = (this.#rowPotential[row] ?? 0) + shift;
        this.#columnPotential[column] = (this.#columnPotential[column] ?? 0) - shift;
      } else if (column < this.#columnCount) {
        slack[column] = (slack[column] ?? 0) - shift;
      }
    }
  }

  #flip(freeColumn: number, cameFrom: Int32Array): void {
    let column = freeColumn;
    while (column !== this.#columnCount) {
      const from = cameFrom[column] ?? this.#columnCount;
      this.rowOf[column] = this.rowOf[from] ?? -1;
      column = from;
    }
    this.rowOf[this.#columnCount] = -1;
  }
}
