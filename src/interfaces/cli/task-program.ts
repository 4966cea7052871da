import type { CliContext, On, Act } from './cli-context.ts';
import { addQuestionCommands } from './question-program.ts';
import { assign, claim, delegate, listStandIns, release, type DelegateOptions } from './task-commands.ts';

interface ServerOptions {
  readonly url?: string;
  readonly json?: boolean;
}

/** The commands about who has a task, and what was asked about it. */
export function addTaskCommands(on: On, act: Act, context: CliContext): void {
  addQuestionCommands(on, act, context);
  on('claim', 'take a task, so that nobody else decides it meanwhile', ['claim tsk_123', 'claim RE-1001'])
    .argument('<task>', 'id, or the number of an invoice with one open task')
    .action(act((task: string, options: ServerOptions) => claim(context, task, options)));
  on('release', 'give a task back to its role', ['release tsk_123'])
    .argument('<task>', 'id, or the number of an invoice with one open task')
    .action(act((task: string, options: ServerOptions) => release(context, task, options)));
  on('assign', 'give a task to one person', ['assign RE-1001 Bela'])
    .argument('<task>', 'id, or the number of an invoice with one open task')
    .argument('<member>', 'name or id')
    .action(act((task: string, member: string, options: ServerOptions) => assign(context, task, member, options)));
  on('delegate', 'who stands in for whom; name somebody, or end it', [
    'delegate',
    'delegate --to Bela --from-day 2026-12-21 --until-day 2027-01-04 --reason "on leave"',
    'delegate --end dlg_123',
  ])
    .option('--to <member>', 'who decides meanwhile: name or id')
    .option('--for <member>', 'whose work it is (else yours)')
    .option('--from-day <day>', 'the first day, YYYY-MM-DD')
    .option('--until-day <day>', 'the last day, YYYY-MM-DD')
    .option('--reason <text>', 'why, for the record')
    .option('--end <delegation>', 'end one now')
    .action(
      act((options: DelegateOptions) =>
        options.to === undefined && options.end === undefined ? listStandIns(context, options) : delegate(context, options),
      ),
    );
}
