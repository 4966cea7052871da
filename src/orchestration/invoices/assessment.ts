import { createHash } from 'node:crypto';
import {
  bankAccountException,
  checkBankAccount,
  checkForFraud,
  checkTax,
  duplicateException,
  findDuplicates,
  matchInvoice,
  recogniseSupplier,
  recognitionException,
  type AgreementCoverage,
  type BankAccountCheck,
  type Invoice,
  type MatchException,
  type MatchResult,
  type PurchaseOrder,
  type Supplier,
  type SupplierClues,
  type SupplierRecognition,
  type Tolerance,
} from '#domain/accounts-payable';
import type { FieldName } from '#domain/documents';
import type { Role } from '#domain/identity';
import { decimal } from '#domain/money';
import { codeLines, codingQuestions, type CodedLine, type CodingFacts } from './coding.ts';
import type { FraudFacts } from './fraud-facts.ts';
import type { CurrentValues } from './invoice-fields.ts';
import { amountOf, type LoadedInvoice } from './invoices.ts';
import { taxQuestionOf, type TaxFacts } from './tax-facts.ts';
import { checkedFields, readingDoubts, type CheckedField } from './reading-doubts.ts';

/** An exception with the key under which a person may accept exactly these facts. */
export interface KeyedException extends MatchException {
  readonly key: string;
  /** Member who accepted it as it is. */
  readonly acceptedBy: string | null;
  readonly otherInvoiceId?: string;
  readonly field?: FieldName;
}

/** Everything Deskhand thinks of an invoice at one moment; stored with it. */
export interface Assessment {
  readonly supplier: { readonly supplierId: string | null; readonly confidence: number; readonly reason: string } | null;
  readonly bankAccount: BankAccountCheck | null;
  readonly match: MatchResult | null;
  /** What was agreed without an order is about it; absent where nothing is. */
  readonly agreement?: AgreementCoverage;
  readonly exceptions: readonly KeyedException[];
  /** What fraud gates found that does not hold it: whoever approves it reads them. */
  readonly warnings?: readonly string[];
  /** Where its lines are booked; absent where the organization keeps no accounts here. */
  readonly coding?: readonly CodedLine[] | null;
  /** Why it goes on by itself, or why not. */
  readonly automation: readonly string[];
  readonly requiredSteps: readonly Role[];
  /** Of the invoice that was looked at: what is decided later must be about this one. */
  readonly version: number;
  /** Since when nothing is in question, and its quantities count against the order; null while it asks. */
  readonly claimedAt: string | null;
}

export interface AssessmentFacts {
  readonly loaded: LoadedInvoice;
  readonly invoice: Invoice | null;
  readonly suppliers: readonly Supplier[];
  /** The supplier a person chose, which no recognition overrules. */
  readonly chosenSupplierId: string | null;
  readonly order: PurchaseOrder | null;
  /** Further orders the invoice names. */
  readonly moreOrders: readonly PurchaseOrder[];
  readonly earlier: readonly Invoice[];
  /** How it stands to what was agreed without an order. */
  readonly agreement?: AgreementCoverage | null;
  readonly tolerance: Tolerance;
  /** Member by key of an exception they accepted. */
  readonly accepted: ReadonlyMap<string, string>;
  /** Null for a credit note, and while supplier or figures are not known. */
  readonly fraud?: FraudFacts | null;
  /** Null while the figures are not known. */
  readonly tax?: TaxFacts | null;
  /** Null where the organization keeps no accounts here. */
  readonly coding?: Omit<CodingFacts, 'invoice'> | null;
}

/** Who sent it: a person's word first, else by its ids and names. */
export function identifySupplier(facts: Pick<AssessmentFacts, 'loaded' | 'suppliers' | 'chosenSupplierId'>): SupplierRecognition {
  const { loaded, suppliers, chosenSupplierId } = facts;
  if (chosenSupplierId !== null) return { supplierId: chosenSupplierId, confidence: 1, reason: 'A person said so.', candidates: [] };
  return recogniseSupplier(cluesOf(loaded), suppliers);
}

function cluesOf({ row, senderAddress }: LoadedInvoice): SupplierClues {
  const senderDomain = senderAddress?.split('@')[1]?.toLowerCase() ?? null;
  return { name: row.supplier_name, vatId: row.supplier_tax_id, iban: row.iban, senderDomain };
}

/** Applies every rule to what is known and collects what a person must decide. Pure: same facts, same answer (G6). */
export function assess(
  facts: AssessmentFacts,
): Pick<Assessment, 'supplier' | 'bankAccount' | 'match' | 'agreement' | 'exceptions' | 'warnings' | 'coding'> {
  const recognition = identifySupplier(facts);
  const supplier = facts.suppliers.find((candidate) => candidate.id === recognition.supplierId) ?? null;
  const doubts = doubtsOf(facts);
  const { invoice } = facts;
  const { order, moreOrders, tolerance, agreement = null } = facts;
  const match = invoice === null ? null : matchInvoice({ invoice, order, moreOrders, tolerance, agreement });
  const bankAccount = supplier === null || invoice?.kind !== 'invoice' ? null : checkBankAccount(facts.loaded.row.iban, supplier);
  const unknown = recognitionException(recognition, cluesOf(facts.loaded));
  const addsUp = match?.exceptions.every((exception) => exception.reason !== 'arithmetic') ?? true;
  const coding = invoice === null || facts.coding == null ? null : codeLines({ ...facts.coding, invoice });
  const exceptions = [
    // Sums that do not add up are one question, not one more for each figure in them.
    ...doubts.filter((candidate) => addsUp || !isSum(candidate)),
    ...(unknown === null ? [] : [unknown]),
    ...(invoice === null ? [] : duplicatesOf(invoice, facts.earlier)),
    ...(match?.exceptions ?? []),
    ...taxOf(facts, supplier, addsUp),
    ...[bankAccount === null ? null : bankAccountException(bankAccount)].filter((exception) => exception !== null),
    ...(coding === null || facts.coding == null ? [] : codingQuestions(coding, facts.coding.lists)),
  ];
  const { held, warnings } = fraudOf(facts.fraud ?? null);
  return {
    supplier: { supplierId: recognition.supplierId, confidence: recognition.confidence, reason: recognition.reason },
    bankAccount,
    match,
    ...(agreement === null ? {} : { agreement }),
    exceptions: [...exceptions.map((exception) => keyed(exception, facts.accepted)), ...held],
    warnings,
    ...(coding === null ? {} : { coding }),
  };
}

function taxOf({ invoice, loaded, tax = null }: AssessmentFacts, supplier: Supplier | null, addsUp: boolean): MatchException[] {
  if (invoice === null || tax === null) return [];
  return checkTax(taxQuestionOf(loaded, tax, { invoice, supplier, isSumAsked: !addsUp }));
}

/** What gates hold, until two people have let it pass; and what they only warn of. */
function fraudOf(fraud: FraudFacts | null): { readonly held: readonly KeyedException[]; readonly warnings: readonly string[] } {
  if (fraud === null) return { held: [], warnings: [] };
  // The question about an account that is not verified says where it is.
  const findings = checkForFraud(fraud.question, fraud.policy).filter(({ gate }) => gate !== 'iban-country');
  const held = findings
    .filter(({ severity }) => severity === 'hold')
    .map(({ expected, found, message }) => {
      const exception = keyed({ reason: 'fraud-hold', line: null, expected, found, difference: null, message }, new Map());
      const [first, second] = fraud.passes.get(exception.key) ?? [];
      if (second !== undefined) return { ...exception, acceptedBy: second.memberId };
      if (first === undefined) return exception;
      return { ...exception, reason: 'fraud-second' as const, message: `${message} ${first.name} would let it pass: “${first.reason}”` };
    });
  return { held, warnings: findings.filter(({ severity }) => severity === 'warn').map(({ message }) => message) };
}

/** Exceptions that still ask, in the order in which they are asked: first what was read, then whose it is, then the match. */
export function nextQuestions(exceptions: readonly KeyedException[]): readonly KeyedException[] {
  const open = exceptions.filter((exception) => exception.acceptedBy === null);
  const stages = [
    ['doubtful-value', 'arithmetic'],
    ['unknown-supplier', 'duplicate'],
    // What may be a fraud takes nobody's time but theirs who can tell.
    ['fraud-hold'],
    ['fraud-second'],
  ];
  for (const stage of stages) {
    const asked = open.filter((exception) => stage.includes(exception.reason));
    if (asked.length > 0) return asked;
  }
  return open;
}

const required: readonly CheckedField[] = ['invoiceNumber', 'issueDate', 'currency', 'grossTotal'];

type Doubt = MatchException & { readonly field?: FieldName };

/** Problems of a document that a person looks at before anything is paid from it, whatever else it says. */
const askedAbout = [
  // The data of an e-invoice that contradict the page, or break the standard's rules, were not what the supplier meant.
  'proof-check-failed',
  'xml-differs-from-page',
  'e-invoice-rule-broken',
  // What eye and program see is not the same, or someone tried to steer a program.
  'hidden-text',
  'turned-text',
  'look-alike-letters',
  'orders-to-a-model',
  // It may be more than one paper, so that its values may be of another.
  'perhaps-several-documents',
];

function doubtsOf({ loaded: { values, extraction }, tolerance }: AssessmentFacts): Doubt[] {
  const unsure = readingDoubts(values, extraction?.acceptance, tolerance.readingErrorBasisPoints);
  const doubts = (Object.keys(checkedFields) as CheckedField[]).flatMap((name) => {
    const field = values.fields[name];
    const label = checkedFields[name];
    if (field.value === null) {
      return required.includes(name) ? [doubt(`The ${label} was not found on the document. Please fill it in.`, null, name)] : [];
    }
    if (isSumField(name) && amountOf(field.value) === null) {
      const advice = 'is no amount that can be paid: it has too many digits, or is no number. Please correct it against the page.';
      return [doubt(`The ${label} ${field.value} ${advice}`, field.value, name)];
    }
    if (field.standing === 'contradicted')
      return [doubt(`The ${label} ${field.value} is contradicted: ${field.reason}`, field.value, name)];
    return unsure.filter((one) => one.name === name).map(({ message, found }) => doubt(message, found, name));
  });
  const unexplained = missingTax(values);
  if (unexplained !== null) doubts.push(unexplained);
  const faults = askedAbout.flatMap((code) => extraction?.problems.find((problem) => problem.code === code) ?? []);
  return [...doubts, ...faults.map(({ message }) => doubt(message, null))];
}

/** A tax that nobody read is not made up from the other two: that would let any total pass. */
function missingTax({ fields }: CurrentValues): Doubt | null {
  const [net, tax, gross] = [fields.netTotal.value, fields.taxTotal.value, fields.grossTotal.value].map(amountOf);
  if (net === null || net === undefined || gross === null || gross === undefined || tax !== null || decimal(net).eq(gross)) return null;
  const difference = decimal(gross).minus(net).toFixed();
  const message = `Net ${net} and total ${gross} differ by ${difference}, but no tax was found that explains it. Please look at the sums.`;
  return { reason: 'arithmetic', line: null, expected: net, found: gross, difference, message, field: 'taxTotal' };
}

function isSum({ field, found }: Doubt): boolean {
  return found !== null && amountOf(found) !== null && field !== undefined && isSumField(field);
}

function isSumField(field: FieldName): boolean {
  return field === 'netTotal' || field === 'taxTotal' || field === 'grossTotal';
}

function doubt(message: string, found: string | null, field?: FieldName): Doubt {
  const exception = { reason: 'doubtful-value', line: null, expected: null, found, difference: null, message } as const;
  return field === undefined ? exception : { ...exception, field };
}

function duplicatesOf(invoice: Invoice, earlier: readonly Invoice[]): (MatchException & { otherInvoiceId?: string })[] {
  const candidates = findDuplicates(invoice, earlier);
  const exception = duplicateException(candidates, earlier);
  const [best] = candidates;
  return exception === null || best === undefined ? [] : [{ ...exception, otherInvoiceId: best.invoiceId }];
}

function keyed(exception: MatchException & { readonly otherInvoiceId?: string }, accepted: ReadonlyMap<string, string>): KeyedException {
  const { reason, line, expected, found, difference, message, otherInvoiceId } = exception;
  const facts = [reason, line, expected, found, difference, message, otherInvoiceId];
  const key = `${exception.reason}:${createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 16)}`;
  return { ...exception, key, acceptedBy: accepted.get(key) ?? null };
}
