import type { MatchException } from '../types.ts';
import type { AgreementBill } from './agreement.ts';
import type { PrintedReference } from './find-reference.ts';

/** How an invoice without an order stands to what was agreed with its supplier. */
export interface AgreementCoverage {
  readonly agreementId: string;
  readonly name: string;
  /** Which bill of the agreement it is; null where it is none, or a person must say which. */
  readonly expectedOn: string | null;
  /** One plain sentence: what covers it, or what does not. */
  readonly sentence: string;
  /** Empty: it is covered. */
  readonly exceptions: readonly MatchException[];
  /** Bills it could be, of which a person says one. @default none, it is clear */
  readonly bills?: readonly BillChoice[];
  /** First day of what the paper says it is for. @default it says nothing, or several things */
  readonly servedFrom?: string;
  /** Where the agreement's number stands on the paper. @default it was not found by its number there */
  readonly reference?: PrintedReference;
}

export interface BillChoice extends AgreementBill {
  /** `Office rent, June 2026`. */
  readonly label: string;
}
