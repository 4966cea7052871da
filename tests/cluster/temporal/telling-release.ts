import { proxySinks, type Sinks } from '@temporalio/workflow';
import { carryWorkflows, type RunNews } from '../../../src/orchestration/engines/temporal/carry-workflows.ts';
import { contractPolicies } from '../../contract/activities.ts';
import { workflows } from '../../contract/workflows.ts';

const { deskhand } = proxySinks<Sinks & { readonly deskhand: { told(news: RunNews): void } }>();

/** As `first-release.ts`, for replays that tell what runs did. */
// Temporal calls a module's default export for every workflow type.
// oxlint-disable-next-line import/no-default-export
export default carryWorkflows(workflows as never, contractPolicies, { deadAfterMs: 10_000, tell: (news) => deskhand.told(news) });
