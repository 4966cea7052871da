import {
  advisePayments,
  type CashLimit,
  type PayableInvoice,
  type PaymentAdvice,
  type PaymentOption,
  type PaymentTerms,
} from '#domain/accounts-payable';
import type { Actor } from '#domain/identity';
import { decimal, formatMoney, roundTo, subtract, sum, type Money } from '#domain/money';
import { paymentDateOf } from '../invoices/payment-date.ts';
import { ask, type OfficeTransaction } from '../queries/ask.ts';
import type { MoneyView } from '../queries/views.ts';
import type { Office } from '../tasks/office.ts';
import { todayOf } from '../today.ts';

export interface CashQuestion {
  readonly currency: string;
  /** What money costs or earns in a year: 500 is 5 %. */
  readonly costBasisPoints: number;
  readonly limits: readonly { readonly until: string; readonly amount: string }[];
}

export interface PaymentOptionView {
  kind: PaymentOption['kind'];
  payOn: string;
  amount: MoneyView;
  /** Beside paying in full on the due date; negative is a cost. */
  earns: MoneyView;
}
export interface CashAdviceView {
  isBest: boolean;
  earns: MoneyView;
  limits: { until: string; amount: MoneyView; leaving: MoneyView }[];
  payments: {
    paymentId: string;
    invoice: { id: string; number: string | null };
    supplier: { id: string; name: string };
    chosen: PaymentOptionView;
    options: PaymentOptionView[];
    returnBasisPoints: number | null;
    reason: string;
  }[];
  /** Not approved yet, with a discount that can still be had. */
  waiting: {
    invoice: { id: string; number: string | null };
    supplier: { id: string; name: string };
    payOn: string;
    saves: MoneyView;
  }[];
}

/** When to pay what is scheduled in this currency, and which discounts wait for an approval. Changes nothing. */
export async function getCashAdvice(office: Office, actor: Actor, question: CashQuestion): Promise<CashAdviceView> {
  const today = todayOf(office.clock);
  const { scheduled, waiting } = await ask(office, actor, 'invoices:read', async (transaction) => ({
    scheduled: await loadScheduled(transaction, question.currency),
    waiting: await loadWaiting(transaction, question.currency),
  }));
  const inCurrency = (amount: string): Money => roundTo(decimal(amount), question.currency);
  const limits = question.limits.map(({ until, amount }): CashLimit => ({ until, amount: inCurrency(amount) }));
  // Outside the transaction: it may compute for seconds.
  const { payments, isBest } = await advisePayments(
    { invoices: scheduled.map((row) => payableOf(row, today)), today, costBasisPoints: question.costBasisPoints, limits },
    office.optimizer,
  );
  const total = (amounts: readonly Money[]): MoneyView => view(sum(amounts, question.currency));
  return {
    isBest,
    earns: total(payments.map(({ chosen }) => chosen.earns)),
    limits: limits.map(({ until, amount }) => ({
      until,
      amount: view(amount),
      leaving: total(payments.filter(({ chosen }) => chosen.payOn <= until).map(({ chosen }) => chosen.amount)),
    })),
    payments: scheduled.flatMap((row, index) => {
      const advice = payments[index];
      return advice === undefined ? [] : [{ paymentId: row.payment_id, ...partiesOf(row), ...adviceView(advice) }];
    }),
    waiting: withoutSecondCopies(waiting, scheduled)
      .flatMap((row) => {
        const { discount } = payableOf(row, today);
        return discount === null ? [] : [{ ...partiesOf(row), payOn: discount.payOn, saves: view(discount.saved) }];
      })
      .toSorted((left, right) => left.payOn.localeCompare(right.payOn)),
  };
}

interface InvoiceRow {
  readonly invoice_id: string;
  readonly number: string | null;
  readonly issued_on: string | null;
  readonly due_on: string | null;
  readonly gross: string | null;
  readonly currency: string | null;
  readonly supplier_id: string;
  readonly supplier_name: string;
  readonly terms: unknown;
  /** From when the account may be paid; null where it may be. */
  readonly payable_from: Date | null;
}

async function loadScheduled(transaction: OfficeTransaction, currency: string): Promise<(InvoiceRow & { readonly payment_id: string })[]> {
  return await transaction
    .selectFrom('payments')
    .innerJoin('invoices', 'invoices.id', 'payments.invoice_id')
    .innerJoin('suppliers', 'suppliers.id', 'payments.supplier_id')
    .innerJoin('supplier_bank_accounts as account', 'account.id', 'payments.bank_account_id')
    .where('payments.status', '=', 'scheduled')
    .where('payments.currency', '=', currency)
    .select(['payments.id as payment_id', 'invoices.id as invoice_id', 'invoices.number', 'invoices.issued_on', 'invoices.due_on'])
    .select(['invoices.gross', 'invoices.currency', 'suppliers.id as supplier_id', 'suppliers.name as supplier_name', 'suppliers.terms'])
    .select('account.payable_from')
    .orderBy('payments.execute_on')
    .orderBy('payments.id')
    .execute();
}

async function loadWaiting(transaction: OfficeTransaction, currency: string): Promise<InvoiceRow[]> {
  const rows = await transaction
    .selectFrom('invoices')
    .innerJoin('suppliers', 'suppliers.id', 'invoices.supplier_id')
    .where('invoices.status', 'in', ['in-review', 'awaiting-approval'])
    .where('invoices.kind', '=', 'invoice')
    .where('invoices.currency', '=', currency)
    .where('invoices.gross', 'is not', null)
    .where('invoices.issued_on', 'is not', null)
    .select([
      'invoices.id as invoice_id',
      'invoices.number',
      'invoices.issued_on',
      'invoices.due_on',
      'invoices.gross',
      'invoices.currency',
    ])
    .select(['suppliers.id as supplier_id', 'suppliers.name as supplier_name', 'suppliers.terms'])
    .orderBy('invoices.id')
    .execute();
  return rows.map((row) => ({ ...row, payable_from: null }));
}

/** A second copy of an invoice has no discount of its own. */
function withoutSecondCopies(waiting: readonly InvoiceRow[], scheduled: readonly InvoiceRow[]): InvoiceRow[] {
  const seen = new Set(scheduled.map(keyOf));
  return waiting.filter((row) => {
    const key = keyOf(row);
    if (seen.has(key)) return false;
    if (row.number !== null) seen.add(key);
    return true;
  });
}

function keyOf({ supplier_id: supplier, number }: InvoiceRow): string {
  return `${supplier}/${number ?? ''}`;
}

function payableOf(row: InvoiceRow, today: string): PayableInvoice {
  const terms = row.terms as PaymentTerms;
  const gross = roundTo(decimal(row.gross ?? '0'), row.currency ?? 'EUR');
  const dated = {
    issuedOn: row.issued_on ?? today,
    printedDueOn: row.due_on,
    gross,
    payableFrom: row.payable_from?.toISOString() ?? null,
    today,
  };
  const { date: best } = paymentDateOf({ ...dated, terms });
  return {
    id: row.invoice_id,
    gross,
    dueOn: paymentDateOf({ ...dated, terms: { ...terms, discounts: [] } }).date.payOn,
    discount: best.discount === null ? null : { payOn: best.payOn, saved: subtract(gross, best.amount) },
  };
}

function partiesOf(row: InvoiceRow): { invoice: { id: string; number: string | null }; supplier: { id: string; name: string } } {
  return { invoice: { id: row.invoice_id, number: row.number }, supplier: { id: row.supplier_id, name: row.supplier_name } };
}

function adviceView({ chosen, options, returnBasisPoints, reason }: PaymentAdvice): {
  chosen: PaymentOptionView;
  options: PaymentOptionView[];
  returnBasisPoints: number | null;
  reason: string;
} {
  const optionView = ({ kind, payOn, amount, earns }: PaymentOption): PaymentOptionView => ({
    kind,
    payOn,
    amount: view(amount),
    earns: view(earns),
  });
  return { chosen: optionView(chosen), options: options.map(optionView), returnBasisPoints, reason };
}

function view(money: Money): MoneyView {
  return { amount: formatMoney(money), currency: money.currency };
}
