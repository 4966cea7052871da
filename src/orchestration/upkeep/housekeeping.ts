import { asDeskhandError } from '#domain/errors';
import type { Office } from '../tasks/office.ts';
import { forgetSettledWork } from '../intake/outbox-retention.ts';
import { askByPolicy } from '../questions/ask-by-policy.ts';
import { sweepTasks } from '../tasks/sweep-tasks.ts';
import { watchBackups, type LastBackup } from './watch-backups.ts';

export interface HousekeepingOptions {
  readonly office: Office;
  /** Settled work is kept so long. */
  readonly keepDays: number;
  /** Null where no backups are kept. */
  readonly lastBackup: LastBackup | null;
  /** @default 3600000 milliseconds */
  readonly forgetEveryMs?: number;
}

export interface Housekeeping {
  stop(): Promise<void>;
}

// Not in the way of a start; what is due has waited for days.
const firstAfterMs = 60_000;
const sweeping = { firstAfterMs, everyMs: 300_000 };
// Soon, and yet late enough that what is on its way may settle it first.
const asking = { firstAfterMs, everyMs: 30_000 };
const measuring = { firstAfterMs: 1000, everyMs: 30_000 };

/** What nobody asks for and nothing waits for. Any number of servers do it: each piece is for whoever comes first. */
export function startHousekeeping({ office, keepDays, lastBackup, forgetEveryMs = 3_600_000 }: HousekeepingOptions): Housekeeping {
  const chores = [
    startChore(office, 'backup.not-watched', measuring, () => watchBackups(office, lastBackup)),
    startChore(office, 'tasks.not-swept', sweeping, async () => {
      const swept = await sweepTasks(office);
      if (swept > 0) office.log.info({ event: 'tasks.swept', tasks: swept }, 'tasks that no workflow looks after were moved on');
    }),
    startChore(office, 'questions.not-asked', asking, async () => {
      const asked = await askByPolicy(office);
      if (asked > 0) office.log.info({ event: 'questions.asked-by-policy', questions: asked }, 'what the policy lets be asked was asked');
    }),
    startChore(office, 'outbox.not-forgotten', { firstAfterMs, everyMs: forgetEveryMs }, async (isStopping) => {
      const forgotten = await forgetSettledWork(office.database, keepDays, isStopping);
      if (forgotten > 0) office.log.info({ event: 'outbox.forgotten', rows: forgotten }, 'settled work was forgotten');
    }),
  ];
  return {
    async stop() {
      await Promise.all(chores.map((chore) => chore.stop()));
    },
  };
}

interface Rhythm {
  readonly firstAfterMs: number;
  readonly everyMs: number;
}

/** Does it again and again, one at a time; a failure waits for the next time. */
function startChore(
  { log }: Pick<Office, 'log'>,
  event: string,
  { firstAfterMs: first, everyMs }: Rhythm,
  work: (isStopping: () => boolean) => Promise<void>,
): Housekeeping {
  let isStopping = false;
  let running: Promise<void> = Promise.resolve();
  let timer = setTimeout(run, first);
  function run(): void {
    running = work(() => isStopping)
      .catch((thrown: unknown) =>
        log.warn({ event, code: asDeskhandError(thrown)?.code ?? null }, thrown instanceof Error ? thrown.message : String(thrown)),
      )
      .then(() => {
        if (!isStopping) timer = setTimeout(run, everyMs);
      });
  }
  return {
    async stop() {
      isStopping = true;
      clearTimeout(timer);
      await running;
    },
  };
}
