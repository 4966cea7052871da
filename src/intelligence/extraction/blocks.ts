import type { Box } from '#domain/documents';
import { around, horizontalOverlap } from './layout.ts';
import type { Cell, Layout, Row } from './layout.ts';

export interface BlockLine {
  readonly row: Row;
  readonly cell: Cell;
}

/** Cells stacked on each other with the same left edge or middle: an address, a letterhead, a column of the footer. */
export interface Block {
  readonly page: number;
  readonly lines: readonly BlockLine[];
  readonly box: Box;
}

/** Stacks the cells of the first page into blocks, from top to bottom: parties are named there. */
export function findBlocks(layout: Layout): Block[] {
  const open: BlockLine[][] = [];
  for (const row of layout.rows.filter((one) => one.page === layout.rows[0]?.page)) {
    for (const cell of row.cells) {
      const line = { row, cell };
      const home = open.findLast((lines) => continues(lines, line));
      if (home === undefined) open.push([line]);
      else home.push(line);
    }
  }
  return open.map((lines) => ({ page: lines[0]?.row.page ?? 1, lines, box: around(lines.map(({ cell }) => cell)) }));
}

function continues(lines: readonly BlockLine[], next: BlockLine): boolean {
  const last = lines.at(-1);
  if (last === undefined || last.row.page !== next.row.page || last.row.index === next.row.index) return false;
  const height = Math.max(last.row.height, next.row.height);
  const gap = next.cell.box[1] - last.cell.box[3];
  if (gap > 0.95 * height || gap < -height) return false;
  const isAligned = Math.abs(last.cell.box[0] - next.cell.box[0]) < 0.8 * height;
  const isCentred = Math.abs(last.cell.box[0] + last.cell.box[2] - next.cell.box[0] - next.cell.box[2]) < 1.6 * height;
  const isRightAligned = Math.abs(last.cell.box[2] - next.cell.box[2]) < 0.5 * height;
  return isAligned || ((isCentred || isRightAligned) && horizontalOverlap(last.cell.box, next.cell.box) > 0.5);
}
