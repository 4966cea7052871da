import type { Tolerance, ValueSet } from '#domain/accounts-payable';
import type { Condition } from './cells.ts';
import type { CompiledPolicy } from './compile.ts';

/**
 * The tolerances of a table as matching takes them.
 *
 * @param idOfSupplier - id by supplier number; a number that nobody has stays as it is and meets no invoice.
 * @param readingErrorBasisPoints - how sure readings must be, which is not part of the table.
 */
export function toleranceOf(
  { tolerances }: CompiledPolicy,
  idOfSupplier: (number: string) => string | null,
  readingErrorBasisPoints?: number,
): Tolerance {
  const rules = tolerances.map(({ when, says }) => ({
    supplier: setOf(when.supplier, (number) => idOfSupplier(number) ?? number),
    category: setOf(when.category, (value) => value),
    limits: says,
  }));
  const nothing = { priceBasisPoints: 0, priceMinor: 0n, quantityBasisPoints: 0 };
  return readingErrorBasisPoints === undefined ? { ...nothing, rules } : { ...nothing, rules, readingErrorBasisPoints };
}

function setOf(condition: Condition, name: (value: string) => string): ValueSet {
  return condition.kind === 'words' ? { isNot: condition.isNot, values: condition.values.map(name) } : null;
}
