import { expect, test } from 'vitest';
import type { Activities } from '../activities/index.ts';
import type { Flow } from '../flow.ts';
import { sendQuestionMail } from './send-question-mail.ts';

const unused = (): never => {
  throw new Error('This workflow does not use it.');
};

/** Runs the workflow with these answers, by activity, one after the other. @returns what it asked, in order. */
async function run(answers: Readonly<Record<string, readonly unknown[]>>): Promise<[string, unknown][]> {
  const asked: [string, unknown][] = [];
  const left = new Map(Object.entries(answers).map(([name, own]) => [name, [...own]]));
  const flow: Flow<Activities> = {
    runEach: unused,
    sleepUntil: unused,
    random: unused,
    runChild: unused,
    continueAsNew: unused,
    publish: unused,
    now: unused,
    hasChange: () => Promise.resolve(true),
    workflowId: 'question-mail:qml_1',
    waitFor: () => Promise.resolve({ kind: 'received', payload: { about: 'tsk_1' } as never }),
    run(name, input) {
      asked.push([name, (input as { afterAttempt?: number; fate?: string }).afterAttempt ?? (input as { fate?: string }).fate]);
      const answer = left.get(name)?.shift() ?? {};
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer as never);
    },
  };
  await sendQuestionMail(flow, { organizationId: 'org_1', mailId: 'qml_1' });
  return asked.filter(([name]) => name !== 'lookAtTasks');
}

test('a mail that was taken is sent once', async () => {
  expect(await run({ deliverQuestionMail: [{ outcome: 'sent', attempt: 1 }] })).toEqual([['deliverQuestionMail', 0]]);
});

test('a mail in doubt is sent again only when a person says so, and each doubt is asked about', async () => {
  const asked = await run({
    deliverQuestionMail: [
      { outcome: 'unknown', attempt: 1 },
      { outcome: 'unknown', attempt: 2 },
    ],
    askAboutQuestionMail: [{ taskId: 'tsk_1' }, { taskId: 'tsk_2' }],
    readQuestionMail: [{ decision: null }, { decision: 'send-mail-again' }, { decision: 'mail-left' }],
  });
  expect(asked).toEqual([
    ['deliverQuestionMail', 0],
    ['askAboutQuestionMail', undefined],
    ['readQuestionMail', undefined],
    ['readQuestionMail', undefined],
    ['deliverQuestionMail', 1],
    ['askAboutQuestionMail', undefined],
    ['readQuestionMail', undefined],
    ['settleQuestionMail', 'left'],
  ]);
});

test('a mail server that stays away is a task, and setting it aside gives the mail up', async () => {
  const asked = await run({
    deliverQuestionMail: [Object.assign(new Error('The mail server did not answer.'), { code: 'DH_CONNECTORS_MAIL_SERVER_UNREACHABLE' })],
    readFailureDecision: [{ decision: 'dismiss' }],
  });
  expect(asked.map(([name]) => name)).toEqual(['deliverQuestionMail', 'reportFailure', 'readFailureDecision', 'settleQuestionMail']);
  expect(asked.at(-1)).toEqual(['settleQuestionMail', 'given-up']);
});
