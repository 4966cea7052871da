/** What a bank's reason code means, and what somebody has to do about it. */
export interface ReasonInWords {
  /** One plain sentence. */
  readonly what: string;
  /** One plain sentence: what to do before it is paid again. */
  readonly todo: string;
}

const account = 'Ask the supplier, at a number you already know, for the right account, and have it verified.';
const masterData = 'Compare name and address on file with the supplier’s papers and correct them.';
const bank = 'Speak with your bank before anything is paid again.';

/** ISO 20022 external code sets, status and return reasons (ExternalStatusReason1Code, ExternalReturnReason1Code). */
const reasons: Readonly<Record<string, ReasonInWords>> = {
  AC01: { what: 'The account number is wrong.', todo: account },
  AC02: { what: 'Your own account number in the file is wrong.', todo: 'Correct the account that your firm pays from.' },
  AC03: { what: 'The supplier’s account number is wrong.', todo: account },
  AC04: { what: 'The supplier’s account is closed.', todo: account },
  AC05: { what: 'Your own account is closed.', todo: bank },
  AC06: {
    what: 'The account is blocked.',
    todo: 'Ask the supplier why before you pay anywhere else; a blocked account can be a sign of fraud.',
  },
  AC07: { what: 'The supplier’s account is closed.', todo: account },
  AC13: { what: 'The account is of a kind that cannot be paid this way.', todo: account },
  AG01: { what: 'Payments of this kind are not allowed to this account.', todo: account },
  AG02: { what: 'The bank does not carry out payments of this kind.', todo: bank },
  AM01: { what: 'The amount is zero.', todo: 'Look at the invoice again.' },
  AM02: { what: 'The amount is above the bank’s limit.', todo: 'Have the bank raise the limit, or pay the invoice another way.' },
  AM03: { what: 'The bank does not carry out payments in this currency.', todo: bank },
  AM04: { what: 'There was not enough money on the account.', todo: 'See that there is enough on the account, then pay it again.' },
  AM05: {
    what: 'The bank holds it for a payment that it has already.',
    todo: 'Look on the statement whether it was paid before; only if not, pay it again.',
  },
  AM09: { what: 'The amount was not the one that was agreed.', todo: 'Ask the supplier which amount was expected.' },
  BE01: { what: 'The name does not belong to the account.', todo: `${account} A name that does not fit can be a sign of fraud.` },
  BE04: { what: 'The supplier’s address is missing or wrong.', todo: masterData },
  BE05: { what: 'The bank does not know who ordered it.', todo: bank },
  BE06: { what: 'The account’s bank does not know the supplier.', todo: account },
  BE07: { what: 'Your own address is missing or wrong in the file.', todo: bank },
  CNOR: { what: 'The supplier’s bank cannot be reached this way.', todo: account },
  CUST: { what: 'It was called back at the request of your firm.', todo: 'Ask who called it back, and why.' },
  CURR: { what: 'The currency is wrong.', todo: 'Ask the supplier in which currency the account is kept.' },
  DNOR: { what: 'Your own bank cannot be reached this way.', todo: bank },
  DT01: { what: 'The date of execution is not one that the bank accepts.', todo: 'Pay it again in a new run.' },
  DUPL: {
    what: 'The bank holds the file for one that it has already.',
    todo: 'Look on the statement whether it was paid before; only if not, pay it again.',
  },
  ED05: { what: 'The banks could not settle it.', todo: bank },
  FF01: { what: 'The bank could not read the file.', todo: bank },
  FF05: { what: 'The kind of payment is not one that the bank takes.', todo: bank },
  FOCR: { what: 'It came back because it was called back.', todo: 'Ask who called it back, and why.' },
  FRAD: {
    what: 'A bank holds it for fraud.',
    todo: 'Pay nothing to this account. Speak with the supplier, at a number you already know, and with your bank.',
  },
  FRNA: {
    what: 'A bank wanted it back for suspected fraud.',
    todo: 'Pay nothing to this account. Speak with the supplier, at a number you already know, and with your bank.',
  },
  MD07: { what: 'The holder of the account has died.', todo: account },
  MS02: { what: 'The supplier or their bank did not want it and gave no reason.', todo: 'Ask the supplier why.' },
  MS03: { what: 'The bank gave no reason.', todo: bank },
  NARR: { what: 'The bank says why in its own words.', todo: bank },
  RC01: { what: 'The bank code (BIC) is wrong.', todo: account },
  RC08: { what: 'The clearing number of the bank is wrong.', todo: account },
  RF01: { what: 'The reference is used already.', todo: 'Look on the statement whether it was paid before; only if not, pay it again.' },
  RR01: { what: 'The bank lacks your account or its number, as regulations demand it.', todo: bank },
  RR02: { what: 'The bank lacks your name or address, as regulations demand it.', todo: bank },
  RR03: { what: 'The bank lacks the supplier’s name or address, as regulations demand it.', todo: masterData },
  RR04: { what: 'A regulation stands against it.', todo: bank },
  TECH: { what: 'Something technical went wrong at a bank.', todo: 'Pay it again in a new run.' },
  TM01: { what: 'The file reached the bank too late for its day.', todo: 'Pay it again in a new run.' },
  UPAY: { what: 'A bank holds it for not justified.', todo: 'Look at the invoice again.' },
};

/**
 * A bank's reason for people. A code that is not listed is shown as it is, with the bank's words.
 *
 * @param reason - as the bank says it; null where it said nothing.
 */
export function explainReason(reason: { readonly code: string | null; readonly text: string | null } | null): ReasonInWords {
  const known = reason?.code == null ? undefined : reasons[reason.code];
  const own = reason?.text == null ? '' : ` The bank writes: “${reason.text}”.`;
  if (known !== undefined) return { what: `${known.what} (${reason?.code ?? ''})${own}`, todo: known.todo };
  const code = reason?.code == null ? 'The bank gave no code for the reason.' : `The bank gives the reason ${reason.code}.`;
  return { what: `${code}${own}`, todo: bank };
}
