import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { CreateStateMachineCommand, DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TaskSummary } from '../../src/interfaces/api/contract.ts';
import { signIn, type TestClient } from '../support/client.ts';
import { pythonPeer, startPeer } from '../support/python-peer.ts';
import { freePort, startTestServer, type TestServer } from '../support/server.ts';

const moto = pythonPeer('moto', 'moto_server');
const dagster = pythonPeer('dagster', 'dagster');
for (const peer of [moto, dagster]) if ('missing' in peer) process.stderr.write(`Pipeline tests skipped: ${peer.missing}\n`);

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
const region = 'eu-central-1';
let server: TestServer;
let manager: TestClient;
let controller: TestClient;
let aws = '';
let stopMoto: (() => Promise<void>) | null = null;

beforeAll(async () => {
  aws = `http://127.0.0.1:${await freePort()}`;
  if ('file' in moto) {
    stopMoto = (await startPeer(moto.file, ['-H', '127.0.0.1', '-p', new URL(aws).port], aws)).stop;
    await fetch(`${aws}/moto-api/config`, { method: 'POST', body: JSON.stringify({ stepfunctions: { execute_state_machine: true } }) });
  }
  server = await startTestServer({
    DESKHAND_AWS_REGION: region,
    DESKHAND_AWS_ENDPOINT: aws,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  });
  manager = await signIn(server.url, 'office-manager');
  controller = await signIn(server.url, 'controller');
});
afterAll(async () => {
  await server?.remove();
  await stopMoto?.();
});

async function untilQuestion(title: string): Promise<TaskSummary> {
  return await eventually(async () => (await controller.all<TaskSummary>('/v1/tasks')).find((task) => task.title === title));
}

async function eventually<Found>(look: () => Promise<Found | undefined>): Promise<Found> {
  for (let tries = 0; tries < 600; tries += 1) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resume) => setTimeout(resume, 100));
  }
  throw new Error('It did not come within a minute.');
}

/** SQS by its JSON protocol; moto checks no signature. */
async function sqs<Answer>(action: string, body: unknown): Promise<Answer> {
  const authorization = `AWS4-HMAC-SHA256 Credential=test/20261123/${region}/sqs/aws4_request, SignedHeaders=host, Signature=0`;
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AmazonSQS.${action}`, authorization };
  return (await (await fetch(aws, { method: 'POST', headers, body: JSON.stringify(body) })).json()) as Answer;
}

/** A state machine that puts a question on a queue and waits for its task token, then goes on as the person decided. */
function definitionOf(queueUrl: string): string {
  return JSON.stringify({
    StartAt: 'Ask',
    States: {
      Ask: {
        Type: 'Task',
        Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
        Parameters: { QueueUrl: queueUrl, MessageBody: { 'taskToken.$': '$$.Task.Token', 'execution.$': '$$.Execution.Name' } },
        Next: 'Decided',
      },
      Decided: { Type: 'Choice', Choices: [{ Variable: '$.result.decision', StringEquals: 'load', Next: 'Load' }], Default: 'Skip' },
      Load: { Type: 'Pass', Result: { loaded: true }, ResultPath: '$.load', End: true },
      Skip: { Type: 'Succeed' },
    },
  });
}

test.skipIf('missing' in moto)('a Step Functions state waits for its task token until a person has decided', async () => {
  const machines = new SFNClient({ region, endpoint: aws, credentials });
  const { QueueUrl: queueUrl } = await sqs<{ QueueUrl: string }>('CreateQueue', { QueueName: 'ask-deskhand' });
  const { stateMachineArn } = await machines.send(
    new CreateStateMachineCommand({
      name: 'nightly-load',
      definition: definitionOf(queueUrl),
      roleArn: 'arn:aws:iam::123456789012:role/states',
    }),
  );
  const { executionArn } = await machines.send(new StartExecutionCommand({ stateMachineArn, name: 'night-1', input: '{}' }));
  const message = await eventually(
    async () => (await sqs<{ Messages?: { Body: string }[] }>('ReceiveMessage', { QueueUrl: queueUrl })).Messages?.[0],
  );
  const { taskToken, execution } = JSON.parse(message.Body) as { taskToken: string; execution: string };

  // A queue delivers at least once: the second delivery finds the first step.
  const request = {
    kind: 'decision',
    title: 'Load the ledger of the night?',
    question: '4,213 rows. Load them?',
    choices: ['load', 'skip'],
    role: 'controller',
  };
  const put = { method: 'PUT', headers: { ...manager.headers, 'content-type': 'application/json' } };
  const body = JSON.stringify({ request, callback: { kind: 'step-functions', taskToken } });
  const statuses = [];
  for (let delivery = 0; delivery < 2; delivery += 1)
    statuses.push((await fetch(`${server.url}/v1/pipeline-steps/${execution}`, { ...put, body })).status);
  expect(statuses).toEqual([201, 200]);

  const task = await untilQuestion(request.title);
  expect((await machines.send(new DescribeExecutionCommand({ executionArn }))).status).toBe('RUNNING');
  await controller.post(`/v1/tasks/${task.id}/decision`, { decision: 'load' });
  const ended = await eventually(async () => {
    const execution = await machines.send(new DescribeExecutionCommand({ executionArn }));
    return execution.status === 'RUNNING' ? undefined : execution;
  });
  expect(ended.status).toBe('SUCCEEDED');
  expect(JSON.parse(ended.output ?? '{}')).toMatchObject({ outcome: 'done', result: { decision: 'load' }, load: { loaded: true } });
});

test.skipIf('missing' in dagster)('a Dagster job asks once, though its op was retried, and goes on as the person decided', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'deskhand-dagster-'));
  const resultFile = path.join(folder, 'result.json');
  const file = fileURLToPath(new URL('dagster-pipeline.py', import.meta.url));
  const child = spawn('file' in dagster ? dagster.file : '', ['job', 'execute', '-f', file, '-j', 'nightly_load'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      DAGSTER_HOME: folder,
      DAGSTER_DISABLE_TELEMETRY: '1',
      OFFICE_URL: server.url,
      OFFICE_TOKEN: (manager.headers['authorization'] ?? '').replace('Bearer ', ''),
      RESULT_FILE: resultFile,
    },
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const task = await untilQuestion('Load the ledger?');
  await controller.post(`/v1/tasks/${task.id}/decision`, { decision: 'skip', note: 'After the audit.' });
  expect(await ended, printed).toBe(0);
  expect(JSON.parse(await readFile(resultFile, 'utf8'))).toEqual({ decision: 'skip', loaded: false });
  const asked = (await controller.all<TaskSummary>('/v1/tasks?view=done')).filter((one) => one.title === 'Load the ledger?');
  expect(asked).toHaveLength(1);
  await rm(folder, { recursive: true, force: true });
});
