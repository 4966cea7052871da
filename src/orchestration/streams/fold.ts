import type { StoredEvent } from './events.ts';
import { project, type Change, type ProjectedTable, type Row } from './projection.ts';

/** The rows of one stream, as its events so far left them. */
export type StreamRows = Partial<Record<ProjectedTable, Row[]>>;

/** What the events of one stream, in their order, leave in the tables. */
export function fold(events: Iterable<StoredEvent>): StreamRows {
  const rows: StreamRows = {};
  for (const event of events) for (const change of project(event)) applyChange(rows, change);
  return rows;
}

function applyChange(rows: StreamRows, change: Change): void {
  const before = rows[change.table] ?? [];
  if (change.do === 'put') rows[change.table] = [...before, ...change.rows];
  else if (change.do === 'clear') rows[change.table] = [];
  else rows[change.table] = before.map((row) => ({ ...row, ...change.values, ...(change.isRevision === true ? nextVersion(row) : {}) }));
}

function nextVersion(row: Row): Row {
  return { version: Number(row['version']) + 1 };
}
