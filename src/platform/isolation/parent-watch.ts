/** Thread of an isolated process: ends the process within a second after its parent has died, whatever the main thread does. */
import { workerData } from 'node:worker_threads';

// Told by the main thread at its start: by the time this thread runs, the parent may be gone already.
const parentId = workerData as number;

setInterval(() => {
  // An orphan is handed to another process (init or a subreaper), so that its parent's number changes.
  if (process.ppid !== parentId) process.kill(process.pid, 'SIGKILL');
}, 1_000);
