import type { AdviceLanguage } from '#domain/accounts-payable';
import type { BankFileSummary } from '../commands/import-bank-file.ts';
import type { SubmissionStepKind } from '../payments/submission-path.ts';
import type { InvoiceSummaryView, MoneyView, Person, TaskKind } from './views.ts';

export interface PaymentView {
  id: string;
  invoice: InvoiceSummaryView;
  supplier: Person;
  iban: string;
  amount: MoneyView;
  discount: MoneyView;
  executeOn: string;
  reason: string;
  reference: string;
  status: 'scheduled' | 'in-run' | 'released' | 'cancelled';
  paymentRunId: string | null;
  /** What the bank said of it; null as long as it said nothing. */
  bank: PaymentBankView | null;
}
export interface PaymentBankView {
  state: 'accepted' | 'rejected' | 'settled' | 'returned';
  on: string;
  note: string;
}
export interface BankFileView {
  id: string;
  kind: 'payment-status' | 'statement' | 'notification';
  format: string;
  messageId: string;
  fileName: string;
  sha256: string;
  importedBy: Person;
  importedAt: string;
  summary: BankFileSummary;
}
export interface RemittanceAdviceView {
  supplier: Person;
  language: AdviceLanguage;
  total: MoneyView;
  subject: string;
  text: string;
}
export interface BankEntryView {
  id: string;
  direction: 'debit' | 'credit';
  amount: MoneyView;
  bookedOn: string;
  counterparty: string | null;
  account: string | null;
  text: string;
  bankReference: string | null;
  outcome: string;
  finding: string;
  paymentRunId: string | null;
}
export interface BankFileDetailView extends BankFileView {
  entries: BankEntryView[];
  questions: PaymentRunQuestionView[];
}

export type SubmissionState = 'hand-in' | 'waiting' | 'sent' | 'in-doubt' | 'accepted' | 'refused' | 'taken-back';

export interface SubmissionView {
  state: SubmissionState;
  since: string;
  sentTimes: number;
  /** Questions to the bank that brought nothing clear. */
  askedTimes: number;
  bankReference: string | null;
  /** What the bank said last, or why nothing is known; a sentence. */
  lastWord: string | null;
  next: string;
}

export interface PaymentRunQuestionView {
  taskId: string;
  kind: TaskKind;
  title: string;
  question: string;
}

export interface PaymentRunStepView {
  what: SubmissionStepKind | 'answered';
  at: string;
  lastAt: string;
  times: number;
  /** Null is Deskhand. */
  by: Person | null;
  note: string | null;
  /** What a person answered, when `what` is `answered`. */
  decision: string | null;
}

export interface PaymentRunSummaryView {
  id: string;
  status: 'proposed' | 'released' | 'cancelled';
  createdBy: Person;
  createdAt: string;
  releasedBy: Person | null;
  releasedAt: string | null;
  count: number;
  totals: MoneyView[];
  fileSha256: string | null;
  /** Null before its release. */
  submission: SubmissionView | null;
  /** How many of its payments the bank booked, to the cent, and how many it rejected or sent back. */
  bank: { settled: number; failed: number };
}

export interface PaymentRunDetailView extends PaymentRunSummaryView {
  payments: PaymentView[];
  digest: string | null;
  /** What the device of the one who asks is asked to sign with; null where they have no passkey or may not release. */
  signing: Record<string, unknown> | null;
  /** Whether the one who asks has an authenticator app whose code may be given instead. */
  asksForCode: boolean;
  /** The passkey that signed the release, or the app whose code was given for it. */
  signedWith: { kind: 'passkey' | 'authenticator'; name: string } | null;
  obstacles: string[];
  mayRelease: boolean;
  /** Whether the one who asks may take it back after its release. */
  mayTakeBack: boolean;
  path: PaymentRunStepView[];
  questions: PaymentRunQuestionView[];
}
