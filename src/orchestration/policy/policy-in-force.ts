import type { Tolerance } from '#domain/accounts-payable';
import { compilePolicy, tablesOfSettings, toleranceOf, type CompiledPolicy, type PolicyCase, type PolicyTables } from '#domain/policy';
import type { Transaction } from '#platform';
import { loadPolicy } from '../invoices/policies.ts';

/** A saved version: its tables and its test cases. */
export interface PolicyContent {
  readonly tables: PolicyTables;
  readonly cases: readonly PolicyCase[];
}

/** A version as the rules take it. */
export interface LoadedPolicy {
  readonly version: number;
  readonly tables: PolicyTables;
  readonly policy: CompiledPolicy;
  readonly tolerance: Tolerance;
}

/** The version that decides on a day: the one switched on last for a day that has come; before the first, the settings. */
export async function policyInForce(transaction: Transaction, day: string): Promise<LoadedPolicy> {
  const active = await transaction
    .selectFrom('policy_activations')
    .innerJoin('policy_versions', (join) =>
      join
        .onRef('policy_versions.organization_id', '=', 'policy_activations.organization_id')
        .onRef('policy_versions.version', '=', 'policy_activations.version'),
    )
    .select(['policy_versions.version', 'policy_versions.content'])
    .where('policy_activations.effective_on', '<=', day)
    .orderBy('policy_activations.effective_on', 'desc')
    .orderBy('policy_activations.id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return active === undefined
    ? await loadSettings(transaction)
    : await asLoaded(transaction, active.version, active.content as PolicyContent);
}

/** One version by its number; null where there is none. What was decided before there were tables was decided by the settings. */
export async function policyOfVersion(transaction: Transaction, version: number): Promise<LoadedPolicy | null> {
  const row = await transaction.selectFrom('policy_versions').select('content').where('version', '=', version).executeTakeFirst();
  if (row !== undefined) return await asLoaded(transaction, version, row.content as PolicyContent);
  const settings = await loadSettings(transaction);
  return settings.version === version ? settings : null;
}

/** The policies as they were before there were tables; version 0 is what Deskhand comes with. */
export async function loadSettings(transaction: Transaction): Promise<LoadedPolicy> {
  const approval = await loadPolicy(transaction, 'approval');
  const { content: tolerance } = await loadPolicy(transaction, 'tolerance');
  const suppliers = tolerance.overrides === undefined ? [] : await transaction.selectFrom('suppliers').select(['id', 'number']).execute();
  const numbers = new Map(suppliers.map(({ id, number }) => [id, number]));
  const tables = tablesOfSettings(approval.content, tolerance, (id) => numbers.get(id) ?? id);
  return { version: approval.version, tables, policy: compilePolicy(tables), tolerance };
}

async function asLoaded(transaction: Transaction, version: number, { tables }: PolicyContent): Promise<LoadedPolicy> {
  const policy = compilePolicy(tables);
  const named = policy.tolerances.flatMap(({ when }) => (when.supplier.kind === 'words' ? when.supplier.values : []));
  const suppliers =
    named.length === 0 ? [] : await transaction.selectFrom('suppliers').select(['id', 'number']).where('number', 'in', named).execute();
  const ids = new Map(suppliers.map(({ id, number }) => [number, id]));
  // How sure readings must be is no table, and stays as it is.
  const { readingErrorBasisPoints } = (await loadPolicy(transaction, 'tolerance')).content;
  return { version, tables, policy, tolerance: toleranceOf(policy, (number) => ids.get(number) ?? null, readingErrorBasisPoints) };
}
