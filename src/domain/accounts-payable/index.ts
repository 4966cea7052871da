export type {
  Allocation,
  CreditedInvoice,
  Deposit,
  DiscountStep,
  DocumentCharge,
  ExceptionReason,
  ExchangeRate,
  Invoice,
  InvoiceLine,
  MatchException,
  MatchResult,
  OrderedCharge,
  PaymentTerms,
  PurchaseOrder,
  PurchaseOrderLine,
  ReceiptAllocation,
  ReceiptLine,
  Supplier,
  SupplierBankAccount,
  Tolerance,
  ToleranceOverride,
  UnitConversion,
} from './types.ts';
export { matchInvoice } from './three-way-match.ts';
export { orderNumbersIn } from './order-numbers.ts';
export type { MatchInput } from './three-way-match.ts';
export { recogniseSupplier, recognitionException } from './recognise-supplier.ts';
export type { SupplierCandidate, SupplierClues, SupplierRecognition } from './recognise-supplier.ts';
export { bankAccountException, checkBankAccount } from './bank-account.ts';
export type { BankAccountCheck } from './bank-account.ts';
export { checkForFraud, usualFraudPolicy } from './fraud/check-for-fraud.ts';
export type { FraudPolicy, FraudQuestion, MailClues } from './fraud/check-for-fraud.ts';
export { gateNames } from './fraud/gate.ts';
export type { GateFinding } from './fraud/gate.ts';
export { domainOf } from './fraud/reply-to.ts';
export type { PastInvoice } from './fraud/past-invoice.ts';
export { describeCall, lastAnswer, mayConfirmAccount, printsNumber } from './fraud/call-back.ts';
export type { AccountCall, CallReport } from './fraud/call-back.ts';
export { isPayableAccount, isSameAccount, usAccountOf } from './us-account.ts';
export type { UsAccount } from './us-account.ts';
export { isValidIban, normalizeIban, shortIban } from './iban.ts';
export { duplicateException, findDuplicates, normalizeInvoiceNumber } from './find-duplicates.ts';
export type { DuplicateCandidate, DuplicateDifference } from './find-duplicates.ts';
export { choosePaymentDate, resolveDueDate, workingDays } from './due-dates.ts';
export type { DiscountWindow, DueDate, PaymentDate, PaymentDateInput } from './due-dates.ts';
export type { Weekday } from '#domain/calendar';
export { mayApprove, requiredApprovals, sampleApprovalPolicy, supplierStandingOf } from './approval-policy.ts';
export type {
  ApprovalHistoryEntry,
  ApprovalPermission,
  ApprovalPolicy,
  ApprovalPolicyStep,
  ApprovalQuestion,
  ApprovalStep,
  RequiredApprovals,
  SupplierStanding,
} from './approval-policy.ts';
export { routeException } from './exception-routing.ts';
export type { ExceptionChoice, ExceptionRoute } from './exception-routing.ts';
export { assemblePaymentRun, checkRelease, paymentDigest } from './payment-run.ts';
export type { Payment, PaymentGroup, PaymentRunItem, ReleaseCheck, ReleaseRefusal, ReleaseRefusalCode } from './payment-run.ts';
export type { ChargeKind } from './charge-lines.ts';
export { languageOf, writeAdvice } from './remittance-advice.ts';
export type { AdviceLanguage } from './remittance-advice.ts';
export { releaseDigest } from './release-digest.ts';
export { explainReason } from './bank-reasons.ts';
export { reconcileEntries } from './reconcile-bank.ts';
export type { BankState, EntryFinding, EntryOutcome, OrderedPayment } from './reconcile-bank.ts';
