import type { Generated, GeneratedAlways } from 'kysely';
import type { CreatedAt, Instant, Json } from './column-types.ts';

export interface OutboxTable {
  id: Generated<string>;
  organization_id: string;
  kind: 'start' | 'signal';
  workflow_id: string;
  payload: Json<unknown>;
  trace_parent: string | null;
  created_at: CreatedAt;
  relayed_at: Instant | null;
  state: Generated<'held' | 'waiting' | 'resting' | 'admitted' | 'running' | 'settled' | 'dead'>;
  workflow: GeneratedAlways<string>;
  connection_id: Generated<string>;
  ordering_key: string | null;
  ordering_group: string | null;
  priority: Generated<number>;
  attempts: Generated<number>;
  next_attempt_at: Instant | null;
  last_error: string | null;
  admitted_at: Instant | null;
  settled_at: Instant | null;
}
export interface StreamEventsTable {
  sequence: Generated<string>;
  organization_id: Generated<string>;
  stream_kind: 'invoice' | 'payment' | 'payment-run';
  stream_id: string;
  version: number;
  type: string;
  data: Json<unknown>;
  actor: string;
  at: Instant;
  caused_by: string | null;
}
export interface EffectsTable {
  key: string;
  organization_id: string;
  result: Json<unknown>;
  created_at: CreatedAt;
}
export interface IdempotencyKeysTable {
  organization_id: string;
  member_id: string;
  key: string;
  request_sha256: string;
  status: number | null;
  body: Json<unknown> | null;
  created_at: CreatedAt;
}

export interface PipelineStepsTable {
  id: string;
  organization_id: string;
  key: string;
  kind: 'decision' | 'document';
  request: Json<unknown>;
  request_sha256: string;
  callback: Json<unknown> | null;
  event_id: string | null;
  created_by: string;
  deadline: Instant | null;
  status: Generated<'open' | 'ended'>;
  outcome: 'done' | 'timed-out' | 'failed' | null;
  result: Json<unknown> | null;
  callback_status: 'delivered' | 'gone' | null;
  created_at: CreatedAt;
  ended_at: Instant | null;
}
export interface PausesTable {
  id: string;
  organization_id: string | null;
  scope: 'installation' | 'organization' | 'connection' | 'workflow';
  subject: Generated<string>;
  reason: string;
  paused_by: string;
  paused_by_name: string;
  paused_at: Instant;
  resumed_by: string | null;
  resumed_at: Instant | null;
}
export interface PausedRunsTable {
  workflow_id: string;
  pause_id: string;
  organization_id: string;
  since: CreatedAt;
}
export interface RunSuccessorsTable {
  id: Generated<string>;
  organization_id: string;
  workflow_id: string;
  successor: string;
  created_at: CreatedAt;
}
