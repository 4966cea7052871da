import { currencyDigits } from '#domain/money';
import type { CompiledPolicy } from './compile.ts';

/** Amounts of a currency, in minor units, at which the approvals table decides otherwise: what an invoice may stay just under. */
export function limitsIn({ approvals }: CompiledPolicy, currency: string): readonly bigint[] {
  const unit = 10n ** BigInt(4 - currencyDigits(currency));
  return approvals.flatMap(({ when: { currency: named, amount } }) => {
    const isIn = named.kind === 'words' && !named.isNot && named.values.includes(currency);
    return isIn && amount.kind === 'range' && amount.high !== null ? [amount.high / unit] : [];
  });
}
