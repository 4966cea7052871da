import type { BankReason, BankStatus, OrderStatus, PaymentStatus, StatusReport } from '#domain/ports';
import { child, children, invalid, textAt, type Element } from './bank-xml.ts';

/** Reads a pain.002 (customer payment status report), versions .03 to .14: what became of each of our payments. */
export function readStatusReport(content: Element, format: string): StatusReport {
  const report = child(content, 'CstmrPmtStsRpt');
  const messageId = textAt(report, 'GrpHdr', 'MsgId');
  if (report === null || messageId === null) throw invalid(`It says that it is ${format}, but holds no status report.`);
  return {
    kind: 'payment-status',
    format,
    messageId,
    orders: children(report, 'OrgnlGrpInfAndSts').map((group) => orderOf(report, group)),
  };
}

/** ISO 20022 has one original group a message; the parts of it follow. */
function orderOf(report: Element, group: Element): OrderStatus {
  const originalMessageId = textAt(group, 'OrgnlMsgId');
  if (originalMessageId === null) throw invalid('It does not say which of our files it answers.');
  const parts = children(report, 'OrgnlPmtInfAndSts');
  return {
    originalMessageId,
    status: statusOf(textAt(group, 'GrpSts')),
    reasons: reasonsOf(group),
    batches: parts.flatMap((part) => {
      const status = statusOf(textAt(part, 'PmtInfSts'));
      const paymentInformationId = textAt(part, 'OrgnlPmtInfId');
      return status === null || paymentInformationId === null ? [] : [{ paymentInformationId, status, reasons: reasonsOf(part) }];
    }),
    payments: parts.flatMap((part) => children(part, 'TxInfAndSts').flatMap((one) => paymentOf(one, part))),
  };
}

function paymentOf(transaction: Element, part: Element): PaymentStatus[] {
  const status = statusOf(textAt(transaction, 'TxSts')) ?? statusOf(textAt(part, 'PmtInfSts'));
  if (status === null) return [];
  const own = reasonsOf(transaction);
  return [
    {
      endToEndId: textAt(transaction, 'OrgnlEndToEndId'),
      instructionId: textAt(transaction, 'OrgnlInstrId'),
      status,
      reasons: own.length > 0 ? own : reasonsOf(part),
    },
  ];
}

export function reasonsOf(element: Element): BankReason[] {
  return children(element, 'StsRsnInf').map((information) => ({
    code: textAt(information, 'Rsn', 'Cd') ?? isoCode(textAt(information, 'Rsn', 'Prtry')),
    text: words(children(information, 'AddtlInf')) ?? textAt(information, 'Rsn', 'Prtry'),
  }));
}

/** Some banks write ISO's code where their own would stand. */
function isoCode(text: string | null): string | null {
  return text !== null && /^[A-Z]{2}\d{2}$/.test(text) ? text : null;
}

export function words(elements: readonly Element[]): string | null {
  const text = elements
    .map((element) => textAt(element) ?? '')
    .join(' ')
    .trim();
  return text === '' ? null : text.slice(0, 500);
}

// ISO 20022 external code set ExternalPaymentGroupStatus/TransactionStatus; what is not listed decides nothing.
const meanings: Readonly<Record<string, BankStatus>> = {
  ACTC: 'pending',
  RCVD: 'pending',
  PDNG: 'pending',
  PATC: 'pending',
  ACCP: 'accepted',
  ACSP: 'accepted',
  ACSC: 'accepted',
  ACCC: 'accepted',
  ACWC: 'accepted',
  ACWP: 'accepted',
  ACFC: 'accepted',
  PART: 'partly',
  RJCT: 'rejected',
  CANC: 'rejected',
};

function statusOf(code: string | null): BankStatus | null {
  return code === null ? null : (meanings[code] ?? 'pending');
}
