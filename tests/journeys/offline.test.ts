import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { MondayReport } from '../support/monday.ts';
import { namespaceMissing, runIsolated } from '../support/network-namespace.ts';

const missing = namespaceMissing();
const name = missing === null ? '' : ` (skipped: ${missing})`;
const readByOcr = fileURLToPath(new URL('../support/run-ocr.ts', import.meta.url));
const program = fileURLToPath(new URL('../support/run-monday.ts', import.meta.url));

test.skipIf(missing !== null).each([
  ['an address', 'fetch("http://192.0.2.7").catch(() => {})'],
  ['an IPv6 address', 'fetch("http://[2001:db8::7]").catch(() => {})'],
  ['a name', 'fetch("http://deskhand.example").catch(() => {})'],
])(`the count sees a call to %s${name}`, async (_what, code) => {
  const { exitCode, attemptsToLeave } = await runIsolated(process.execPath, ['-e', code]);
  expect(exitCode).toBe(0);
  expect(attemptsToLeave).toBeGreaterThan(0);
});

test.skipIf(missing !== null)(`reading by OCR calls nobody${name}`, async () => {
  const { exitCode, output, attemptsToLeave } = await runIsolated(process.execPath, ['--conditions=source', readByOcr]);
  expect(exitCode, output).toBe(0);
  expect(attemptsToLeave).toBe(0);
});

test.skipIf(missing !== null)(`the whole Monday without a way out of the machine, and nothing tries to leave${name}`, async () => {
  const { exitCode, output, attemptsToLeave } = await runIsolated(process.execPath, ['--conditions=source', program]);
  expect(exitCode, output).toBe(0);
  const report = JSON.parse(output.trimEnd().split('\n').at(-1) ?? '') as MondayReport;
  expect(report.messages).toBeGreaterThanOrEqual(40);
  expect(report.unhandled).toBe(0);
  expect(report.approved).toBeGreaterThan(0);
  expect(report.run.status).toBe('released');
  expect(report.bankFile).toContain('urn:iso:std:iso:20022:tech:xsd:pain.001.001.09');
  expect(report.bankFile.match(/<CdtTrfTxInf>/g)).toHaveLength(report.run.count);
  expect(report.audit).toMatchObject({ isIntact: true, firstFault: null });
  expect(attemptsToLeave).toBe(0);
});
