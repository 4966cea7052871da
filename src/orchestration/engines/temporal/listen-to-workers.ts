import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import type { Log } from '#platform';

let isHeard = false;

/** What Temporal's workers and their native core say goes to our log; their runtime is one a process. */
export function listenToWorkers(log: Pick<Log, 'error' | 'warn'>): void {
  if (isHeard) return;
  isHeard = true;
  const logger = new DefaultLogger('WARN', ({ level, message }) => {
    // Said of every worker of activities alone.
    if (message.startsWith('No workflows registered')) return;
    // Without its particulars, which may quote a failure.
    log[level === 'ERROR' ? 'error' : 'warn']({ event: 'engine.temporal' }, message);
  });
  const logging = { filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }), forward: {} };
  Runtime.install({ logger, telemetryOptions: { logging } });
}
