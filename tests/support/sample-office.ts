import type { Overview } from '../../src/interfaces/api/contract.ts';
import type { TestClient } from './client.ts';

/** The sample mailbox has at least this many messages. */
export const sampleMessages = 40;

/**
 * Waits until every message of the sample office has been handled and nothing has moved for a while.
 *
 * @returns when it came to rest, by `performance.now()`: the moment from which nothing moved any more.
 */
export async function untilHandled(client: TestClient, quietMs = 3000): Promise<number> {
  let last = '';
  let restedAt = performance.now();
  for (;;) {
    const overview = await client.get<Overview>('/v1/overview');
    const now = JSON.stringify(overview);
    if (now !== last || !isHandled(overview)) restedAt = performance.now();
    else if (performance.now() - restedAt >= quietMs) return restedAt;
    last = now;
    await new Promise((resume) => setTimeout(resume, 200));
  }
}

function isHandled({ messages, documents }: Overview): boolean {
  return messages.received >= sampleMessages && messages.handled === messages.received && documents.waiting === 0;
}
