import { DeskhandError } from '#domain/errors';
import { formatMoney, toDecimal, decimal, type Money } from '#domain/money';
import { connectorErrors } from '../errors.ts';
import { compact, faultsOf, isSepaPayment } from './check-payment-file.ts';
import { creditorReference, sepaText } from './sepa-text.ts';

/** A run of payments from one account, as a bank file needs it. */
export interface PaymentFileRun {
  /** 1 to 30 characters; unique per run, banks refuse a repeated one. */
  readonly messageId: string;
  readonly createdAt: Date;
  /** Name of who sends the file. */
  readonly initiator: string;
  readonly debtor: PaymentFileParty;
  readonly groups: readonly PaymentFileGroup[];
}

export interface PaymentFileParty {
  readonly name: string;
  readonly iban: string;
  readonly bic: string | null;
}

export interface PaymentFileGroup {
  /** `YYYY-MM-DD`. */
  readonly executionDate: string;
  readonly payments: readonly PaymentFilePayment[];
}

export interface PaymentFilePayment {
  /** 1 to 35 characters; comes back on the bank statement unchanged. */
  readonly endToEndId: string;
  readonly amount: Money;
  readonly creditor: PaymentFileParty;
  /** A creditor reference (RF…) alone goes structured, everything else as text of up to 140 characters. */
  readonly remittance: string;
}

/**
 * Writes a run as an ISO 20022 credit transfer file, pain.001.001.09, after the SEPA implementation guidelines
 * (EPC132-08). The same run gives the same bytes. Euro payments within SEPA carry the service level SEPA; other
 * currencies and countries stand in payment information of their own without it.
 *
 * @throws DH_CONNECTORS_PAYMENT_FILE_REFUSED with all faults when any payment can't be sent as it is.
 */
export function writePain001(run: PaymentFileRun): string {
  const faults = faultsOf(run);
  if (faults.length > 0) {
    const shown = faults.slice(0, 10).join(' ');
    const rest = faults.length > 10 ? ` And ${faults.length - 10} more.` : '';
    throw new DeskhandError(connectorErrors.paymentFileRefused, `The bank file was not written. ${shown}${rest}`, {
      details: { faultCount: faults.length },
    });
  }
  const payments = run.groups.flatMap((group) => group.payments);
  const header = element('GrpHdr', [
    element('MsgId', run.messageId),
    element('CreDtTm', `${run.createdAt.toISOString().slice(0, 19)}Z`),
    element('NbOfTxs', String(payments.length)),
    element('CtrlSum', controlSum(payments)),
    element('InitgPty', [element('Nm', sepaText(run.initiator, 70))]),
  ]);
  const instructions = instructionsOf(run).map((instruction, index) => paymentInformation(run, instruction, index + 1));
  const root = element('CstmrCdtTrfInitn', [header, ...instructions]);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09">${root}</Document>\n`;
}

interface Instruction {
  readonly executionDate: string;
  readonly isSepa: boolean;
  readonly payments: readonly PaymentFilePayment[];
}

/** One per day, currency and scheme, in the order of first appearance. */
function instructionsOf(run: PaymentFileRun): readonly Instruction[] {
  const byKey = new Map<string, { executionDate: string; isSepa: boolean; payments: PaymentFilePayment[] }>();
  for (const group of run.groups) {
    for (const payment of group.payments) {
      const isSepa = isSepaPayment(payment);
      const key = `${group.executionDate} ${payment.amount.currency} ${isSepa}`;
      const instruction = byKey.get(key) ?? { executionDate: group.executionDate, isSepa, payments: [] };
      instruction.payments.push(payment);
      byKey.set(key, instruction);
    }
  }
  return [...byKey.values()];
}

function paymentInformation(run: PaymentFileRun, instruction: Instruction, number: number): string {
  const { debtor } = run;
  return element('PmtInf', [
    element('PmtInfId', `${run.messageId}-${number}`),
    element('PmtMtd', 'TRF'),
    // One booking per payment: each shows on the statement with its own end-to-end id, so it can be checked off.
    element('BtchBookg', 'false'),
    element('NbOfTxs', String(instruction.payments.length)),
    element('CtrlSum', controlSum(instruction.payments)),
    ...(instruction.isSepa ? [element('PmtTpInf', [element('SvcLvl', [element('Cd', 'SEPA')])])] : []),
    element('ReqdExctnDt', [element('Dt', instruction.executionDate)]),
    element('Dbtr', [element('Nm', sepaText(debtor.name, 70))]),
    element('DbtrAcct', account(debtor)),
    // EPC132-08: without a BIC the debtor's bank is NOTPROVIDED; the IBAN names it.
    element('DbtrAgt', agent(debtor.bic) ?? [element('FinInstnId', [element('Othr', [element('Id', 'NOTPROVIDED')])])]),
    element('ChrgBr', instruction.isSepa ? 'SLEV' : 'SHAR'),
    ...instruction.payments.map(transaction),
  ]);
}

function transaction(payment: PaymentFilePayment): string {
  const { creditor, amount } = payment;
  const bank = agent(creditor.bic);
  return element('CdtTrfTxInf', [
    element('PmtId', [element('EndToEndId', payment.endToEndId)]),
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

function account(party: PaymentFileParty): readonly string[] {
  return [element('Id', [element('IBAN', compact(party.iban))])];
}

function agent(bic: string | null): readonly string[] | null {
  return bic === null ? null : [element('FinInstnId', [element('BICFI', bic)])];
}

/** Sum of all amounts irrespective of currency (ISO 20022 CtrlSum), exact: decimals, never floats. */
function controlSum(payments: readonly PaymentFilePayment[]): string {
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
