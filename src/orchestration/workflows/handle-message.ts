import type { Flow } from '../flow.ts';
import type { Activities } from '../activities/index.ts';
import { attended } from './attended.ts';
import { untilSettled } from './until-news.ts';

export interface MessageWork {
  readonly organizationId: string;
  readonly eventId: string;
  readonly traceParent: string | null;
}

/** Runs that had begun before answers to questions were tied go on without. */
const tiedAnswers = 'tied-answers';

/** A message from its arrival to its documents, each of which goes on in a workflow of its own. */
export async function handleMessage(flow: Flow<Activities>, work: MessageWork): Promise<void> {
  const { organizationId, eventId } = work;
  const subject = { organizationId, eventId };
  const ties = await flow.hasChange(tiedAnswers);
  const unpacked = await attended(flow, subject, () => flow.run('unpackMessage', subject));
  if (unpacked !== null && ties) await attended(flow, subject, () => flow.run('tieAnswer', subject));
  if (unpacked?.isAsking === true) await attended(flow, subject, () => untilSettled(flow, subject));
}
