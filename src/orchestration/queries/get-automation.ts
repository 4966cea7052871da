import { sql } from 'kysely';
import { mayDo, type Actor } from '#domain/identity';
import type { Office } from '../tasks/office.ts';
import { ask, type OfficeTransaction } from './ask.ts';

interface AutomationView {
  /** The organization or the whole installation stands still. */
  isStopped: boolean;
  mayOperate: boolean;
  pauses: PauseView[];
  connections: ConnectionView[];
  /** Outside systems that the server calls. */
  systems: SystemView[];
  /** Messages and documents that wait to begin, that are worked on, that a person must look at before they begin. */
  waiting: number;
  running: number;
  deadLetters: number;
  /** Workflows that came upon a pause and go on after it. */
  pausedRuns: number;
}
interface PauseView {
  id: string;
  scope: 'installation' | 'organization' | 'connection' | 'workflow';
  subject: string;
  reason: string;
  pausedBy: { id: string; name: string };
  pausedAt: string;
}
interface ConnectionView {
  id: string;
  kind: string;
  name: string;
  status: 'running' | 'failing' | 'stopped';
  lastError: string | null;
  lastSeenAt: string | null;
  isPaused: boolean;
  /** Unsettled messages and documents that came by it. */
  waiting: number;
}

interface SystemView {
  system: string;
  /** `left-alone`: it failed again and again, and is tried again by itself. */
  state: 'working' | 'being-tried' | 'left-alone';
  since: string;
}

/** What runs by itself, what stands still and why. */
export async function getAutomation(office: Office, actor: Actor): Promise<AutomationView> {
  return await ask(office, actor, 'tasks:read', async (transaction) => {
    const pauses = await transaction.selectFrom('pauses').selectAll().where('resumed_at', 'is', null).orderBy('paused_at').execute();
    return {
      isStopped: pauses.some(({ scope }) => scope === 'installation' || scope === 'organization'),
      mayOperate: mayDo(actor, 'automation:operate'),
      pauses: pauses.map((pause) => ({
        id: pause.id,
        scope: pause.scope,
        subject: pause.subject,
        reason: pause.reason,
        pausedBy: { id: pause.paused_by, name: pause.paused_by_name },
        pausedAt: pause.paused_at.toISOString(),
      })),
      connections: await connectionsOf(transaction),
      systems: [...office.calls.states()],
      ...(await countWork(transaction)),
    };
  });
}

async function connectionsOf(transaction: OfficeTransaction): Promise<ConnectionView[]> {
  const { rows } = await sql<{
    id: string;
    kind: string;
    name: string;
    status: ConnectionView['status'];
    last_error: string | null;
    last_seen_at: Date | null;
    is_paused: boolean;
    waiting: number;
  }>`
    select c.id, c.kind, c.name, c.status, c.last_error, c.last_seen_at,
      exists (select from pauses p where p.scope = 'connection' and p.subject = c.id and p.resumed_at is null) as is_paused,
      (select count(*)::int from outbox o where o.organization_id = c.organization_id and o.connection_id = c.id
        and o.kind = 'start' and o.connection_id <> '' and o.state not in ('settled', 'dead')) as waiting
    from connections c order by c.kind, c.name
  `.execute(transaction);
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    name: row.name,
    status: row.status,
    lastError: row.last_error,
    lastSeenAt: row.last_seen_at?.toISOString() ?? null,
    isPaused: row.is_paused,
    waiting: row.waiting,
  }));
}

async function countWork(
  transaction: OfficeTransaction,
): Promise<Pick<AutomationView, 'waiting' | 'running' | 'deadLetters' | 'pausedRuns'>> {
  const { rows } = await sql<{ waiting: number; running: number; dead: number; paused: number }>`
    select (select count(*)::int from outbox where kind = 'start' and connection_id <> '' and state not in ('settled', 'dead')
        and state in ('held', 'waiting', 'resting')) as waiting,
      (select count(*)::int from outbox where state in ('admitted', 'running') and connection_id <> '') as running,
      (select count(*)::int from tasks where kind = 'failed' and status = 'open' and key like 'dead-letter:%') as dead,
      (select count(distinct workflow_id)::int from paused_runs) as paused
  `.execute(transaction);
  const [row] = rows;
  return { waiting: row?.waiting ?? 0, running: row?.running ?? 0, deadLetters: row?.dead ?? 0, pausedRuns: row?.paused ?? 0 };
}
