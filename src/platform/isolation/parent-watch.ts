/** Thread of an isolated process: ends the process within a second after its parent has died, whatever the main thread does. */
const parentId = process.ppid;

setInterval(() => {
  // An orphan is handed to another process (init or a subreaper), so that its parent's number changes.
  if (process.ppid !== parentId) process.kill(process.pid, 'SIGKILL');
}, 1_000);
