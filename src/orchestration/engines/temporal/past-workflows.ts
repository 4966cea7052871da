import { proxySinks, type Sinks } from '@temporalio/workflow';
import { activityPolicies } from '../../activities/policies.ts';
import { workflows } from '../../workflows/index.ts';
import { carryWorkflows, type RunNews } from './carry-workflows.ts';

interface PastSinks extends Sinks {
  readonly deskhand: { told(news: RunNews): void };
}

const { deskhand } = proxySinks<PastSinks>();

/** The product's workflows, for a replay that tells what they did. */
// Temporal calls a module's default export for every workflow type.
// oxlint-disable-next-line import/no-default-export
export default carryWorkflows(workflows, activityPolicies, { deadAfterMs: 10_000, tell: (news) => deskhand.told(news) });
