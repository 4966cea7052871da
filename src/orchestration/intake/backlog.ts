import { sql } from 'kysely';
import { DeskhandError } from '#domain/errors';
import type { Transaction } from '#platform';
import { orchestrationErrors } from '../errors.ts';
import { defaultLimits, type AdmissionLimits } from './limits.ts';
import type { Office } from '../tasks/office.ts';

interface Source {
  readonly organizationId: string;
  readonly connectionId: string;
}

/**
 * Whether a source may fetch its next message: nothing is paused, and not too much of its connection or organization
 * waits. What is not fetched is safe where it is.
 */
export async function mayTake(office: Office, { organizationId, connectionId }: Source): Promise<boolean> {
  return office.database.inOrganization(organizationId, async (transaction) => {
    if (await isPaused(transaction, connectionId)) return false;
    const limits = await limitsOf(transaction);
    const { ofOrganization, ofConnection } = await countUnsettled(transaction, organizationId, connectionId, limits);
    return ofOrganization < limits.organizationBacklog && ofConnection < limits.connectionBacklog;
  });
}

/**
 * Refuses what somebody hands in while too much waits. A pause does not: it is kept and waits.
 *
 * @throws DH_ORCHESTRATION_BACKLOG_FULL with `retryAfterS`, after which, at the rate of the last five minutes, there is room.
 */
export async function requireRoom(office: Office, { organizationId, connectionId }: Source): Promise<void> {
  await office.database.inOrganization(organizationId, async (transaction) => {
    const limits = await limitsOf(transaction);
    const { ofOrganization, ofConnection } = await countUnsettled(transaction, organizationId, connectionId, limits);
    const excess = Math.max(ofOrganization - limits.organizationBacklog, ofConnection - limits.connectionBacklog) + 1;
    if (excess <= 0) return;
    office.metrics.count('heldBack', { by: 'upload' });
    const retryAfterS = secondsUntilRoom(excess, await settledPerSecond(transaction, organizationId));
    throw new DeskhandError(
      orchestrationErrors.backlogFull,
      `${ofOrganization} messages and documents wait already. Nothing was taken; send it again in ${retryAfterS} seconds.`,
      { details: { retryAfterS, waiting: ofOrganization } },
    );
  });
}

/** Without a rate (nothing was settled yet, or all stands still) a minute is as good as any guess. */
function secondsUntilRoom(excess: number, perSecond: number): number {
  return perSecond === 0 ? 60 : Math.min(600, Math.max(2, Math.ceil(excess / perSecond)));
}

async function isPaused(transaction: Transaction, connectionId: string): Promise<boolean> {
  const pause = await transaction
    .selectFrom('pauses')
    .select('id')
    .where('resumed_at', 'is', null)
    .where((where) =>
      where.or([
        where('scope', 'in', ['installation', 'organization']),
        where.and([where('scope', '=', 'connection'), where('subject', '=', connectionId)]),
      ]),
    )
    .executeTakeFirst();
  return pause !== undefined;
}

async function limitsOf(transaction: Transaction): Promise<AdmissionLimits> {
  const row = await transaction
    .selectFrom('policies')
    .select('content')
    .where('kind', '=', 'admission')
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return { ...defaultLimits, ...(row?.content as Partial<AdmissionLimits> | undefined) };
}

/** Counts no further than the limits: 100,000 waiting rows cost no more than 2,000. */
async function countUnsettled(
  transaction: Transaction,
  organizationId: string,
  connectionId: string,
  limits: AdmissionLimits,
): Promise<{ readonly ofOrganization: number; readonly ofConnection: number }> {
  const unsettled = sql`from outbox where kind = 'start' and connection_id <> '' and state not in ('settled', 'dead')
    and organization_id = ${organizationId}`;
  // Twice the limit, so that a wait that is too long to hold is told as such.
  const { rows } = await sql<{ organization: number; connection: number }>`
    select (select count(*)::int from (select ${unsettled} limit ${2 * limits.organizationBacklog}) a) as organization,
      (select count(*)::int from (select ${unsettled} and connection_id = ${connectionId} limit ${2 * limits.connectionBacklog}) b) as connection
  `.execute(transaction);
  return { ofOrganization: rows[0]?.organization ?? 0, ofConnection: rows[0]?.connection ?? 0 };
}

async function settledPerSecond(transaction: Transaction, organizationId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from outbox where organization_id = ${organizationId} and connection_id <> ''
      and settled_at > statement_timestamp() - interval '5 minutes'
  `.execute(transaction);
  return (rows[0]?.count ?? 0) / 300;
}
