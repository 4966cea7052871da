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
  Limits,
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
  ToleranceRule,
  UnitConversion,
  ValueSet,
} from './types.ts';
export { exceptionReasons } from './types.ts';
export { limitsFor } from './matching/tolerances.ts';
export { approvalsFor, isAutomatic, obstaclesTo } from './why/automation-facts.ts';
export type { AutomationFacts } from './why/automation-facts.ts';
export { whatIf } from './why/what-if.ts';
export { whyAsked } from './why/why-asked.ts';
export type { Agreement, AgreementBill, AgreementClaim, AgreementKind } from './agreements/agreement.ts';
export { coverInvoice } from './agreements/cover-invoice.ts';
export type { AgreementCoverage } from './agreements/coverage.ts';
export { missingBills } from './agreements/missing-bills.ts';
export { describeRhythm, proposeAgreement } from './agreements/propose-agreement.ts';
export type { ProposedAgreement } from './agreements/propose-agreement.ts';
export { matchInvoice } from './matching/three-way-match.ts';
export { orderNumbersIn } from './matching/order-numbers.ts';
export type { MatchInput } from './matching/three-way-match.ts';
export { recogniseSupplier, recognitionException } from './suppliers/recognise-supplier.ts';
export type { SupplierCandidate, SupplierClues, SupplierRecognition } from './suppliers/recognise-supplier.ts';
export { bankAccountException, checkBankAccount } from './payments/bank-account.ts';
export type { BankAccountCheck } from './payments/bank-account.ts';
export { checkForFraud, usualFraudPolicy } from './fraud/check-for-fraud.ts';
export type { FraudPolicy, FraudQuestion, MailClues } from './fraud/check-for-fraud.ts';
export { gateNames } from './fraud/gate.ts';
export type { GateFinding } from './fraud/gate.ts';
export { domainOf } from './fraud/reply-to.ts';
export { senderAuthenticationFinding } from './fraud/sender-authentication.ts';
export type { PastInvoice } from './fraud/past-invoice.ts';
export { describeCall, lastAnswer, mayConfirmAccount, printsNumber } from './fraud/call-back.ts';
export type { AccountCall, CallReport } from './fraud/call-back.ts';
export { isPayableAccount, isSameAccount, usAccountOf } from './payments/us-account.ts';
export type { UsAccount } from './payments/us-account.ts';
export { isValidIban, normalizeIban, shortIban } from './payments/iban.ts';
export { duplicateException, findDuplicates, normalizeInvoiceNumber } from './find-duplicates.ts';
export type { DuplicateCandidate, DuplicateDifference } from './find-duplicates.ts';
export { advisePayments } from './payments/advise-payments.ts';
export type { CashLimit, PayableInvoice, PaymentAdvice, PaymentOption } from './payments/advise-payments.ts';
export { choosePaymentDate, resolveDueDate, workingDays } from './payments/due-dates.ts';
export type { DiscountWindow, DueDate, PaymentDate, PaymentDateInput } from './payments/due-dates.ts';
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
export { assemblePaymentRun, checkRelease, paymentDigest } from './payments/payment-run.ts';
export type { Payment, PaymentGroup, PaymentRunItem, ReleaseCheck, ReleaseRefusal, ReleaseRefusalCode } from './payments/payment-run.ts';
export type { ChargeKind } from './matching/charge-lines.ts';
export { languageOf, writeAdvice } from './payments/remittance-advice.ts';
export type { AdviceLanguage } from './payments/remittance-advice.ts';
export { releaseDigest } from './payments/release-digest.ts';
export { explainReason } from './payments/bank-reasons.ts';
export { reconcileEntries } from './payments/reconcile-bank.ts';
export type { BankState, EntryFinding, EntryOutcome, OrderedPayment } from './payments/reconcile-bank.ts';
export { codeKinds, settleParts } from './coding/coding.ts';
export type { CodeKind, Coding, CodingPart } from './coding/coding.ts';
export { newCodingModel } from './coding/coding-model.ts';
export type { CodingModel, PastBooking } from './coding/coding-model.ts';
export { learnBooking, predictCoding } from './coding/predict-coding.ts';
export type { CodePrediction, CodingPrediction } from './coding/predict-coding.ts';
export { hasWrongDigits, normalizeVatId } from './tax/vat-ids.ts';
export { checkTax } from './tax/check-tax.ts';
export type { TaxQuestion } from './tax/tax-question.ts';
export { reconcileStatement } from './statements/reconcile-statement.ts';
export type { StatementResult } from './statements/reconcile-statement.ts';
export type { OwnItem, OwnPayment, StatementFinding, StatementFindingKind } from './statements/statement-types.ts';
