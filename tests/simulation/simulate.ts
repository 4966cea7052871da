import type { Engine } from '../../src/orchestration/flow.ts';
import { createFakeStore } from '../support/fake-engine/index.ts';
import { createBank, type Booking } from './bank.ts';
import { Clockwork } from './clockwork.ts';
import { createFaults } from './faults.ts';
import { troublesAtEnd, troublesOfBooking } from './invariants.ts';
import { createRecords, openTasks, type Records } from './office/records.ts';
import { Server } from './office/server.ts';
import { exportOrders, sendMails } from './outside.ts';
import { startPeople } from './people.ts';
import type { FaultKind, Mistakes, Plan } from './plan.ts';
import { startProcess } from './process.ts';

export interface Simulated {
  /** What did not hold, in sentences; empty when all did. */
  readonly troubles: readonly string[];
  readonly injected: ReadonlyMap<FaultKind, number>;
  readonly turns: number;
  readonly bookings: number;
  /** The last turns before the end, for a person. */
  readonly trace: readonly string[];
}

const hourMs = 3_600_000;
// Things go wrong for five days; then everybody has a month.
const troubledMs = 120 * hourMs;
const mostMs = troubledMs + 720 * hourMs;
// A run takes a few hundred to a few thousand; one that takes more goes round in circles.
const mostTurns = 60_000;
const traceLength = 40;

/** Runs one plan from Ana's Monday to rest. The same plan gives the same run, turn by turn. */
export async function simulate(plan: Plan, mistakes: Mistakes = {}): Promise<Simulated> {
  const clockwork = new Clockwork(plan.turns);
  const faults = createFaults(plan.faults);
  const records = createRecords();
  const store = createFakeStore();
  const troubles: string[] = [];
  const ledger: Booking[] = [];
  const bank = createBank(clockwork, faults, (booking) => {
    ledger.push(booking);
    troubles.push(...troublesOfBooking(records, ledger, booking));
  });
  const office = { records, clockwork, faults, mistakes };
  let process: { readonly server: Server; readonly engine: Engine } | null = null;
  const launch = async (): Promise<void> => {
    const server = new Server(office);
    process = { server, engine: await startProcess(server, bank, store) };
  };
  const crash = async (): Promise<void> => {
    if (process === null) return;
    process.server.isAlive = false;
    await process.engine.stop();
    process = null;
    clockwork.after(clockwork.between(1000, hourMs), 'the server starts again', () => void launch());
  };
  await launch();
  const begunAt = clockwork.now();
  const isTroubled = (): boolean => clockwork.now() - begunAt < troubledMs;
  const outside = { records, clockwork, faults, isUp: () => process !== null };
  const messages = sendMails(outside, plan.papers);
  exportOrders(outside, plan.papers);
  startPeople({ ...outside, mistakes, bank, isDiligent: () => !isTroubled() });

  const trace: string[] = [];
  let isQuiet = false;
  while (troubles.length === 0 && !isQuiet && clockwork.now() - begunAt < mostMs) {
    const turn = clockwork.next();
    if (turn === null) break;
    trace.push(`${new Date(clockwork.now()).toISOString()} ${turn.label}`);
    if (trace.length > traceLength) trace.shift();
    if (process !== null && faults.happens('crash')) {
      trace.push('crash');
      await crash();
    }
    turn.work();
    await settled();
    if (!isTroubled()) {
      faults.end();
      isQuiet = isAtRest(records, store, process !== null);
    }
    if (clockwork.turns > mostTurns) troubles.push('It never comes to rest.');
  }
  if (troubles.length === 0) {
    const runs = await runsOf(process);
    troubles.push(...troublesAtEnd({ records, store, ledger, messages, runs }));
  }
  await crash();
  return { troubles, injected: faults.injected, turns: clockwork.turns, bookings: ledger.length, trace };
}

async function runsOf(process: { readonly engine: Engine } | null): ReturnType<Engine['runs']> {
  return process === null ? [] : process.engine.runs({ limit: 500 });
}

function isAtRest(records: Records, store: ReturnType<typeof createFakeStore>, isUp: boolean): boolean {
  if (!isUp || records.isPaused || records.outbox.some(({ relayed }) => !relayed)) return false;
  if ([...store.runs.values()].some(({ status }) => status === 'open')) return false;
  if ([...records.payments.values()].some(({ payment }) => payment.status === 'scheduled' || payment.status === 'in-run')) return false;
  return openTasks(records, () => true).length === 0;
}

/** All that follows from a turn at once: promises, no timers. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
