import { carryWorkflows } from '../../../src/orchestration/engines/temporal/carry-workflows.ts';
import { contractPolicies } from '../../contract/activities.ts';
import { workflows } from '../../contract/second-release.ts';

// Temporal calls a module's default export for every workflow type.
// oxlint-disable-next-line import/no-default-export
export default carryWorkflows(workflows as never, contractPolicies);
