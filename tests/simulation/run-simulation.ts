// Runs the office over many seeds: `npm run simulate -- --seeds 1000`, or one that failed: `npm run simulate -- --seed 7`.
import { parseArgs } from 'node:util';
import { runSeed, shrinkSeed, type Finding } from './check-seed.ts';
import { faultKinds, type FaultKind, type Mistakes } from './plan.ts';

const usage = `npm run simulate -- --seeds 1000 [--from 1]   many seeds, one after the other
npm run simulate -- --seed 7                    one, made as small as it still fails
  --mistake sendsWithoutAsking | confirmsBeforeHandOver | approvalsCoverAnything   plants a known mistake
`;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    mistake: { type: 'string', multiple: true, default: [] },
    help: { type: 'boolean', default: false },
  },
});
const first = Number(values.seed ?? values.from);
const count = values.seed === undefined ? Number(values.seeds) : 1;
const known: readonly string[] = ['sendsWithoutAsking', 'confirmsBeforeHandOver', 'approvalsCoverAnything'] satisfies (keyof Mistakes)[];
const isWrong = !Number.isInteger(first) || !Number.isInteger(count) || count < 1 || values.mistake.some((name) => !known.includes(name));
if (values.help || isWrong) {
  process.stdout.write(usage);
  process.exitCode = isWrong ? 2 : 0;
} else {
  process.exitCode = await runSeeds(first, count, Object.fromEntries(values.mistake.map((name) => [name, true])));
}

/** @returns the exit status */
async function runSeeds(from: number, seeds: number, mistakes: Mistakes): Promise<number> {
  const injected = new Map<FaultKind, number>();
  const failing: number[] = [];
  let [turns, bookings] = [0, 0];
  const begunAt = performance.now();
  for (let seed = from; seed < from + seeds && failing.length < 5; seed += 1) {
    const { simulated } = await runSeed(seed, mistakes);
    turns += simulated.turns;
    bookings += simulated.bookings;
    for (const [kind, times] of simulated.injected) injected.set(kind, (injected.get(kind) ?? 0) + times);
    if (simulated.troubles.length > 0) failing.push(seed);
  }
  const seconds = (performance.now() - begunAt) / 1000;
  for (const seed of failing) report(seed, mistakes, await shrinkSeed(seed, mistakes));
  const faults = [...injected.values()].reduce((sum, times) => sum + times, 0);
  say(
    `seeds ${from} to ${from + seeds - 1}, ${(seeds / seconds).toFixed(0)} a second: ${turns} turns, ${bookings} payments at the bank, ${faults} faults`,
  );
  for (const kind of faultKinds) say(`${String(injected.get(kind) ?? 0).padStart(8)}  ${kind}`);
  say(failing.length === 0 ? 'Nothing lost, nothing doubled, nothing stuck.' : `Failing seeds: ${failing.join(', ')}.`);
  return failing.length === 0 ? 0 : 1;
}

function report(seed: number, mistakes: Mistakes, finding: Finding | null): void {
  const planted = Object.keys(mistakes).map((name) => ` --mistake ${name}`);
  say(`\nSeed ${seed} fails. Again: npm run simulate -- --seed ${seed}${planted.join('')}`);
  if (finding === null) return say('It did not fail a second time: the simulator is not deterministic, which is a mistake of its own.');
  for (const trouble of finding.simulated.troubles) say(`  ${trouble}`);
  say(`  smallest plan: ${JSON.stringify(finding.plan)}`);
  say('  its last turns:');
  for (const line of finding.simulated.trace) say(`    ${line}`);
}
