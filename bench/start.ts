import { signIn } from '../tests/support/client.ts';
import { untilHandled } from '../tests/support/sample-office.ts';
import { startTestServer, type TestServer } from '../tests/support/server.ts';
import { duration, megabytes, percentile, printTable } from './figures.ts';
import { watchMemory } from './process-tree.ts';

/** Cold and warm start, the sample office handled, and what memory all of it takes. */
export async function benchStart({ isSmoke }: { readonly isSmoke: boolean }): Promise<void> {
  let server: TestServer | undefined;
  const memory = watchMemory(() => server?.processes() ?? []);
  try {
    const startedAt = performance.now();
    server = await startTestServer();
    await openFirstPage(server.url);
    const coldMs = performance.now() - startedAt;
    const handledMs = (await untilHandled(await signIn(server.url, 'controller'))) - startedAt;
    const peakBytes = memory.peak();
    const warmMs = await startAgain(server, isSmoke ? 1 : 5);
    // Readers and unpackers without work end after a minute; until then their memory is not at rest.
    await new Promise((resume) => setTimeout(resume, isSmoke ? 5000 : 75_000));
    printTable(
      `Start: data folder absent, packages installed${isSmoke ? '' : `; warm: median of ${warmMs.length}`}`,
      ['', 'measured', 'limit'],
      [
        ['cold start to the first page', duration(coldMs), '3 min from a cold clone, installation included'],
        ['sample office handled, from the start', duration(handledMs), '60 s after the first start'],
        ['warm start to the first page', duration(percentile(warmMs, 50)), '8 s'],
        ['memory while the sample office is handled, peak', megabytes(peakBytes), ''],
        ['memory at rest', megabytes(memory.now()), ''],
      ],
    );
  } finally {
    memory.stop();
    await server?.remove();
  }
}

async function startAgain(server: TestServer, times: number): Promise<readonly number[]> {
  const taken: number[] = [];
  for (let time = 0; time < times; time += 1) {
    await server.interrupt();
    const startedAt = performance.now();
    await server.start();
    await openFirstPage(server.url);
    taken.push(performance.now() - startedAt);
  }
  return taken;
}

/** The page with everything that its HTML names: scripts and styles, as a browser would load them. */
async function openFirstPage(url: string): Promise<void> {
  const page = await readText(`${url}/`);
  const files = [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].flatMap(([, file]) => file ?? []);
  await Promise.all(files.map((file) => readText(`${url}${file}`)));
}

async function readText(address: string): Promise<string> {
  const answer = await fetch(address);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}: ${text.slice(0, 200)}`);
  return text;
}
