import type { Actor } from '#domain/identity';
import { verifyAuditChain, type AuditFinding } from '#platform';
import type { Office } from '../tasks/office.ts';
import { requireRight } from './require-right.ts';

/** Recomputes the organization's whole audit chain. */
export async function verifyAudit(office: Office, actor: Actor): Promise<AuditFinding> {
  requireRight(actor, 'audit:read');
  return office.database.inOrganization(actor.organizationId, (transaction) => verifyAuditChain(transaction, actor.organizationId));
}
