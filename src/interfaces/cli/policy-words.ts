import type { PolicyBacktestView } from '../api/contract-policies.ts';

type Change = PolicyBacktestView['invoices'][number];

/** A backtest in sentences, with the invoices that would have been decided otherwise. */
export function describeBacktest(found: PolicyBacktestView): string {
  const { version, since, decisions, leftOut, changed, newlyAutomatic, newlyAsked, invoices } = found;
  const lines = [
    `Since ${since} ${decisions} decisions; version ${version} would have decided ${changed} otherwise.`,
    leftOut === 0 ? null : `${leftOut} are left out: what they were decided by was not kept.`,
    `Without a person: ${newlyAutomatic} more (${sums(found.moneyNewlyAutomatic)}), ${newlyAsked} fewer (${sums(found.moneyNewlyAsked)}).`,
    `Approvals: ${found.approvalsSaved} saved, ${found.approvalsAdded} added. Differences to decide: ${found.exceptionsRemoved} fewer, ${found.exceptionsAdded} more.`,
    ...invoices.map(describeChange),
    changed > invoices.length ? `and ${changed - invoices.length} smaller ones.` : null,
  ];
  return `${lines.filter((line) => line !== null).join('\n')}\n`;
}

function describeChange({ number, supplierName, gross, before, after }: Change): string {
  const differences =
    before.exceptions.join() === after.exceptions.join()
      ? ''
      : `; differences: ${before.exceptions.join(', ') || 'none'} → ${after.exceptions.join(', ') || 'none'}`;
  return `  ${number ?? '?'}  ${supplierName ?? ''}  ${gross.amount} ${gross.currency}: ${path(before)} → ${path(after)}${differences}`;
}

function path({ automatic, steps }: Change['before']): string {
  return automatic ? 'nobody' : steps.join(', then ');
}

function sums(money: PolicyBacktestView['moneyNewlyAsked']): string {
  return money.length === 0 ? 'no money' : money.map(({ amount, currency }) => `${amount} ${currency}`).join(', ');
}
