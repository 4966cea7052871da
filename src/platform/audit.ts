import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Transaction } from 'kysely';
import type { Tables } from './tables/tables.ts';

/** One thing that happened. `details` holds ids, amounts and reasons; document text stays with the document. */
export interface AuditRecord {
  /** A member's id, or `deskhand`. */
  readonly actor: string;
  /** Past tense and dotted: `invoice.approved`. */
  readonly action: string;
  /** Ids of everything it is about, so that each of them can show its timeline. */
  readonly subjects: readonly string[];
  readonly details: Readonly<Record<string, unknown>>;
}

/** What is hashed, in the words of the table. */
interface ChainLink {
  readonly organizationId: string;
  readonly sequence: number;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly subjects: readonly string[];
  readonly details: Readonly<Record<string, unknown>>;
  readonly previousHash: string;
}

/** Hash before the first entry. */
export const chainStart = '0'.repeat(64);

/** SHA-256 over the canonical JSON (RFC 8785) of the entry and its predecessor's hash. */
export function hashEntry(link: ChainLink): string {
  return createHash('sha256')
    .update(canonicalize(link) ?? '')
    .digest('hex');
}

/**
 * Appends to the organization's audit log. Call it last in a transaction: it holds the head of the chain until commit,
 * so that entries of one organization follow each other without a gap.
 */
export async function appendAudit(
  transaction: Transaction<Tables>,
  organizationId: string,
  at: Date,
  ...records: readonly AuditRecord[]
): Promise<void> {
  await transaction
    .insertInto('audit_heads')
    .values({ organization_id: organizationId, sequence: 0, hash: chainStart })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const head = await transaction
    .selectFrom('audit_heads')
    .select(['sequence', 'hash'])
    .where('organization_id', '=', organizationId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  let sequence = Number(head.sequence);
  let previousHash = head.hash;
  for (const record of records) {
    sequence += 1;
    const link = { organizationId, sequence, at: at.toISOString(), ...asStored(record), previousHash };
    const hash = hashEntry(link);
    await transaction
      .insertInto('audit_entries')
      .values({
        organization_id: organizationId,
        sequence,
        at,
        actor: link.actor,
        action: link.action,
        subjects: [...link.subjects],
        details: JSON.stringify(link.details),
        previous_hash: previousHash,
        hash,
      })
      .execute();
    previousHash = hash;
  }
  await transaction
    .updateTable('audit_heads')
    .set({ sequence, hash: previousHash })
    .where('organization_id', '=', organizationId)
    .execute();
}

export interface AuditFinding {
  readonly isIntact: boolean;
  readonly entries: number;
  readonly headHash: string;
  readonly firstFault: { readonly sequence: number; readonly message: string } | null;
}

// Entries read at once: 1,000 of about 1 kB keep the verifier's memory flat however long the log grows.
const batchSize = 1000;

/** Recomputes the whole chain of one organization, in order, and says where it first breaks (G8). */
export async function verifyAuditChain(transaction: Transaction<Tables>, organizationId: string): Promise<AuditFinding> {
  const head = await transaction.selectFrom('audit_heads').selectAll().where('organization_id', '=', organizationId).executeTakeFirst();
  let previousHash = chainStart;
  let sequence = 0;
  for (;;) {
    const entries = await transaction
      .selectFrom('audit_entries')
      .selectAll()
      .where('organization_id', '=', organizationId)
      .where('sequence', '>', String(sequence))
      .orderBy('sequence')
      .limit(batchSize)
      .execute();
    for (const entry of entries) {
      const fault = faultOf(entry, organizationId, sequence + 1, previousHash);
      if (fault !== null) return { isIntact: false, entries: sequence, headHash: previousHash, firstFault: fault };
      sequence += 1;
      previousHash = entry.hash;
    }
    if (entries.length < batchSize) break;
  }
  const isHead = head === undefined ? sequence === 0 : head.hash === previousHash && Number(head.sequence) === sequence;
  return {
    isIntact: isHead,
    entries: sequence,
    headHash: previousHash,
    firstFault: isHead ? null : { sequence: sequence + 1, message: 'The last entries are missing: the log ends before its recorded head.' },
  };
}

function faultOf(
  entry: {
    sequence: string;
    at: Date;
    actor: string;
    action: string;
    subjects: string[];
    details: Record<string, unknown>;
    previous_hash: string;
    hash: string;
  },
  organizationId: string,
  expectedSequence: number,
  previousHash: string,
): { sequence: number; message: string } | null {
  const sequence = Number(entry.sequence);
  if (sequence !== expectedSequence)
    return { sequence: expectedSequence, message: `Entry ${expectedSequence} is missing; ${sequence} follows instead.` };
  if (entry.previous_hash !== previousHash) return { sequence, message: `Entry ${sequence} does not follow the one before it.` };
  const { at, actor, action, subjects, details } = entry;
  const hash = hashEntry({ organizationId, sequence, at: at.toISOString(), actor, action, subjects, details, previousHash });
  return hash === entry.hash ? null : { sequence, message: `Entry ${sequence} was changed after it was written.` };
}

/** As it comes back from jsonb: no undefined, dates as text. */
function asStored(record: AuditRecord): AuditRecord {
  return { ...record, details: JSON.parse(JSON.stringify(record.details)) as Record<string, unknown> };
}
