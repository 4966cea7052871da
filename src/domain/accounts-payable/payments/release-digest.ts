import { normalizeIban } from './iban.ts';
import type { Payment } from './payment-run.ts';

/**
 * The text of what a release covers, the same for the same run always: each payment with its amount, account, day and
 * what was approved of it. JSON keeps the parts apart, whatever they hold. The platform hashes it.
 *
 * @param messageId - of the bank file.
 */
export function releaseDigest(
  messageId: string,
  payments: readonly Pick<Payment, 'id' | 'iban' | 'amount' | 'payOn' | 'approvalDigest'>[],
): string {
  return JSON.stringify([
    'deskhand-release-1',
    messageId,
    payments
      .toSorted((one, other) => (one.id < other.id ? -1 : 1))
      .map(({ id, iban, amount, payOn, approvalDigest }) => [
        id,
        normalizeIban(iban),
        amount.minor.toString(),
        amount.currency,
        payOn,
        approvalDigest ?? '',
      ]),
  ]);
}
