// A process of its own for tests that kill it: takes the data folder, starts the database, says so, and waits.
import { createLog, lockInstance, startPostgres } from '#platform';

const dataFolder = process.argv[2] ?? '';
const lock = await lockInstance(dataFolder);
const server = await startPostgres(dataFolder, createLog({ level: 'silent' }));
await lock.announce('http://127.0.0.1:3999');
process.once('SIGTERM', async () => {
  await server.stop();
  await lock.release();
  process.exit(0);
});
// Last: whoever reads it may end this process at once.
process.stdout.write(`${server.url}\n`);
setInterval(() => null, 60_000);
