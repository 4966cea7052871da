import { setImmediate } from 'node:timers/promises';
import { isCalendarDay } from '#domain/calendar';
import { DeskhandError } from '#domain/errors';
import type { Actor } from '#domain/identity';
import { formatMoney } from '#domain/money';
import { startBacktest, type Backtest, type Replay } from '#domain/policy';
import type { Transaction } from '#platform';
import { orchestrationErrors } from '../errors.ts';
import { ask } from '../queries/ask.ts';
import type { Office } from '../tasks/office.ts';
import { countWithoutFacts, pastDecisions } from './decision-facts.ts';
import { policyOfVersion, type LoadedPolicy } from './policy-in-force.ts';

/** Enough to look at one by one; the sums are of all. */
const listed = 200;
/** Replaying holds the thread, in which everybody else's requests are answered too. */
const holdMs = 20;

interface MoneyView {
  readonly amount: string;
  readonly currency: string;
}
export interface BacktestView extends Omit<Backtest, 'moneyNewlyAutomatic' | 'moneyNewlyAsked' | 'invoices'> {
  readonly version: number;
  readonly since: string;
  /** Decided before what they were decided by was kept, or by a version that is no more: not counted. */
  readonly leftOut: number;
  readonly moneyNewlyAutomatic: readonly MoneyView[];
  readonly moneyNewlyAsked: readonly MoneyView[];
  readonly invoices: readonly {
    readonly invoiceId: string;
    readonly number: string | null;
    readonly supplierName: string | null;
    readonly gross: MoneyView;
    readonly before: Replay;
    readonly after: Replay;
  }[];
}

/**
 * What would have been otherwise since a day, had this version decided. Reads only.
 *
 * @throws DH_ORCHESTRATION_NOT_FOUND, DH_ORCHESTRATION_VALUE_INVALID
 */
export async function backtestPolicy(
  office: Office,
  actor: Actor,
  { version, since }: { readonly version: number; readonly since: string },
): Promise<BacktestView> {
  if (!isCalendarDay(since)) throw new DeskhandError(orchestrationErrors.valueInvalid, `${since} is no day. Write it like 2026-01-31.`);
  return await ask(office, actor, 'invoices:read', async (transaction) => {
    const after = await policyOfVersion(transaction, version);
    if (after === null)
      throw new DeskhandError(orchestrationErrors.notFound, `There is no version ${version} of the policy.`, { details: { version } });
    const run = startBacktest(after, listed);
    const versions = new Map<number, LoadedPolicy | null>([[version, after]]);
    let leftOut = await countWithoutFacts(transaction, since);
    let heldSince = performance.now();
    for await (const page of pastDecisions(transaction, since)) {
      for (const { facts, version: decidedBy } of page) {
        const before = versions.has(decidedBy) ? versions.get(decidedBy) : await policyOfVersion(transaction, decidedBy);
        versions.set(decidedBy, before ?? null);
        if (before === null || before === undefined) leftOut += 1;
        else run.add(facts, before);
        if (performance.now() - heldSince < holdMs) continue;
        await setImmediate();
        heldSince = performance.now();
      }
    }
    return await viewOf(transaction, run.result(), { version, since, leftOut });
  });
}

async function viewOf(
  transaction: Transaction,
  { moneyNewlyAutomatic, moneyNewlyAsked, invoices, ...counts }: Backtest,
  about: { readonly version: number; readonly since: string; readonly leftOut: number },
): Promise<BacktestView> {
  const ids = invoices.map(({ invoiceId }) => invoiceId);
  const rows =
    ids.length === 0
      ? []
      : await transaction.selectFrom('invoices').select(['id', 'number', 'supplier_name']).where('id', 'in', ids).execute();
  const known = new Map(rows.map((row) => [row.id, row]));
  const sums = (money: Readonly<Record<string, bigint>>): MoneyView[] =>
    Object.entries(money).map(([currency, minor]) => ({ amount: formatMoney({ minor, currency }), currency }));
  return {
    ...about,
    ...counts,
    moneyNewlyAutomatic: sums(moneyNewlyAutomatic),
    moneyNewlyAsked: sums(moneyNewlyAsked),
    invoices: invoices.map(({ invoiceId, gross, before, after }) => ({
      invoiceId,
      number: known.get(invoiceId)?.number ?? null,
      supplierName: known.get(invoiceId)?.supplier_name ?? null,
      gross: { amount: formatMoney(gross), currency: gross.currency },
      before,
      after,
    })),
  };
}
