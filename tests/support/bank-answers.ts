import type { OrderFile, OrderedTransfer } from './read-pain001.ts';

/** A movement as this bank books it; `changes` of a transfer make what a test wants to go wrong. */
export interface Movement {
  readonly direction?: 'DBIT' | 'CRDT';
  readonly amount: string;
  readonly currency: string;
  readonly bookedOn: string;
  /** Left out where null, or `NOTPROVIDED`. */
  readonly endToEndId?: string | null;
  readonly bankReference?: string | null;
  readonly iban?: string | null;
  readonly name?: string;
  readonly remittance?: string;
  /** A return, with ISO's reason. */
  readonly returned?: { readonly code: string; readonly text?: string };
  readonly isPending?: boolean;
}

/** What a bank books for a transfer, unless a test says otherwise. */
export function debitOf(transfer: OrderedTransfer, changes: Partial<Movement> = {}): Movement {
  return {
    amount: transfer.amount,
    currency: transfer.currency,
    bookedOn: transfer.executeOn,
    endToEndId: transfer.endToEndId,
    bankReference: `REF-${transfer.endToEndId.slice(-12)}`,
    iban: transfer.iban,
    name: transfer.name,
    remittance: transfer.remittance,
    ...changes,
  };
}

export interface ReportOptions {
  readonly account: string;
  readonly messageId: string;
  readonly movements: readonly Movement[];
  /** @default '08' */
  readonly version?: '02' | '08';
  readonly opening?: { readonly amount: string; readonly currency: string };
  readonly closing?: { readonly amount: string; readonly currency: string };
}

/** A camt.053: end-of-day statement. */
export function statement(options: ReportOptions): string {
  return report('camt.053.001', 'BkToCstmrStmt', 'Stmt', options);
}

/** A camt.054: notification of single movements, without balances. */
export function notification(options: ReportOptions): string {
  return report('camt.054.001', 'BkToCstmrDbtCdtNtfctn', 'Ntfctn', options);
}

function report(
  format: string,
  body: string,
  part: string,
  { account, messageId, movements, version = '08', opening, closing }: ReportOptions,
): string {
  const balances = [
    ...(opening === undefined ? [] : [balance('OPBD', opening)]),
    ...(closing === undefined ? [] : [balance('CLBD', closing)]),
  ].join('');
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:${format}.${version}"><${body}>
<GrpHdr><MsgId>${messageId}</MsgId><CreDtTm>2026-03-05T18:00:00Z</CreDtTm></GrpHdr>
<${part}><Id>${messageId}-1</Id><Acct><Id><IBAN>${account}</IBAN></Id></Acct>${balances}
${movements.map((one, index) => entry(one, index, version)).join('\n')}
</${part}></${body}></Document>`;
}

function balance(code: string, { amount, currency }: { readonly amount: string; readonly currency: string }): string {
  return `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="${currency}">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-05</Dt></Dt></Bal>`;
}

function entry(movement: Movement, index: number, version: '02' | '08'): string {
  const {
    direction = 'DBIT',
    amount,
    currency,
    bookedOn,
    endToEndId = null,
    bankReference = null,
    iban = null,
    name = '',
    returned,
  } = movement;
  const status = movement.isPending === true ? 'PDNG' : 'BOOK';
  const party = version === '08' ? `<Pty><Nm>${escaped(name)}</Nm></Pty>` : `<Nm>${escaped(name)}</Nm>`;
  const other = direction === 'DBIT' ? 'Cdtr' : 'Dbtr';
  const parties = `<RltdPties><${other}>${party}</${other}>${iban === null ? '' : `<${other}Acct><Id><IBAN>${iban}</IBAN></Id></${other}Acct>`}</RltdPties>`;
  const reason =
    returned === undefined
      ? ''
      : `<RtrInf><Rsn><Cd>${returned.code}</Cd></Rsn>${returned.text === undefined ? '' : `<AddtlInf>${escaped(returned.text)}</AddtlInf>`}</RtrInf>`;
  return `<Ntry><NtryRef>${index + 1}</NtryRef><Amt Ccy="${currency}">${amount}</Amt><CdtDbtInd>${direction}</CdtDbtInd>
<Sts>${version === '08' ? `<Cd>${status}</Cd>` : status}</Sts><BookgDt><Dt>${bookedOn}</Dt></BookgDt><ValDt><Dt>${bookedOn}</Dt></ValDt>
${bankReference === null ? '' : `<AcctSvcrRef>${bankReference}</AcctSvcrRef>`}
<NtryDtls><TxDtls><Refs><EndToEndId>${endToEndId ?? 'NOTPROVIDED'}</EndToEndId></Refs>${version === '08' ? `<Amt Ccy="${currency}">${amount}</Amt>` : ''}
${parties}<RmtInf><Ustrd>${escaped(movement.remittance ?? '')}</Ustrd></RmtInf>${reason}</TxDtls></NtryDtls></Ntry>`;
}

/** A pain.002: what the bank says of a file, and of those of its payments that are named. */
export function statusReport(
  file: OrderFile,
  said: {
    readonly messageId: string;
    readonly group: string;
    readonly payments?: readonly { readonly endToEndId: string; readonly status: string; readonly code?: string; readonly text?: string }[];
    /** @default '10' */
    readonly version?: '03' | '10';
  },
): string {
  const transactions = (said.payments ?? []).map(
    ({ endToEndId, status, code, text }) =>
      `<TxInfAndSts><OrgnlEndToEndId>${endToEndId}</OrgnlEndToEndId><TxSts>${status}</TxSts>${
        code === undefined
          ? ''
          : `<StsRsnInf><Rsn><Cd>${code}</Cd></Rsn>${text === undefined ? '' : `<AddtlInf>${escaped(text)}</AddtlInf>`}</StsRsnInf>`
      }</TxInfAndSts>`,
  );
  const part =
    transactions.length === 0
      ? ''
      : `<OrgnlPmtInfAndSts><OrgnlPmtInfId>${file.transfers[0]?.part ?? ''}</OrgnlPmtInfId>${transactions.join('')}</OrgnlPmtInfAndSts>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.${said.version ?? '10'}"><CstmrPmtStsRpt><GrpHdr><MsgId>${said.messageId}</MsgId><CreDtTm>2026-03-02T10:00:00Z</CreDtTm></GrpHdr>
<OrgnlGrpInfAndSts><OrgnlMsgId>${file.messageId}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId><GrpSts>${said.group}</GrpSts></OrgnlGrpInfAndSts>${part}</CstmrPmtStsRpt></Document>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
