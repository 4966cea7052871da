import { DeskhandError } from '#domain/errors';
import { decimal, formatMoney, toDecimal } from '#domain/money';
import type { BankParty, PaymentInstruction, PaymentOrder } from '#domain/ports';
import { connectorErrors } from '../errors.ts';
import { compact, faultsOf, isSepaPayment } from './check-payment-file.ts';
import { creditorReference, sepaText } from './sepa-text.ts';

/**
 * Writes an order as an ISO 20022 credit transfer file, pain.001.001.09, after the SEPA implementation guidelines
 * (EPC132-08). The same order gives the same bytes. Euro payments within SEPA carry the service level SEPA; other
 * currencies and countries stand in payment information of their own without it.
 *
 * @throws DH_CONNECTORS_PAYMENT_FILE_INVALID with all faults when any payment can't be sent as it is.
 */
export function writePain001(order: PaymentOrder): string {
  const faults = faultsOf(order);
  if (faults.length > 0) {
    const shown = faults.slice(0, 10).join(' ');
    const rest = faults.length > 10 ? ` And ${faults.length - 10} more.` : '';
    throw new DeskhandError(connectorErrors.paymentFileInvalid, `The bank file was not written. ${shown}${rest}`, {
      details: { faultCount: faults.length },
    });
  }
  const { payments } = order;
  const header = element('GrpHdr', [
    element('MsgId', order.messageId),
    element('CreDtTm', `${order.createdAt.toISOString().slice(0, 19)}Z`),
    element('NbOfTxs', String(payments.length)),
    element('CtrlSum', controlSum(payments)),
    element('InitgPty', [element('Nm', sepaText(order.debtor.name, 70))]),
  ]);
  const batches = batchesOf(order).map((batch, index) => paymentInformation(order, batch, index + 1));
  const root = element('CstmrCdtTrfInitn', [header, ...batches]);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09">${root}</Document>\n`;
}

interface Batch {
  readonly executeOn: string;
  readonly isSepa: boolean;
  readonly payments: readonly PaymentInstruction[];
}

/** One per day, currency and scheme, in the order of first appearance. */
function batchesOf(order: PaymentOrder): readonly Batch[] {
  const byKey = new Map<string, { executeOn: string; isSepa: boolean; payments: PaymentInstruction[] }>();
  for (const payment of order.payments) {
    const isSepa = isSepaPayment(payment);
    const key = `${payment.executeOn} ${payment.amount.currency} ${isSepa}`;
    const batch = byKey.get(key) ?? { executeOn: payment.executeOn, isSepa, payments: [] };
    batch.payments.push(payment);
    byKey.set(key, batch);
  }
  return [...byKey.values()];
}

function paymentInformation(order: PaymentOrder, batch: Batch, number: number): string {
  const { debtor } = order;
  return element('PmtInf', [
    element('PmtInfId', batchId(order.messageId, number)),
    element('PmtMtd', 'TRF'),
    // One booking per payment: each shows on the statement with its own end-to-end id, so it can be checked off.
    element('BtchBookg', 'false'),
    element('NbOfTxs', String(batch.payments.length)),
    element('CtrlSum', controlSum(batch.payments)),
    ...(batch.isSepa ? [element('PmtTpInf', [element('SvcLvl', [element('Cd', 'SEPA')])])] : []),
    element('ReqdExctnDt', [element('Dt', batch.executeOn)]),
    element('Dbtr', [element('Nm', sepaText(debtor.name, 70))]),
    element('DbtrAcct', account(debtor)),
    // EPC132-08: without a BIC the debtor's bank is NOTPROVIDED; the IBAN names it.
    element('DbtrAgt', agent(debtor.bic) ?? [element('FinInstnId', [element('Othr', [element('Id', 'NOTPROVIDED')])])]),
    element('ChrgBr', batch.isSepa ? 'SLEV' : 'SHAR'),
    ...batch.payments.map(transaction),
  ]);
}

/** Max35Text: cuts a message id only where it leaves no room for the number. */
function batchId(messageId: string, number: number): string {
  const ending = `-${number}`;
  return `${messageId.slice(0, 35 - ending.length)}${ending}`;
}

function transaction(payment: PaymentInstruction): string {
  const { creditor, amount } = payment;
  const bank = agent(creditor.bic);
  return element('CdtTrfTxInf', [
    element('PmtId', [
      ...(payment.instructionId === null ? [] : [element('InstrId', payment.instructionId)]),
      element('EndToEndId', payment.endToEndId),
    ]),
    element('Amt', [`<InstdAmt Ccy="${amount.currency}">${formatMoney(amount)}</InstdAmt>`]),
    ...(bank === null ? [] : [element('CdtrAgt', bank)]),
    element('Cdtr', [element('Nm', sepaText(creditor.name, 70))]),
    element('CdtrAcct', account(creditor)),
    ...remittance(payment.remittance),
  ]);
}

function remittance(text: string): readonly string[] {
  const reference = creditorReference(text);
  if (reference === null) {
    const plain = sepaText(text, 140);
    return plain === '' ? [] : [element('RmtInf', [element('Ustrd', plain)])];
  }
  const type = element('Tp', [element('CdOrPrtry', [element('Cd', 'SCOR')]), element('Issr', 'ISO')]);
  return [element('RmtInf', [element('Strd', [element('CdtrRefInf', [type, element('Ref', reference)])])])];
}

function account(party: BankParty): readonly string[] {
  return [element('Id', [element('IBAN', compact(party.iban))])];
}

function agent(bic: string | null): readonly string[] | null {
  return bic === null ? null : [element('FinInstnId', [element('BICFI', bic)])];
}

/** Sum of all amounts irrespective of currency (ISO 20022 CtrlSum), exact: decimals, never floats. */
function controlSum(payments: readonly PaymentInstruction[]): string {
  const total = payments.reduce((sum, payment) => sum.plus(toDecimal(payment.amount)), decimal(0));
  const digits = Math.max(2, (total.toFixed().split('.')[1] ?? '').length);
  return total.toFixed(digits);
}

function element(name: string, content: string | readonly string[]): string {
  return `<${name}>${typeof content === 'string' ? escapeText(content) : content.join('')}</${name}>`;
}

function escapeText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
