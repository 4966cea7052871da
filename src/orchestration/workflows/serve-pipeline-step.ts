import type { Activities } from '../activities/index.ts';
import type { Flow } from '../flow.ts';
import { attended } from './attended.ts';
import { news } from './signals.ts';
import { taskMoments } from './until-news.ts';

export interface PipelineStepWork {
  readonly organizationId: string;
  readonly stepId: string;
  readonly traceParent: string | null;
}

/** One step of an outside pipeline, from its call to the call back. Ends with the person's word, the document's rest, or the deadline. */
export async function servePipelineStep(flow: Flow<Activities>, work: PipelineStepWork): Promise<void> {
  const { organizationId, stepId } = work;
  const subject = { organizationId, stepId };
  await attended(flow, { organizationId }, async () => {
    await flow.run('openPipelineStep', subject);
    for (;;) {
      const seen = await flow.run('readPipelineStep', subject);
      if (seen.isEnded) break;
      const hasMoments = await flow.hasChange(taskMoments);
      const asked = hasMoments ? await flow.run('lookAtTasks', { organizationId }) : seen;
      const answer = await flow.waitFor(news, { timeoutMs: Math.min(seen.lookAgainInMs, asked.lookAgainInMs) });
      if (hasMoments && answer.kind === 'timed-out') await flow.run('remind', { organizationId });
    }
    await flow.run('answerPipeline', subject);
  });
}
