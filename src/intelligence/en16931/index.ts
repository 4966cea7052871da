export { checkInvoice } from './check-invoice.ts';
export { ruleProblems } from './explain-rules.ts';
export { semanticInvoiceOf } from './semantic-invoice-of.ts';
