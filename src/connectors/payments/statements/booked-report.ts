import { add, currencyDigits, decimal, formatMoney, isCurrency, money, sum, type Money } from '#domain/money';
import type { AccountReport, BookedEntry, BookedReport } from '#domain/ports';
import { child, children, invalid, textAt, type Element } from './bank-xml.ts';
import { words } from './status-report.ts';

const containers = {
  statement: { body: 'BkToCstmrStmt', account: 'Stmt' },
  notification: { body: 'BkToCstmrDbtCdtNtfctn', account: 'Ntfctn' },
} as const;

/** Reads a camt.053 (statement) or camt.054 (notification), versions .02 to .13: every movement that the bank booked. */
export function readBookedReport(content: Element, format: string, kind: 'statement' | 'notification'): BookedReport {
  const report = child(content, containers[kind].body);
  const messageId = textAt(report, 'GrpHdr', 'MsgId');
  if (report === null || messageId === null) throw invalid(`It says that it is ${format}, but holds no ${kind}.`);
  const createdOn = textAt(report, 'GrpHdr', 'CreDtTm')?.slice(0, 10) ?? null;
  return { kind, format, messageId, accounts: children(report, containers[kind].account).map((part) => accountOf(part, createdOn)) };
}

function accountOf(part: Element, createdOn: string | null): AccountReport {
  const account = textAt(part, 'Acct', 'Id', 'IBAN') ?? textAt(part, 'Acct', 'Id', 'Othr', 'Id');
  if (account === null) throw invalid('It does not say of which account it is.');
  const problems: string[] = [];
  const entries: BookedEntry[] = [];
  const movements: Money[] = [];
  let pending = 0;
  for (const entry of children(part, 'Ntry')) {
    const status = textAt(entry, 'Sts', 'Cd') ?? textAt(entry, 'Sts') ?? 'BOOK';
    if (status !== 'BOOK') {
      pending += 1;
      continue;
    }
    const read = entriesOf(entry, createdOn, problems);
    movements.push(signed(amountOf(entry, 'Amt'), directionOf(entry)));
    for (const one of read) entries.push({ ...one, position: entries.length + 1 });
  }
  return {
    account: account.replaceAll(/\s/g, '').toUpperCase(),
    entries,
    pending,
    problems: [...problems, ...balanceProblems(part, movements)],
  };
}

type Unplaced = Omit<BookedEntry, 'position'>;

/** One a detail; a collective booking whose details do not add up to it stays one. */
function entriesOf(entry: Element, createdOn: string | null, problems: string[]): Unplaced[] {
  const whole = amountOf(entry, 'Amt');
  const details = children(entry, 'NtryDtls').flatMap((part) => children(part, 'TxDtls'));
  const batch = child(entry, 'NtryDtls', 'Btch');
  if (details.length <= 1) {
    const count = details.length === 1 ? 1 : Math.max(1, Number(textAt(batch, 'NbOfTxs') ?? '1') || 1);
    return [movementOf({ entry, detail: details[0] ?? null, batch, amount: whole, createdOn, count })];
  }
  const parts = details.map((detail) => detailAmount(detail, whole.currency));
  const amounts = parts.filter((part) => part !== null);
  if (amounts.length === parts.length && sum(amounts, whole.currency).minor === whole.minor)
    return details.map((detail, index) => movementOf({ entry, detail, batch, amount: amounts[index] ?? whole, createdOn, count: 1 }));
  if (amounts.length > 0)
    problems.push(
      `A collective booking of ${formatMoney(whole)} ${whole.currency} has ${details.length} details that do not add up to it; it is looked at as one.`,
    );
  return [movementOf({ entry, detail: null, batch, amount: whole, createdOn, count: details.length })];
}

/** In the account's currency: version .08 says it of the detail, .02 as the amount of the transaction. */
function detailAmount(detail: Element, currency: string): Money | null {
  const ways = [child(detail, 'Amt') ?? null, child(detail, 'AmtDtls', 'TxAmt', 'Amt'), child(detail, 'AmtDtls', 'InstdAmt', 'Amt')];
  const own = ways.find((way) => way !== null && way['@Ccy'] === currency);
  return own === undefined || own === null ? null : parseAmount(own);
}

interface Movement {
  readonly entry: Element;
  readonly detail: Element | null;
  readonly batch: Element | null;
  readonly amount: Money;
  readonly createdOn: string | null;
  readonly count: number;
}

function movementOf({ entry, detail, batch, amount, createdOn, count }: Movement): Unplaced {
  const direction = directionOf(entry);
  const bookedOn = dayAt(entry, 'BookgDt') ?? dayAt(entry, 'ValDt') ?? createdOn;
  if (bookedOn === null) throw invalid('An entry of it has no booking date.');
  const other = direction === 'debit' ? 'Cdtr' : 'Dbtr';
  const parties = child(detail, 'RltdPties');
  const account = child(parties, `${other}Acct`, 'Id');
  return {
    direction,
    isReturn: textAt(entry, 'RvslInd') === 'true' || child(detail, 'RtrInf') !== null || isReturnCode(entry) || isReturnCode(detail),
    amount,
    instructed: instructedOf(detail, amount),
    bookedOn,
    bankReference: given(textAt(detail, 'Refs', 'AcctSvcrRef')) ?? given(textAt(entry, 'AcctSvcrRef')),
    entryReference: given(textAt(entry, 'NtryRef')),
    endToEndId: given(textAt(detail, 'Refs', 'EndToEndId')),
    instructionId: given(textAt(detail, 'Refs', 'InstrId')),
    messageId: given(textAt(detail, 'Refs', 'MsgId') ?? textAt(batch, 'MsgId')),
    paymentInformationId: given(textAt(detail, 'Refs', 'PmtInfId') ?? textAt(batch, 'PmtInfId')),
    counterpartyName: textAt(parties, other, 'Nm') ?? textAt(parties, other, 'Pty', 'Nm'),
    counterpartyAccount: (textAt(account, 'IBAN') ?? textAt(account, 'Othr', 'Id'))?.replaceAll(/\s/g, '').toUpperCase() ?? null,
    remittance: remittanceOf(entry, detail),
    reason: reasonOf(detail),
    count,
  };
}

function remittanceOf(entry: Element, detail: Element | null): string {
  const information = child(detail, 'RmtInf');
  const structured = children(information, 'Strd').map((part) => textAt(part, 'CdtrRefInf', 'Ref') ?? '');
  const text = [words(children(information, 'Ustrd')) ?? '', ...structured].join(' ').trim();
  return (text === '' ? (textAt(entry, 'AddtlNtryInf') ?? '') : text).slice(0, 500);
}

function reasonOf(detail: Element | null): BookedEntry['reason'] {
  const information = child(detail, 'RtrInf');
  if (information === null) return null;
  return { code: textAt(information, 'Rsn', 'Cd'), text: words(children(information, 'AddtlInf')) ?? textAt(information, 'Rsn', 'Prtry') };
}

/** ISO 20022 bank transaction codes: the sub-families of returns and reversals of credit transfers. */
function isReturnCode(element: Element | null): boolean {
  const code = child(element, 'BkTxCd', 'Domn', 'Fmly');
  return ['RRTN', 'RPCR', 'ARET'].includes(textAt(code, 'SubFmlyCd') ?? '');
}

function instructedOf(detail: Element | null, amount: Money): Money | null {
  const instructed = child(detail, 'AmtDtls', 'InstdAmt', 'Amt');
  if (instructed === null || instructed['@Ccy'] === amount.currency) return null;
  return parseAmount(instructed);
}

/** ISO 20022 has banks write NOTPROVIDED where there is no reference. */
function given(reference: string | null): string | null {
  return reference === null || /^(?:NOTPROVIDED|NONREF)$/i.test(reference) ? null : reference;
}

function directionOf(element: Element): 'debit' | 'credit' {
  const indicator = textAt(element, 'CdtDbtInd');
  if (indicator === 'DBIT') return 'debit';
  if (indicator === 'CRDT') return 'credit';
  throw invalid('An entry of it does not say whether money came or went.');
}

function signed(amount: Money, direction: 'debit' | 'credit'): Money {
  return direction === 'credit' ? amount : { ...amount, minor: -amount.minor };
}

function amountOf(element: Element, name: string): Money {
  const amount = child(element, name);
  if (amount === null) throw invalid('An entry of it has no amount with a currency.');
  return parseAmount(amount);
}

// 15 digits before the point: more than any account holds, and less than our tables.
const amountText = /^\d{1,14}(?:\.\d{1,5})?$/;

function parseAmount(element: Element): Money {
  const [text, currency] = [textAt(element) ?? '', element['@Ccy']];
  if (typeof currency !== 'string' || !isCurrency(currency)) throw invalid('An amount of it has no currency of ISO 4217.');
  if (!amountText.test(text)) throw invalid(`"${text.slice(0, 30)}" in it is no amount of a bank file.`);
  const value = decimal(text);
  if (!value.eq(value.round(currencyDigits(currency)))) throw invalid(`${text} ${currency} in it has more decimals than the currency.`);
  return money(value, currency);
}

function dayAt(element: Element, name: string): string | null {
  const day = (textAt(element, name, 'Dt') ?? textAt(element, name, 'DtTm'))?.slice(0, 10) ?? null;
  if (day === null) return null;
  const date = new Date(`${day}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(date.getTime()) || !date.toISOString().startsWith(day))
    throw invalid(`"${day}" in it is not a day.`);
  return day;
}

/** Opening and closing balance, where one message has both: what was booked must lie exactly between them. */
function balanceProblems(part: Element, movements: readonly Money[]): string[] {
  const [opening, closing] = [balanceOf(part, ['OPBD', 'PRCD']), balanceOf(part, ['CLBD'])];
  if (opening === null || closing === null || opening.currency !== closing.currency) return [];
  if (movements.some((movement) => movement.currency !== opening.currency)) return [];
  const reached = movements.reduce(add, opening);
  if (reached.minor === closing.minor) return [];
  const missing = formatMoney({ minor: closing.minor - reached.minor, currency: closing.currency });
  return [
    `Its entries do not lead from the opening to the closing balance: ${missing} ${closing.currency} are missing. A page or an entry may be lost.`,
  ];
}

function balanceOf(part: Element, codes: readonly string[]): Money | null {
  const found = children(part, 'Bal').find((balance) => codes.includes(textAt(balance, 'Tp', 'CdOrPrtry', 'Cd') ?? ''));
  return found === undefined ? null : signed(amountOf(found, 'Amt'), directionOf(found));
}
