import type { Flow } from '../flow.ts';
import type { Activities } from '../activities/index.ts';
import { attended } from './attended.ts';
import { untilSettled } from './until-news.ts';

export interface MessageWork {
  readonly organizationId: string;
  readonly eventId: string;
  readonly traceParent: string | null;
}

/** A message from its arrival to its documents, each of which goes on in a workflow of its own. */
export async function handleMessage(flow: Flow<Activities>, work: MessageWork): Promise<void> {
  const { organizationId, eventId } = work;
  const subject = { organizationId, eventId };
  const unpacked = await attended(flow, subject, () => flow.run('unpackMessage', subject));
  if (unpacked?.isAsking === true) await attended(flow, subject, () => untilSettled(flow, subject));
}
