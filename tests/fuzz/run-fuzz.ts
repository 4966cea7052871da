// Mutated files through the real readers: `npm run fuzz -- [--inputs 20000] [--seed N]`, or one again: `--file PATH` or `--seed N --only I`.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { fuzz, judge, openReaders, readersInProcess, type FuzzReport } from './fuzz.ts';
import { makeInput, type FuzzInput } from './make-input.ts';
import { collectSeeds } from './seeds.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '20000' },
    seed: { type: 'string' },
    only: { type: 'string' },
    file: { type: 'string' },
    mail: { type: 'boolean', default: false },
    kinds: { type: 'string', default: '' },
    'in-process': { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000_000);
const inputs = Number(values.inputs);
if (!Number.isInteger(seed) || !Number.isInteger(inputs) || inputs < 1) {
  say(
    'npm run fuzz -- [--inputs 20000] [--seed N] [--kinds pdf,mail,markup,package,text,picture,other] [--only I] [--file PATH [--mail]] [--in-process]',
  );
  process.exitCode = 2;
} else if (values.file !== undefined || values.only !== undefined) {
  process.exitCode = await runOne(await givenInput());
} else {
  process.exitCode = await runMany();
}

function open(): ReturnType<typeof openReaders> {
  return values['in-process'] ? readersInProcess() : openReaders();
}

async function givenInput(): Promise<FuzzInput> {
  if (values.file === undefined) return makeInput(await collectSeeds(), seed, Number(values.only));
  return {
    index: 0,
    kind: values.mail ? 'mail' : 'other',
    fileName: basename(values.file),
    bytes: readFileSync(values.file),
    story: values.file,
  };
}

async function runOne(input: FuzzInput): Promise<number> {
  const readers = open();
  const { faults, outcome, ms } = await judge(readers, input);
  await readers.close();
  say(`${input.story}, ${input.bytes.length} bytes: ${outcome}, ${ms} ms`);
  for (const fault of faults) say(`  ${fault}`);
  return faults.length === 0 ? 0 : 1;
}

async function runMany(): Promise<number> {
  const kinds = values.kinds.split(',').filter(Boolean);
  const seeds = (await collectSeeds()).filter(({ kind }) => kinds.length === 0 || kinds.includes(kind));
  say(`fuzz: ${inputs} inputs from ${seeds.length} files, seed ${seed}`);
  const report = await fuzz(open(), seeds, { inputs, seed });
  print(report);
  return report.findings.length === 0 ? 0 : 1;
}

function print({ findings, outcomes, slowest, cpuSeconds, seconds, peakMegabytes }: FuzzReport): void {
  for (const { input, faults, path } of findings) {
    say(`\n${input.story}: ${faults.join('; ')}`);
    say(`  again: npm run -s fuzz -- --file ${path}${input.kind === 'mail' ? ' --mail' : ''}`);
  }
  say('');
  for (const [outcome, count] of [...outcomes].toSorted((left, right) => right[1] - left[1]))
    say(`${String(count).padStart(8)}  ${outcome}`);
  say(`slowest: ${slowest.map(({ input, ms }) => `${ms} ms ${input.story}`).join(' | ')}`);
  say(`${seconds.toFixed(0)} s, ${cpuSeconds.toFixed(0)} CPU s, at most ${peakMegabytes} MB in one reading process; seed ${seed}`);
  say(`tests: ${inputs - findings.length} passed, ${findings.length} failed`);
}
