import { requiredApprovals, sampleApprovalPolicy, type RequiredApprovals } from '#domain/accounts-payable';
import type { Mistakes } from '../plan.ts';
import { digestOf, type ApprovalRow, type InvoiceRow, type Records } from './records.ts';

/** The product's own rule on who must approve, asked with what the model knows. */
export function requirementsOf(invoice: InvoiceRow): RequiredApprovals {
  return requiredApprovals(
    {
      gross: { minor: BigInt(invoice.grossMinor), currency: 'EUR' },
      match: { outcome: invoice.hadExceptions ? 'exception' : 'matched', exceptions: [] },
      proofStanding: invoice.correctedBy.size > 0 ? 'consistent' : 'proven',
      supplierStanding: 'account-on-file',
    },
    sampleApprovalPolicy,
  );
}

/** Yes and no to these very facts; or, with the mistake planted, to whatever they were then. */
export function approvalsOf(records: Records, invoice: InvoiceRow, mistakes: Mistakes): ApprovalRow[] {
  const digest = digestOf(records, invoice);
  return records.approvals.filter(
    (approval) => approval.invoiceId === invoice.id && (mistakes.approvalsCoverAnything === true || approval.digest === digest),
  );
}

/** As `isApproved` of `approval-digest.ts`. */
export function isApproved(records: Records, invoice: InvoiceRow, mistakes: Mistakes): boolean {
  const given = approvalsOf(records, invoice, mistakes);
  if (given.some(({ decision }) => decision === 'rejected')) return false;
  if (given.some(({ decision }) => decision === 'automatic')) return true;
  return new Set(given.map(({ memberId }) => memberId)).size >= Math.max(1, invoice.requiredSteps.length);
}
