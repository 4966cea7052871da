import { sampleApprovalPolicy, usualFraudPolicy, type ApprovalPolicy, type FraudPolicy, type Tolerance } from '#domain/accounts-payable';
import type { ModelBudget } from '#domain/documents';
import { usualTaskPolicy, type TaskPolicy } from '#domain/tasks';
import type { Transaction } from '#platform';

/** Off until a person switches it on. */
export interface ModelPolicy {
  readonly isOn: boolean;
  /** The organization's own, beside that of the settings. */
  readonly budget: ModelBudget | null;
}

interface PolicyContent {
  readonly tolerance: Tolerance;
  readonly approval: ApprovalPolicy;
  readonly fraud: FraudPolicy;
  readonly 'language-model': ModelPolicy;
}

// 2 % and 5.00 of the document's currency: rounding and small surcharges pass, a price change does not. More goods than
// ordered never pass.
const defaultTolerance: Tolerance = { priceBasisPoints: 200, priceMinor: 500n, quantityBasisPoints: 0 };
const defaults: PolicyContent = {
  tolerance: defaultTolerance,
  approval: sampleApprovalPolicy,
  fraud: usualFraudPolicy,
  'language-model': { isOn: false, budget: null },
};

/** The newest version of a policy of this organization; version 0 is the product's default. */
export async function loadPolicy<Kind extends keyof PolicyContent>(
  transaction: Transaction,
  kind: Kind,
): Promise<{ readonly version: number; readonly content: PolicyContent[Kind] }> {
  const row = await transaction
    .selectFrom('policies')
    .select(['version', 'content'])
    .where('kind', '=', kind)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined
    ? { version: 0, content: defaults[kind] }
    : { version: row.version, content: { ...(kind === 'fraud' ? usualFraudPolicy : {}), ...(revive(row.content) as PolicyContent[Kind]) } };
}

/** Minor units are whole numbers in JSON and bigints in the rules. */
function revive(content: unknown): unknown {
  if (content === null || typeof content !== 'object' || Array.isArray(content))
    return Array.isArray(content) ? content.map(revive) : content;
  return Object.fromEntries(
    Object.entries(content).map(([key, value]) => [
      key,
      key.toLowerCase().endsWith('minor') && typeof value === 'number' ? BigInt(value) : revive(value),
    ]),
  );
}

/** What an organization leaves out of its task policy is as usual. @param stored - content of the newest version, or null. */
export function taskPolicyOf(stored: unknown): TaskPolicy {
  const own = (stored ?? {}) as Partial<TaskPolicy>;
  return {
    ...usualTaskPolicy,
    ...own,
    timings: { ...usualTaskPolicy.timings, ...own.timings },
    questions: { ...usualTaskPolicy.questions, ...own.questions },
  };
}
