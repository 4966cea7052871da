import { mayApprove, type ApprovalStep } from '#domain/accounts-payable';
import type { PolicyProblem, PolicyWorld } from './check-policy.ts';
import type { ApprovalInput } from './columns.ts';
import type { ApprovalOutput, CompiledRow } from './compile.ts';

/** People who are not there, who may not, who would be asked twice, and steps that too few different people could take. */
export function checkSteps(
  { number, says: { steps } }: CompiledRow<ApprovalInput, ApprovalOutput>,
  world: PolicyWorld,
): readonly PolicyProblem[] {
  const say = (message: string): PolicyProblem => ({ table: 'approvals', row: number, field: 'steps', message });
  const named = steps.flatMap(({ email, role }) => (email === undefined ? [] : [{ email: email.toLowerCase(), role }]));
  const strangers = named.flatMap(({ email, role }) => {
    const member = world.members.find((one) => one.email.toLowerCase() === email);
    if (member === undefined) return [say(`Nobody here has the address ${email}. Name a member, or only the role.`)];
    return mayApprove({ memberId: email, roles: member.roles }, { role }, []).allowed
      ? []
      : [say(`${member.name} is not ${article(role)}, so can't take this step. Give them the role, or name somebody else.`)];
  });
  const twice = named.filter(({ email }, index) => named.findIndex((one) => one.email === email) !== index);
  const repeated = twice.map(({ email }) =>
    say(`${email} is asked twice in row ${number}: nobody approves an invoice twice. Name somebody else for the second step.`),
  );
  if (strangers.length > 0 || repeated.length > 0) return [...strangers, ...repeated];
  return canBeTaken(steps, world)
    ? []
    : [
        say(
          `Row ${number} needs ${steps.length} different people, one for each step, and too few here have the roles: it would wait for ever. Ask fewer, or give somebody the role.`,
        ),
      ];
}

/** Whether each step finds a person of its own: augmenting paths over steps and members. */
function canBeTaken(steps: readonly ApprovalStep[], { members }: PolicyWorld): boolean {
  const taker = new Map<number, number>();
  const place = (step: number, tried: Set<number>): boolean => {
    const wanted = steps[step];
    for (const [index, { email, roles }] of members.entries()) {
      const may = wanted !== undefined && mayApprove({ memberId: email, roles }, { role: wanted.role }, []).allowed;
      if (!may || tried.has(index)) continue;
      tried.add(index);
      const other = taker.get(index);
      if (other !== undefined && !place(other, tried)) continue;
      taker.set(index, step);
      return true;
    }
    return false;
  };
  return steps.every((_step, index) => place(index, new Set()));
}

function article(role: string): string {
  return role === 'controller' ? 'a controller' : `an ${role.replace('-', ' ')}`;
}
