#!/usr/bin/env node
// `npm start` and `npx deskhand`: sets up what is missing, then hands over to src/app on a Node that can run it.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { ensureInstalled, ensureWeb, findNode, keepCompiledCode, root } from './setup.mjs';

const args = process.argv.slice(2);

keepCompiledCode();
await ensureInstalled();
if (args[0] === 'start' && !args.includes('--help')) await ensureWeb();

// Training is a tool of this repository and no part of what runs in an office.
const isTraining = args[0] === 'train';
const main = isTraining ? path.join(root, 'training', 'train-documents.ts') : path.join(root, 'src', 'app', 'main.ts');
const child = spawn(
  findNode(),
  [
    '--conditions=source',
    '--disable-warning=ExperimentalWarning',
    '--disable-warning=DeprecationWarning',
    main,
    ...(isTraining ? args.slice(1) : args),
  ],
  { stdio: 'inherit' },
);

// A terminal sends Ctrl-C to the child as well; a supervisor signals only us, so its signals are passed on.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (!process.stdin.isTTY || signal !== 'SIGINT') child.kill(signal);
  });
}

// npm answers SIGTERM by ending its shell, which tells nobody: we then see another parent. Only under npm, because
// "deskhand start &" from a shell that is closed afterwards is meant to stay.
const parent = process.ppid;
if (process.env.npm_lifecycle_event !== undefined) {
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    child.kill('SIGTERM');
  }, 500).unref();
}

child.once('error', (error) => {
  process.stderr.write(`Deskhand could not be started: ${error.message}\n`);
  process.exitCode = 1;
});
child.once('close', (code, signal) => {
  process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
});
