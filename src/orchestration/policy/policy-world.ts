import type { Role } from '#domain/identity';
import { checkPolicy, compilePolicy, runCases, type CaseResult, type PolicyProblem, type PolicyWorld } from '#domain/policy';
import type { Transaction } from '#platform';
import type { PolicyContent } from './policy-in-force.ts';

/** What was found of a version: what keeps it from being switched on, and how each of its test cases comes out. */
export interface PolicyCheck {
  readonly problems: readonly PolicyProblem[];
  readonly results: readonly CaseResult[];
}

/** Checks tables against the people and suppliers of this office, and runs the test cases. */
export async function checkContent(transaction: Transaction, { tables, cases }: PolicyContent): Promise<PolicyCheck> {
  const world = await loadWorld(transaction);
  return { problems: checkPolicy(tables, world), results: runCases(compilePolicy(tables), cases) };
}

async function loadWorld(transaction: Transaction): Promise<PolicyWorld> {
  const members = await transaction.selectFrom('members').select(['email', 'name', 'roles']).execute();
  const suppliers = await transaction.selectFrom('suppliers').select('number').execute();
  return {
    members: members.map(({ email, name, roles }) => ({ email, name, roles: roles as Role[] })),
    supplierNumbers: new Set(suppliers.map(({ number }) => number)),
  };
}

/** Why a version may not be switched on, in one sentence; null when nothing is against it. */
export function refusalOf({ problems, results }: PolicyCheck): string | null {
  const [problem] = problems;
  if (problem !== undefined)
    return `${problems.length} ${problems.length === 1 ? 'problem is' : 'problems are'} to be put right first: ${problem.message}`;
  if (results.length === 0) return 'It has no test cases. Add at least one invoice and how it must be decided.';
  const failed = results.filter(({ passed }) => !passed);
  const names = failed.map(({ name }) => `"${name}"`).join(', ');
  return failed.length === 0 ? null : `${failed.length} of its ${results.length} test cases come out otherwise than expected: ${names}.`;
}
