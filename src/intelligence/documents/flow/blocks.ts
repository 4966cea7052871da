/** What a text without pages of its own is made of: an HTML mail, a Word file, a sheet. */
export type Block = TextBlock | TableBlock;

/** Lines as their author broke them; spaces between words are kept. */
export interface TextBlock {
  readonly kind: 'text';
  readonly lines: readonly Line[];
  /** Times the size of body text. @default 1 */
  readonly scale?: number;
  readonly isBold?: boolean;
  /** Empty lines before it. @default 0 */
  readonly linesBefore?: number;
  /** Long lines are broken between words. @default true */
  readonly wraps?: boolean;
}

/** A line of text, or its pieces at tab stops. */
export type Line = string | readonly TabbedPiece[];

export interface TabbedPiece {
  readonly text: string;
  /** Where the piece starts or, when it ends at the stop, where it ends; points from the left edge. Null: right after the piece before. */
  readonly stop: number | null;
  readonly endsAtStop: boolean;
}

export interface TableBlock {
  readonly kind: 'table';
  readonly rows: ReadonlyArray<readonly Cell[]>;
  /** Least width of each column in points, where the file says so. */
  readonly columnWidths?: readonly number[];
  /** Empty lines before it. @default 0 */
  readonly linesBefore?: number;
}

export interface Cell {
  readonly blocks: readonly Block[];
  /** Columns it covers. @default 1 */
  readonly columns?: number;
  /** Rows it covers. @default 1 */
  readonly rows?: number;
}

/** Text of all blocks, for looking at what was hidden or whether there is any. */
export function textOfBlocks(blocks: readonly Block[]): string {
  return blocks
    .map((block) =>
      block.kind === 'text'
        ? block.lines.map((line) => (typeof line === 'string' ? line : line.map((piece) => piece.text).join(' '))).join('\n')
        : block.rows.map((row) => row.map((cell) => textOfBlocks(cell.blocks)).join(' ')).join('\n'),
    )
    .join('\n');
}
