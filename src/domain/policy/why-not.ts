import type { ApprovalQuestion } from '#domain/accounts-payable';
import { currencyDigits, describeMoney } from '#domain/money';
import { holds, type Condition } from './cells.ts';
import { approvalInputs, type ApprovalInput } from './columns.ts';
import type { ApprovalOutput, CompiledPolicy, CompiledRow } from './compile.ts';

type Row = CompiledRow<ApprovalInput, ApprovalOutput>;
type Given = Readonly<Record<ApprovalInput, string | bigint>>;

/** Why a row let it pass: every limit and condition it held. */
export function describeAutomatic({ gross, match }: ApprovalQuestion, { when }: Row, name: string): string {
  const limit = when.amount.kind === 'range' && when.amount.high !== null ? when.amount.high : null;
  const parts = [
    limit === null ? `${describeMoney(gross)} needs nobody` : `${describeMoney(gross)} is within ${sayScaled(limit, gross.currency)}`,
    isOnly(when.difference, 'none') ? (match.coveredBy === undefined ? 'the order agrees' : 'the agreement covers it') : null,
    isOnly(when.proof, 'proven') ? 'every figure is proven' : null,
    isOnly(when.account, 'account-on-file') ? 'the account is on file' : null,
  ].filter((part) => part !== null);
  const last = parts.length > 1 ? ` and ${parts.at(-1) ?? ''}` : '';
  const before = parts.length > 1 ? parts.slice(0, -1) : parts;
  return `Approved by policy ${name}: ${before.join(', ')}${last}.`;
}

/** What speaks against passing without a person: the conditions that fail of the automatic row that is nearest. */
export function whyNot(question: ApprovalQuestion, given: Given, { approvals, name }: CompiledPolicy): string[] {
  const automatic = approvals.filter((row) => row.says.automatic);
  const failing = automatic
    .map((row) => ({ row, fields: failingFields(row, given) }))
    .toSorted((left, right) => left.fields.length - right.fields.length);
  const [nearest] = failing;
  if (nearest === undefined) return [`Policy ${name} lets nothing pass without a person.`];
  if (nearest.fields.length === 0) {
    const deciding = approvals.find((row) => failingFields(row, given).length === 0);
    return [`Row ${deciding?.number ?? 0} of policy ${name} is about it${deciding?.description ? `: ${deciding.description}` : ''}.`];
  }
  return nearest.fields.flatMap((field) => sentences(field, question, nearest.row.when));
}

function failingFields({ when }: Row, given: Given): readonly ApprovalInput[] {
  return (Object.keys(approvalInputs) as ApprovalInput[]).filter((field) => !holds(when[field], given[field]));
}

function sentences(field: ApprovalInput, question: ApprovalQuestion, when: Row['when']): readonly string[] {
  const { gross, match, supplierStanding, warnings = [] } = question;
  switch (field) {
    case 'currency':
      return [`It is in ${gross.currency}; amounts that are not in ${sayWords(when.currency)} always need a person.`];
    case 'amount':
      return holds(when.currency, gross.currency) ? sayAmount(question, when.amount) : [];
    case 'payable':
      return [`${describeMoney(gross)} is not an amount to pay.`];
    case 'difference':
      return match.outcome === 'matched' ? ['No difference had to be decided by a person.'] : [sayDifferences(match.exceptions.length)];
    case 'proof':
      return ['The sums on the page do not prove every amount, so somebody compares them.'];
    case 'account':
      return [
        supplierStanding === 'unknown-supplier'
          ? 'The supplier is not on file.'
          : 'The bank account is not the verified one of the supplier.',
      ];
    case 'risk':
      return warnings;
    case 'supplier':
      return ['Invoices of this supplier need a person.'];
    case 'category':
      return ['What was bought here needs a person.'];
  }
}

/** Nothing to pay is told by itself, so it is not above a limit. */
function sayAmount({ gross }: ApprovalQuestion, condition: Condition): readonly string[] {
  if (condition.kind !== 'range' || gross.minor <= 0n) return [];
  const { low, high } = condition;
  const size = gross.minor * 10n ** BigInt(4 - currencyDigits(gross.currency));
  if (high !== null && size > high)
    return [`${describeMoney(gross)} is more than the ${sayScaled(high, gross.currency)} that may pass without a person.`];
  return [`${describeMoney(gross)} is below ${sayScaled(low ?? 0n, gross.currency)}, from where none is needed.`];
}

function sayScaled(value: bigint, currency: string): string {
  return describeMoney({ minor: value / 10n ** BigInt(4 - currencyDigits(currency)), currency });
}

function sayDifferences(count: number): string {
  return count === 1 ? 'One difference had to be decided by a person.' : `${count} differences had to be decided by a person.`;
}

function sayWords(condition: Condition): string {
  return condition.kind === 'words' && !condition.isNot ? condition.values.join(' or ') : 'the currencies named';
}

function isOnly(condition: Condition, value: string): boolean {
  return condition.kind === 'words' && !condition.isNot && condition.values.length === 1 && condition.values[0] === value;
}
