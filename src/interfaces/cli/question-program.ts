import type { CliContext, On, Act } from './cli-context.ts';
import {
  askQuestion,
  recordSent,
  remindOfQuestion,
  settleAnswer,
  showQuestions,
  type AskOptions,
  type SettleOptions,
} from './question-commands.ts';
import type { ServerOptions } from './task-commands.ts';

/** The commands about what was asked outside. */
export function addQuestionCommands(on: On, act: Act, context: CliContext): void {
  on('ask', 'a question about an exception with its facts, shown or sent', [
    'ask RE-1001 --to supplier',
    'ask tsk_123 --to buyer --language de --send',
    'ask RE-1001 --to supplier --text-file question.txt --address nora@supplier.example --send',
  ])
    .argument('<task>', 'id, or the number of an invoice with one open task')
    .requiredOption('--to <whom>', 'supplier, buyer or receiver')
    .option('--language <language>', 'en, de, fr or es (else the supplier’s)')
    .option('--text-file <file>', 'what to write instead of the draft')
    .option('--address <address>', 'where it goes (else where the invoice came from)')
    .option('--send', 'send it, in your name')
    .action(act((task: string, options: AskOptions) => askQuestion(context, task, options)));
  on('questions', 'what was asked about a task, what was answered, and what is proposed', ['questions RE-1001'])
    .argument('<task>', 'id, or the number of an invoice with one open task')
    .action(act((task: string, options: ServerOptions) => showQuestions(context, task, options)));
  on('question-sent', 'say that you have sent a question yourself', ['question-sent qst_123'])
    .argument('<question>', 'id')
    .action(act((question: string, options: ServerOptions) => recordSent(context, question, options)));
  on('question-remind', 'ask again what was not answered', ['question-remind qst_123'])
    .argument('<question>', 'id')
    .action(act((question: string, options: ServerOptions) => remindOfQuestion(context, question, options)));
  on('settle', 'say what an answer comes to', ['settle qml_123 accept', 'settle qml_123 wait --until 2026-12-12'])
    .argument('<answer>', 'id, as "deskhand questions" shows it')
    .argument('<effect>', 'accept, reject, wait or set-aside')
    .option('--until <day>', 'for wait: YYYY-MM-DD')
    .option('--note <text>', 'why, for the record')
    .action(act((answer: string, effect: string, options: SettleOptions) => settleAnswer(context, answer, effect, options)));
}
