// `npm test`: sets up what is missing, then runs unit, architecture and integration tests (and more when named).
// Arguments go to Vitest; `--journeys` adds the browser journeys.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureInstalled, findNode, keepCompiledCode, root, runProgram, say } from './setup.mjs';

const standardProjects = ['unit', 'architecture', 'integration'];

/** Runs the tests and prints `tests: N passed, N failed` alone on the last line. @returns the exit status. */
export async function runTests(args) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'deskhand-report-'));
  const report = path.join(folder, 'report.json');
  const withJourneys = args.includes('--journeys');
  const passedOn = args.filter((arg) => arg !== '--journeys');
  const projects = passedOn.includes('--project') ? [] : [...standardProjects, ...(withJourneys ? ['journeys'] : [])];
  const vitest = path.join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const status = await runProgram(findNode(), [
    '--disable-warning=ExperimentalWarning',
    vitest,
    'run',
    ...projects.flatMap((name) => ['--project', name]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    // Real servers on a loaded CI machine get a second try, which the output shows (`retry x1`).
    ...(process.env.CI === undefined ? [] : ['--retry=1']),
    ...passedOn,
  ]);
  const { passed, failed } = countTests(report);
  rmSync(folder, { recursive: true, force: true });
  process.stdout.write(`tests: ${passed} passed, ${failed} failed\n`);
  return status !== 0 || failed > 0 || passed === 0 ? 1 : 0;
}

/** A test file that could not even be loaded counts as one failed test. */
function countTests(report) {
  if (!existsSync(report)) {
    say('Vitest ended without a report.');
    return { passed: 0, failed: 1 };
  }
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  const unloaded = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  );
  return { passed: numPassedTests, failed: numFailedTests + unloaded.length };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  keepCompiledCode();
  await ensureInstalled();
  process.exitCode = await runTests(process.argv.slice(2));
}
