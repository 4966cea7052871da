import type { GeneratedAlways } from 'kysely';
import type { CreatedAt, Day, Instant, Json, OrNull } from './column-types.ts';

/** The tables of policies. */
export interface PolicyTables {
  policy_versions: PolicyVersionsTable;
  policy_activations: PolicyActivationsTable;
  decision_facts: DecisionFactsTable;
}

/** A version of the policy tables as it was saved, for ever. */
interface PolicyVersionsTable {
  organization_id: string;
  version: number;
  content: Json<unknown>;
  note: string;
  created_by: string;
  created_at: CreatedAt;
}
/** Since when a version decides, and who of the two people switched it on. */
interface PolicyActivationsTable {
  id: GeneratedAlways<number>;
  organization_id: string;
  version: number;
  author: string;
  activated_by: string;
  effective_on: Day;
  created_at: CreatedAt;
}
/** What was known when an invoice was decided last, for a backtest. */
interface DecisionFactsTable {
  organization_id: string;
  invoice_id: string;
  matching: Json<unknown>;
  approval: OrNull<unknown, string>;
  policy_version: OrNull<number>;
  decided_at: Instant;
}
