import type { Standing } from '#domain/documents';
import type { Money } from '#domain/money';
import type { ApprovalQuestion, RequiredApprovals, SupplierStanding } from '../approval-policy.ts';
import type { AgreementCoverage } from '../agreements/coverage.ts';
import { matchInvoice } from '../matching/three-way-match.ts';
import type { Invoice, MatchException, MatchResult, PurchaseOrder, Tolerance } from '../types.ts';

/** All that decides whether an invoice goes on without a person. */
export interface AutomationFacts {
  readonly invoice: Invoice;
  /** The orders it names, as they stood without this invoice; empty where there is none. */
  readonly orders: readonly PurchaseOrder[];
  readonly tolerance: Tolerance;
  /** What was agreed without an order. @default null, nothing was */
  readonly agreement?: AgreementCoverage | null;
  /** The policy in force: who must approve what. */
  readonly approvals: (question: ApprovalQuestion) => RequiredApprovals;
  /** The amount that the policy is asked with, where that is not the invoice's own. */
  readonly askedAmount?: Money;
  readonly proofStanding: Standing;
  readonly supplierStanding: SupplierStanding;
  /** What fraud gates found that does not hold it. */
  readonly warnings: readonly string[];
  /** What a person was asked besides the match: doubts, duplicates, accounts, fraud. */
  readonly questions: readonly MatchException[];
}

const matches = new WeakMap<AutomationFacts['orders'], { readonly of: AutomationFacts; readonly result: MatchResult }>();

/** The last match of these orders is kept: the search asks again and again for what only the policy decides. */
export function matchOf(facts: AutomationFacts): MatchResult {
  const { invoice, orders, tolerance, agreement = null } = facts;
  const kept = matches.get(orders);
  if (kept?.of.invoice === invoice && kept.of.tolerance === tolerance && (kept.of.agreement ?? null) === agreement) return kept.result;
  const [order, ...moreOrders] = orders;
  const result = matchInvoice({ invoice, order: order ?? null, moreOrders, tolerance, agreement });
  matches.set(orders, { of: facts, result });
  return result;
}

/** The same rules that decide about a real invoice, over these facts. */
export function isAutomatic(facts: AutomationFacts): boolean {
  return facts.questions.length === 0 && approvalsFor(facts).automatic;
}

/** Plain sentences: all that kept it from going on by itself; empty when nothing did. */
export function obstaclesTo(facts: AutomationFacts): readonly string[] {
  if (isAutomatic(facts)) return [];
  const match = matchOf(facts);
  const { automatic, reasons } = approvalsFor(facts);
  // The match speaks for itself, line by line, and who decides is another question.
  const others = automatic ? [] : reasons.slice(0, -1).filter((reason) => !reason.endsWith(' had to be decided by a person.'));
  return [...new Set([...facts.questions, ...match.exceptions].map(({ message }) => message).concat(others))];
}

/** Who must approve by the policy in force. */
export function approvalsFor(facts: AutomationFacts): RequiredApprovals {
  const { invoice, proofStanding, supplierStanding, warnings, askedAmount = invoice.gross } = facts;
  return facts.approvals({ gross: askedAmount, match: matchOf(facts), proofStanding, supplierStanding, warnings });
}
