import type { ReadingProblem } from '#domain/documents';
import type { BrokenRule, RuleCheck } from './check-invoice.ts';

/** More broken rules than this are counted, not told one by one: their cause is mostly the same. */
const maxTold = 8;

/** What a check found, as problems that a person can take to the supplier. */
export function ruleProblems({ profile, specification, broken }: RuleCheck): ReadingProblem[] {
  const told = broken.slice(0, maxTold).map(problemOf);
  if (broken.length > maxTold) {
    const others = broken.slice(maxTold).map(({ id }) => id);
    told.push(problem(`The e-invoice breaks ${others.length} more rules of EN 16931: ${others.join(', ')}.`));
  }
  return profile === 'unknown' ? [unknownProfile(specification), ...told] : told;
}

function problemOf({ id, says, places }: BrokenRule): ReadingProblem {
  const where =
    places.length === 0 ? '' : ` (${places.slice(0, 5).join(', ')}${places.length > 5 ? ` and ${places.length - 5} more` : ''})`;
  return problem(`The e-invoice breaks rule ${id} of EN 16931: ${says}${where}. Ask the supplier for a corrected invoice.`);
}

function problem(message: string): ReadingProblem {
  return { code: 'e-invoice-rule-broken', severity: 'warning', message };
}

function unknownProfile(specification: string | null): ReadingProblem {
  return {
    code: 'e-invoice-profile-unknown',
    severity: 'warning',
    message: `The e-invoice says that it follows “${specification?.slice(0, 80)}”, which is no known profile. It was checked against EN 16931; ask the supplier which profile they mean.`,
  };
}
