import { Option, type Command } from 'commander';
import type { EngineMove, MovedRun } from '#orchestration';
import { DeskhandError } from '#domain/errors';
import { interfaceErrors } from '../errors.ts';
import { exitStatus, type CliContext, type ExitStatus } from './cli-context.ts';

interface MoveOptions {
  readonly from: 'dbos' | 'temporal';
  readonly to: 'dbos' | 'temporal';
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** `deskhand migrate-engine`: waiting work goes on under the other engine. */
export function addMigrateEngineCommand(program: Command, context: CliContext, done: (status: ExitStatus) => void): void {
  program
    .command('migrate-engine')
    .description('move all unfinished work from one workflow engine to the other, while no server runs')
    .addOption(new Option('--from <engine>', 'where it is').choices(['dbos', 'temporal']).makeOptionMandatory())
    .addOption(new Option('--to <engine>', 'where it goes on').choices(['dbos', 'temporal']).makeOptionMandatory())
    .option('--dry-run', 'say what would be moved, change nothing')
    .option('--json', 'stable JSON')
    .addHelpText(
      'after',
      '\nMay be broken off and run again. Exit status: 0 all moved, 1 refused, 3 some runs stay.\n\nExample:\n  deskhand migrate-engine --from dbos --to temporal --dry-run',
    )
    .action(async (options: MoveOptions) => done(await move(context, options)));
}

async function move({ handlers, terminal }: CliContext, { from, to, dryRun = false, json = false }: MoveOptions): Promise<ExitStatus> {
  if (from === to) throw new DeskhandError(interfaceErrors.usage, `--from and --to are both ${from}. Name two engines.`);
  if (handlers.moveEngine === undefined) throw new DeskhandError(interfaceErrors.usage, 'This program moves no work.');
  const onMoved = (run: MovedRun): void => terminal.write(json ? '' : `${lineOf(run)}\n`);
  const result = await handlers.moveEngine({ from, to, isDryRun: dryRun, onMoved });
  if (json) terminal.write(`${JSON.stringify(result)}\n`);
  else report(result, { to, dryRun }, (line) => terminal.write(`${line}\n`));
  return result.stuck.length === 0 ? exitStatus.ok : exitStatus.needsPerson;
}

function report(
  { runs, stuck, finished }: EngineMove,
  { to, dryRun }: { readonly to: string; readonly dryRun: boolean },
  say: (line: string) => void,
): void {
  if (finished > 0) say(`${finished} runs of a move that was broken off go on under ${to}.`);
  say(`${runs.length} runs ${dryRun ? 'would go' : 'go'} on under ${to}${runs.length === 0 ? '.' : ':'}`);
  for (const [workflow, some] of Map.groupBy(runs, (run) => run.workflow)) say(`  ${String(some.length).padStart(6)}  ${workflow}`);
  for (const { workflowId, workflow, why } of stuck) {
    say(`STAYS: ${workflowId} (${workflow}): ${why}. Start the engine it is on, wait until it rests, stop, and run this again.`);
  }
  if (!dryRun && stuck.length === 0) say(`Set DESKHAND_ENGINE=${to} and start.`);
}

function lineOf({ workflowId, workflow, steps, waitsFor, signals }: MovedRun): string {
  const until = waitsFor?.untilMs == null ? '' : ` until ${new Date(waitsFor.untilMs).toISOString().slice(0, 19)}Z`;
  const waits = waitsFor === null ? 'its next step is due' : `waits for ${waitsFor.what}${until}`;
  return `${workflow.padEnd(22)} ${workflowId.padEnd(40)} ${String(steps).padStart(4)} steps  ${waits}${signals > 0 ? `, ${signals} signals unread` : ''}`;
}
