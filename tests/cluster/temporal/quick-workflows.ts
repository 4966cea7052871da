import { activityPolicies } from '../../../src/orchestration/activities/policies.ts';
import { carryWorkflows } from '../../../src/orchestration/engines/temporal/carry-workflows.ts';
import { workflows } from '../../../src/orchestration/workflows/index.ts';

/** The product's workflows, for tests that kill: a dead worker is noticed sooner. */
// Temporal calls a module's default export for every workflow type.
// oxlint-disable-next-line import/no-default-export
export default carryWorkflows(workflows, activityPolicies, { deadAfterMs: 1500 });
