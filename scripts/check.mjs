// `npm run check`: everything that must hold before a commit reaches others, the cheap first.
// `--without-tests` stops before the tests; other arguments go to Vitest.
import path from 'node:path';
import { ensureInstalled, findNode, root, runProgram, say } from './setup.mjs';
import { runTests } from './test.mjs';

await ensureInstalled();

const tool = (name, ...file) => path.join(root, 'node_modules', name, ...file);
const steps = [
  ['format', [tool('oxfmt', 'bin', 'oxfmt'), '--check', '.']],
  ['lint', [tool('oxlint', 'bin', 'oxlint'), '--type-aware', '--deny-warnings']],
  ['types', [tool('typescript', 'bin', 'tsc'), '-b']],
  ['unused', [tool('knip', 'bin', 'knip.js')]],
  ['reference', ['--conditions=source', path.join(root, 'scripts', 'reference.mjs'), '--check']],
];

const failures = [];
for (const [name, args] of steps) {
  const startedAt = Date.now();
  const status = await runProgram(findNode(), args);
  say(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
  if (status !== 0) failures.push(name);
}
// The count of tests must be the last line, so what failed before it is said before.
if (failures.length > 0) say(`Checks that failed: ${failures.join(', ')}.`);
const args = process.argv.slice(2);
const status = args.includes('--without-tests') ? 0 : await runTests(args);
process.exitCode = failures.length > 0 ? 1 : status;
