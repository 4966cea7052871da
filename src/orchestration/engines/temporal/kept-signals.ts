import type pg from 'pg';
import type { SentSignal } from './wire.ts';

/** Every signal ever sent, in Postgres: Temporal refuses one to a workflow that it does not know (yet). */
export interface KeptSignals {
  keep(workflowId: string, signal: SentSignal): Promise<void>;
  /** Those that the embedded engine had not handed over, oldest first. */
  of(workflowId: string): Promise<SentSignal[]>;
}

export function createKeptSignals(pool: pg.Pool): KeptSignals {
  return {
    async keep(workflowId, { name, payload, messageId }) {
      await pool.query(
        'insert into engine.signals (workflow_id, message_id, name, payload) values ($1, $2, $3, $4) on conflict do nothing',
        [workflowId, messageId, name, JSON.stringify(payload)],
      );
    },
    async of(workflowId) {
      const { rows } = await pool.query<{ message_id: string; name: string; payload: string }>(
        'select message_id, name, payload from engine.signals where workflow_id = $1 and taken_by is null order by sequence',
        [workflowId],
      );
      return rows.map(({ message_id: messageId, name, payload }) => ({ name, messageId, payload: JSON.parse(payload) as unknown }));
    },
  };
}
