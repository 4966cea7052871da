import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** What a workflow asked of its `Flow`, in order. A gate that answered no leaves nothing behind, so it is not in here. */
export interface Ask {
  readonly ask: string;
  /** Of the activity, signal, change or child workflow. */
  readonly name: string;
  readonly input?: unknown;
}

/** One line of DBOS' record of a run. */
export interface RecordedStep {
  readonly position: number;
  readonly name: string;
  readonly output: unknown;
  readonly error: unknown;
  readonly childId: string | null;
  readonly serialization: string | null;
}

/** A run as a release left it in the database: the asks are what today's code must ask again. */
export interface History {
  readonly release: string;
  readonly workflow: string;
  readonly workflowId: string;
  readonly input: unknown;
  readonly serialization: string | null;
  readonly status: 'done' | 'waiting';
  /** What it waits for, and the how many-th wait of the run that is; null when it has ended. */
  readonly wait: { readonly signal: string; readonly position: number } | null;
  readonly asks: readonly Ask[];
  readonly steps: readonly RecordedStep[];
}

const folder = new URL('dbos/', import.meta.url);

/** All recorded runs by the name of their file. */
export function readHistories(): ReadonlyMap<string, History> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return new Map(names.toSorted().map((name) => [name, JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as History]));
}

/** @returns the name of the file. */
export function writeHistory(history: History, about: string): string {
  const name = `${history.release}-${history.workflow}-${about}.json`;
  const lines = Object.entries(history).map(
    ([key, value]) => `  ${JSON.stringify(key)}: ${Array.isArray(value) ? listed(value) : JSON.stringify(value)}`,
  );
  writeFileSync(new URL(name, folder), `{\n${lines.join(',\n')}\n}\n`);
  return name;
}

/** One ask or step a line, so that a difference is a line. */
function listed(values: readonly unknown[]): string {
  return `[\n${values.map((value) => `    ${JSON.stringify(value)}`).join(',\n')}\n  ]`;
}
