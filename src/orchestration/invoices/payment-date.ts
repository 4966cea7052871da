import {
  choosePaymentDate,
  resolveDueDate,
  workingDays,
  type DueDate,
  type PaymentDate,
  type PaymentTerms,
} from '#domain/accounts-payable';
import type { Money } from '#domain/money';

/** What an approved invoice and its supplier say about when it is paid. */
export interface DatedInvoice {
  readonly issuedOn: string;
  readonly printedDueOn: string | null;
  readonly terms: PaymentTerms;
  readonly gross: Money;
  /** From when its account may be paid, an instant; null where it may be. */
  readonly payableFrom: string | null;
  readonly today: string;
}

/** When an invoice is due, and the day and amount by which it is best paid: one rule for its payment and for advice about it. */
export function paymentDateOf({ issuedOn, printedDueOn, terms, gross, payableFrom, today }: DatedInvoice): {
  readonly due: DueDate;
  readonly date: PaymentDate;
} {
  const due = resolveDueDate({ issuedOn, printedDueOn, terms });
  // An account that was verified just before cools off first; a discount that ends meanwhile is not taken.
  const from = [today, payableFrom?.slice(0, 10) ?? today].toSorted().at(-1) ?? today;
  return { due, date: choosePaymentDate({ issuedOn, dueOn: due.dueOn, terms, gross, today: from, paymentDays: workingDays }) };
}
