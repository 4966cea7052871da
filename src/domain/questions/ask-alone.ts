import type { BankAccountCheck, ExceptionReason } from '#domain/accounts-payable';
import type { RecipientKind } from './question.ts';

/**
 * What a policy may let Deskhand ask without a person, and whom: papers that are missing and counts of goods. Figures, doubts and
 * duplicates are looked at by a person first, for what was misread would be asked in earnest; accounts and fraud never leave the house.
 */
const harmless = {
  'missing-purchase-order': { words: 'a missing order number', recipients: ['supplier'] },
  'missing-receipt': { words: 'a missing goods receipt', recipients: ['receiver', 'supplier'] },
  quantity: { words: 'a quantity', recipients: ['receiver'] },
  unit: { words: 'a unit', recipients: ['receiver'] },
} as const satisfies Partial<Record<ExceptionReason, { readonly words: string; readonly recipients: readonly RecipientKind[] }>>;
export type HarmlessReason = keyof typeof harmless;

export const harmlessReasons = Object.keys(harmless) as readonly HarmlessReason[];

export function isHarmless(reason: string): reason is HarmlessReason {
  return Object.hasOwn(harmless, reason);
}

/** Whether this may be asked of them without a person. */
export function mayAskAlone(reason: string, recipient: RecipientKind): boolean {
  return isHarmless(reason) && (harmless[reason].recipients as readonly RecipientKind[]).includes(recipient);
}

/** Whoever may be asked about it without a person. */
export function recipientsOf(reason: HarmlessReason): readonly RecipientKind[] {
  return harmless[reason].recipients;
}

/** `a missing order number`. */
export function sayReason(reason: HarmlessReason): string {
  return harmless[reason].words;
}

/** While any of these is open about an invoice, what it says is not known well enough to ask about. */
const firstToAPerson: ReadonlySet<string> = new Set([
  'unknown-supplier',
  'duplicate',
  'arithmetic',
  'doubtful-value',
] satisfies ExceptionReason[]);
/** Was it ever one of these, a person speaks for the office, even after it was let pass. */
const onlyByAPerson: ReadonlySet<string> = new Set([
  'bank-account-changed',
  'bank-account-called',
  'fraud-hold',
  'fraud-second',
] satisfies ExceptionReason[]);

/** What is known about the invoice when Deskhand would ask. */
export interface AloneFacts {
  readonly reason: string;
  readonly recipient: RecipientKind;
  readonly invoiceKind: 'invoice' | 'credit-note';
  /** Whether the supplier is one on file. */
  readonly isSupplierKnown: boolean;
  /** Every exception of the invoice, accepted ones too. */
  readonly exceptions: readonly { readonly reason: string; readonly isOpen: boolean }[];
  /** What fraud gates warned of. */
  readonly warnings: readonly string[];
  readonly account: BankAccountCheck['outcome'] | null;
  /** On file of the supplier or the member; never what a paper or a mail says. */
  readonly addressOnFile: string | null;
  /** Whom the mail would go to. */
  readonly address: string | null;
  /** Whoever is asked has the task already, or is away. */
  readonly isHolder: boolean;
  readonly isAway: boolean;
}

/** Why Deskhand does not ask this by itself whatever a policy says, one plain sentence; null where nothing is against it. */
export function whyNotAlone(facts: AloneFacts): string | null {
  const { reason, recipient, exceptions, account, address, addressOnFile } = facts;
  if (!mayAskAlone(reason, recipient)) return 'A person asks about this.';
  // Fraud gates look at no credit notes.
  if (facts.invoiceKind !== 'invoice') return 'A person asks about credit notes.';
  if (!facts.isSupplierKnown) return 'The supplier is not on file.';
  if (
    exceptions.some((exception) => onlyByAPerson.has(exception.reason)) ||
    account === 'changed' ||
    account === 'called' ||
    account === 'invalid'
  )
    return 'Its bank account or a fraud gate is in question.';
  if (facts.warnings.length > 0) return 'Something about it is unusual.';
  if (exceptions.some((exception) => exception.isOpen && firstToAPerson.has(exception.reason)))
    return 'What the invoice says is in doubt itself.';
  if (addressOnFile === null || address === null || address.toLowerCase() !== addressOnFile.toLowerCase())
    return 'Their address is not on file.';
  if (facts.isHolder) return 'They have the task already.';
  return facts.isAway ? 'They are away.' : null;
}
