import type { ActivityContext } from '../../../src/orchestration/flow.ts';
import { DeskhandError } from '#domain/errors';
import type { Clockwork } from '../clockwork.ts';
import type { Faults } from '../faults.ts';
import type { Mistakes } from '../plan.ts';
import type { Records } from './records.ts';

const databaseAway = { code: 'DH_PLATFORM_DATABASE_UNREACHABLE', kind: 'unavailable', retryable: true } as const;

/** One life of the server's process: after a crash none of its code goes on. */
export class Server {
  isAlive = true;
  readonly records: Records;
  readonly clockwork: Clockwork;
  readonly faults: Faults;
  readonly mistakes: Mistakes;

  constructor(office: { readonly records: Records; readonly clockwork: Clockwork; readonly faults: Faults; readonly mistakes: Mistakes }) {
    this.records = office.records;
    this.clockwork = office.clockwork;
    this.faults = office.faults;
    this.mistakes = office.mistakes;
  }

  /** Lets others have their turn; never returns to a process that has died. */
  turn(label: string, afterMs = 0): Promise<void> {
    return new Promise((resolve) => {
      const go = (): void => {
        if (this.isAlive) resolve();
      };
      if (afterMs === 0) this.clockwork.soon(label, go);
      else this.clockwork.after(afterMs, label, go);
    });
  }

  /** One transaction: not begun, or whole, though its answer may be lost. */
  async transact<Result>(label: string, work: () => Result): Promise<Result> {
    await this.turn(`${label}: begin`);
    if (this.faults.happens('database refuses')) throw new DeskhandError(databaseAway, 'The database is away.');
    const result = work();
    if (this.faults.happens('database answer lost')) throw new DeskhandError(databaseAway, 'The answer was lost.');
    await this.turn(`${label}: committed`);
    return result;
  }

  /** As `activities/once.ts`: the effect of an idempotency key happens once. */
  async once<Result>({ idempotencyKey }: ActivityContext, work: () => Result): Promise<Result> {
    // An attempt that was given up may still be at it when the next one begins.
    if (this.faults.happens('activity outlives its time')) await this.turn('a slow activity goes on', 90_000);
    return this.transact(idempotencyKey, () => {
      const { effects } = this.records;
      const done = effects.get(idempotencyKey);
      if (done !== undefined) return JSON.parse(done) as Result;
      const result = work();
      effects.set(idempotencyKey, JSON.stringify(result));
      return result;
    });
  }
}
