export { exceptionReasons } from './types.ts';
export type {
  Allocation, DiscountStep, ExceptionReason, Invoice, InvoiceLine, MatchException, MatchResult, PaymentTerms, PurchaseOrder,
  PurchaseOrderLine, Supplier, SupplierBankAccount, Tolerance,
} from './types.ts';
