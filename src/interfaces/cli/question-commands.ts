import { readFile } from 'node:fs/promises';
import { DeskhandError } from '#domain/errors';
import type { Question, QuestionAnswer, QuestionBody, QuestionDraft, TaskQuestions } from '../api/contract-questions.ts';
import { interfaceErrors } from '../errors.ts';
import type { CliContext, ExitStatus } from './cli-context.ts';
import { connect } from './server-client.ts';
import { findTask, tell, type ServerOptions } from './task-commands.ts';

export interface AskOptions extends ServerOptions {
  readonly to: string;
  readonly language?: string;
  readonly send?: boolean;
  readonly address?: string;
  readonly textFile?: string;
}
export interface SettleOptions extends ServerOptions {
  readonly until?: string;
  readonly note?: string;
}

/** Shows a question about an exception, ready to be sent; sends it where that is said. */
export async function askQuestion(context: CliContext, wanted: string, options: AskOptions): Promise<ExitStatus> {
  const server = await connect(context, options);
  const { id } = await findTask(server, wanted);
  const query = new URLSearchParams({ to: options.to, ...(options.language === undefined ? {} : { language: options.language }) });
  const draft = await server.get<QuestionDraft>(`/v1/tasks/${id}/question-draft?${query.toString()}`);
  const body = options.textFile === undefined ? draft.body : await readFile(options.textFile, 'utf8');
  const toAddress = options.address ?? draft.toAddress;
  const to = toAddress === null ? draft.toName : `${draft.toName} <${toAddress}>`;
  const shown = { ...draft, toAddress, body };
  if (options.send !== true) return tell(context, options, shown, `To: ${to}\nSubject: ${draft.subject}\n\n${body.trimEnd()}`);
  if (toAddress === null) throw new DeskhandError(interfaceErrors.usage, 'No address of theirs is known. Name one with --address.');
  const question: QuestionBody = { ...shown, toAddress };
  await server.post(`/v1/tasks/${id}/questions`, question);
  const { sendsMail, items } = await server.get<TaskQuestions>(`/v1/tasks/${id}/questions`);
  const asked = items[0];
  const said = sendsMail
    ? `It goes out to ${to}. The task waits for the answer.`
    : `No mail server is set up: send this from your own program, subject as it is, then "deskhand question-sent ${asked?.id ?? ''}".\n\n${sayMails(asked)}`;
  return tell(context, options, asked, said);
}

/** What was asked about a task, what came back, and what is proposed. */
export async function showQuestions(context: CliContext, wanted: string, options: ServerOptions): Promise<ExitStatus> {
  const server = await connect(context, options);
  const { id } = await findTask(server, wanted);
  const found = await server.get<TaskQuestions>(`/v1/tasks/${id}/questions`);
  const words = found.items.map((question) => [sayQuestion(question), ...question.answers.map(sayAnswer)].join('\n')).join('\n\n');
  return tell(context, options, found, words === '' ? 'Nobody was asked about it yet.' : words);
}

export async function recordSent(context: CliContext, questionId: string, options: ServerOptions): Promise<ExitStatus> {
  const server = await connect(context, options);
  const answer = await server.post(`/v1/questions/${questionId}/sent`);
  return tell(context, options, answer, 'The answer is watched from now on.');
}

export async function remindOfQuestion(context: CliContext, questionId: string, options: ServerOptions): Promise<ExitStatus> {
  const server = await connect(context, options);
  const answer = await server.post(`/v1/questions/${questionId}/reminder`);
  return tell(context, options, answer, 'They are asked again.');
}

/** Says what an answer comes to. */
export async function settleAnswer(context: CliContext, answerId: string, effect: string, options: SettleOptions): Promise<ExitStatus> {
  const server = await connect(context, options);
  const { until, note } = options;
  const answer = await server.post(`/v1/question-answers/${answerId}/settlement`, {
    effect,
    ...(until === undefined ? {} : { until }),
    ...(note === undefined ? {} : { note }),
  });
  return tell(context, options, answer, 'It is carried out.');
}

function sayQuestion({ id, toName, toAddress, askedAt, status, outcome, answeredAt, unansweredSince, mails, byPolicy }: Question): string {
  const sent = mails.at(-1)?.delivery ?? 'waiting';
  const state = status === 'closed' ? `closed (${outcome ?? ''})` : answeredAt === null ? 'no answer yet' : 'answered';
  const late = unansweredSince === null ? '' : `, missing since ${unansweredSince.slice(0, 10)}`;
  const alone = byPolicy === null ? '' : `\n  Deskhand asked by itself, under policy version ${byPolicy.version}. ${byPolicy.because}`;
  return `${id}  ${askedAt.slice(0, 10)}  ${toName} <${toAddress}>  ${sent}, ${state}${late}${alone}`;
}

function sayAnswer({ id, receivedAt, fromAddress, doubt, recognised, proposal, settled, documents }: QuestionAnswer): string {
  const said = recognised.sentence === null ? (recognised.why ?? '') : `“${recognised.sentence}”`;
  const lines = [
    `  ${id}  ${receivedAt.slice(0, 10)}  ${fromAddress ?? 'nobody'}: ${said}`,
    doubt === null ? '' : `    In doubt: ${doubt}`,
    ...documents.map(({ fileName, invoiceNumber }) => `    Attached: ${fileName}${invoiceNumber === null ? '' : ` (${invoiceNumber})`}`),
    settled === null ? (proposal?.words === undefined ? '' : `    ${proposal.words}`) : `    Settled: ${settled}`,
  ];
  return lines.filter((line) => line !== '').join('\n');
}

function sayMails(question: Question | undefined): string {
  return (question?.mails ?? []).map(({ subject, body }) => `Subject: ${subject}\n\n${body.trimEnd()}`).join('\n\n');
}
