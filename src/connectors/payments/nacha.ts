import { usAccountOf, type UsAccount } from '#domain/accounts-payable';
import { DeskhandError } from '#domain/errors';
import type { PaymentInstruction, PaymentOrder } from '#domain/ports';
import { connectorErrors } from '../errors.ts';

/**
 * Writes an order as an ACH credit file after the NACHA Operating Rules (2024, appendix three): records of 94 characters,
 * blocks of ten, one CCD batch for each day. The same order gives the same bytes. An invoice number that does not fit the
 * entry travels in an addenda record.
 *
 * @param companyId - ten characters that the bank knows the payer by, such as `1` and the employer's number.
 * @throws DH_CONNECTORS_PAYMENT_FILE_INVALID with all faults when any payment can't be sent as it is.
 */
export function writeNacha(order: PaymentOrder, companyId: string): string {
  const debtor = usAccountOf(order.debtor.iban);
  const faults = [
    ...(debtor === null ? ['The account to pay from is no account of the United States.'] : []),
    ...faultsOf(order, companyId),
  ];
  if (debtor === null || faults.length > 0) {
    const rest = faults.length > 10 ? ` And ${faults.length - 10} more.` : '';
    throw new DeskhandError(connectorErrors.paymentFileInvalid, `The bank file was not written. ${faults.slice(0, 10).join(' ')}${rest}`, {
      details: { faultCount: faults.length },
    });
  }
  const batches = [...Map.groupBy(order.payments, ({ executeOn }) => executeOn)].map(([day, payments], index) =>
    batchOf({ order, debtor, companyId, day, payments, number: index + 1 }),
  );
  const records = [fileHeader(order, debtor, companyId), ...batches.flatMap(({ records: own }) => own)];
  const blocks = Math.ceil((records.length + 1) / 10);
  records.push(fileControl(batches, blocks));
  while (records.length < blocks * 10) records.push('9'.repeat(94));
  return `${records.join('\r\n')}\r\n`;
}

interface Totals {
  readonly entries: number;
  readonly hash: bigint;
  readonly credit: bigint;
}
interface Batch extends Totals {
  readonly records: readonly string[];
}

function fileHeader(order: PaymentOrder, debtor: UsAccount, companyId: string): string {
  const at = order.createdAt.toISOString();
  return [
    '101',
    ` ${debtor.routing}`,
    text(companyId, 10),
    `${at.slice(2, 4)}${at.slice(5, 7)}${at.slice(8, 10)}`,
    `${at.slice(11, 13)}${at.slice(14, 16)}`,
    modifierOf(order.messageId),
    '094101',
    text('', 23),
    text(order.debtor.name, 23),
    text('', 8),
  ].join('');
}

/** Tells files of one day apart: the same order always has the same. */
function modifierOf(messageId: string): string {
  const sum = [...messageId].reduce((total, sign) => (total * 31 + (sign.codePointAt(0) ?? 0)) % 36, 0);
  return sum.toString(36).toUpperCase();
}

interface BatchInput {
  readonly order: PaymentOrder;
  readonly debtor: UsAccount;
  readonly companyId: string;
  readonly day: string;
  readonly payments: readonly PaymentInstruction[];
  readonly number: number;
}

function batchOf({ order, debtor, companyId, day, payments, number }: BatchInput): Batch {
  const odfi = debtor.routing.slice(0, 8);
  const batch = digits(BigInt(number), 7);
  const written = payments.map((payment, index) => entryOf(payment, `${odfi}${digits(BigInt(index + 1), 7)}`));
  const totals: Totals = {
    entries: written.reduce((sum, { records }) => sum + records.length, 0),
    hash: written.reduce((sum, { hash }) => sum + hash, 0n),
    credit: payments.reduce((sum, { amount }) => sum + amount.minor, 0n),
  };
  const effective = `${day.slice(2, 4)}${day.slice(5, 7)}${day.slice(8, 10)}`;
  const header = [
    '5220',
    text(order.debtor.name, 16),
    text(order.messageId.slice(-20), 20),
    text(companyId, 10),
    'CCD',
    text('PAYMENT', 10),
    text('', 6),
    effective,
    '   1',
    odfi,
    batch,
  ].join('');
  const control = [
    '8220',
    digits(BigInt(totals.entries), 6),
    digits(totals.hash % 10n ** 10n, 10),
    digits(0n, 12),
    digits(totals.credit, 12),
    text(companyId, 10),
    text('', 25),
    odfi,
    batch,
  ].join('');
  return { ...totals, records: [header, ...written.flatMap(({ records }) => records), control] };
}

/** Entry detail, and one addenda record with the invoice number. */
function entryOf(payment: PaymentInstruction, trace: string): { readonly records: readonly string[]; readonly hash: bigint } {
  const { routing, account } = usAccountOf(payment.creditor.iban) ?? { routing: '', account: '' };
  const entry = [
    '622',
    routing,
    text(account, 17),
    digits(payment.amount.minor, 10),
    text(payment.endToEndId.slice(-15), 15),
    text(payment.creditor.name, 22),
    '  1',
    trace,
  ].join('');
  const addenda = ['705', text(payment.remittance, 80), '0001', trace.slice(-7)].join('');
  return { records: [entry, addenda], hash: BigInt(routing.slice(0, 8)) };
}

function fileControl(batches: readonly Batch[], blocks: number): string {
  const total = (of: (batch: Batch) => bigint): bigint => batches.reduce((sum, batch) => sum + of(batch), 0n);
  return [
    '9',
    digits(BigInt(batches.length), 6),
    digits(BigInt(blocks), 6),
    digits(
      total(({ entries }) => BigInt(entries)),
      8,
    ),
    digits(total(({ hash }) => hash) % 10n ** 10n, 10),
    digits(0n, 12),
    digits(
      total(({ credit }) => credit),
      12,
    ),
    text('', 39),
  ].join('');
}

function faultsOf({ payments, messageId }: PaymentOrder, companyId: string): readonly string[] {
  const total = payments.reduce((sum, { amount }) => sum + amount.minor, 0n);
  return [
    ...(/^[A-Za-z0-9 ]{10}$/.test(companyId) ? [] : ['The company id of the payer must have ten letters or digits; the bank assigns it.']),
    ...(payments.length === 0 ? ['The run has no payments.'] : []),
    ...(total > 999_999_999_999n ? [`The run ${messageId} is above 9,999,999,999.99 dollars, more than one file holds.`] : []),
    ...payments.flatMap(({ endToEndId, amount, creditor }) => {
      const name = `Payment "${endToEndId}"`;
      return [
        ...(amount.currency === 'USD' ? [] : [`${name}: an ACH file holds dollars, not ${amount.currency}.`]),
        ...(amount.minor > 0n && amount.minor <= 9_999_999_999n ? [] : [`${name}: its amount must lie between 0.01 and 99999999.99.`]),
        ...(usAccountOf(creditor.iban) === null
          ? [`${name}: its account is none of the United States, or the check digit of its routing number is wrong.`]
          : []),
        ...(text(creditor.name, 22).trim() === '' ? [`${name}: its creditor has no name.`] : []),
      ];
    }),
  ];
}

/** Printable ASCII in capitals, cut and filled with spaces: what every ACH operator takes. */
function text(value: string, length: number): string {
  const plain = value
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .toUpperCase()
    .replaceAll(/[^\x20-\x5f]/g, ' ');
  return plain.slice(0, length).padEnd(length);
}

function digits(value: bigint, length: number): string {
  return value.toString().padStart(length, '0');
}
