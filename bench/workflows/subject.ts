// One measurement in a process of its own: DBOS exists once in a process, and memory is counted by process.
import { measureWaiting } from './waiting.ts';
import { carriers, type CarrierName } from './five-steps.ts';

const [part, name, databaseUrl, size] = process.argv.slice(2) as [string, string, string, string];
const count = Number(size);
const result =
  part === 'rate'
    ? await atRate(name as CarrierName, count)
    : part === 'throughput'
      ? await throughput(name as CarrierName, count)
      : await measureWaiting(databaseUrl, count);
process.stdout.write(`${JSON.stringify(result)}\n`);
process.exit(0);

/** A hundred begin each second, whether or not those before have ended. @returns milliseconds from start to finish */
async function atRate(carrierName: CarrierName, workflows: number): Promise<readonly number[]> {
  const carrier = await carriers[carrierName](databaseUrl);
  const times: number[] = [];
  const one = async (id: string): Promise<void> => {
    const startedAt = performance.now();
    await carrier.carry(id);
    times.push(performance.now() - startedAt);
  };
  // The first ones pay for plans and connections.
  await Promise.all(Array.from({ length: 50 }, (_, warm) => carrier.carry(`warm-${warm}`)));
  const begunAt = performance.now();
  const running: Promise<void>[] = [];
  for (let begun = 0; begun < workflows; begun += 1) {
    const waitMs = begunAt + begun * 10 - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    running.push(one(`rate-${begun}`));
  }
  await Promise.all(running);
  await carrier.close();
  return times;
}

export interface Throughput {
  readonly perSecond: number;
  /** Of the process that carries, without Postgres. */
  readonly cpuMsEach: number;
}

/** A hundred at once, the next as soon as one ends. */
async function throughput(carrierName: CarrierName, workflows: number): Promise<Throughput> {
  const carrier = await carriers[carrierName](databaseUrl);
  await Promise.all(Array.from({ length: 50 }, (_, warm) => carrier.carry(`warm-${warm}`)));
  let next = 0;
  const cpu = process.cpuUsage();
  const begunAt = performance.now();
  const lane = async (): Promise<void> => {
    while (next < workflows) {
      next += 1;
      await carrier.carry(`many-${next}`);
    }
  };
  await Promise.all(Array.from({ length: 100 }, lane));
  const perSecond = workflows / ((performance.now() - begunAt) / 1000);
  const { user, system } = process.cpuUsage(cpu);
  await carrier.close();
  return { perSecond, cpuMsEach: (user + system) / 1000 / workflows };
}
