/** Starts a Deskhand of its own, runs Ana's Monday on it and prints the report as JSON on the last line. */
import { runMonday } from './monday.ts';
import { startTestServer } from './server.ts';

const server = await startTestServer();
try {
  const report = await runMonday(server.url);
  process.stdout.write(`\n${JSON.stringify(report)}\n`);
} catch (thrown) {
  process.stdout.write(`${server.output()}\n`);
  throw thrown;
} finally {
  await server.remove();
}
