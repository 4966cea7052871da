import { plainText } from './text-similarity.ts';

/** A line that is no goods: what suppliers add to or take off an invoice. */
export type ChargeKind = 'freight' | 'packing' | 'rounding' | 'surcharge' | 'discount';

/** Longer descriptions are goods that mention a charge word ("packing tape 50 mm × 66 m, brown, 6 rolls"). */
const MAX_CHARGE_WORDS = 6;

/** Words of English, German, French and Spanish, without diacritics, compared whole. */
const chargeWords: readonly (readonly [ChargeKind, RegExp])[] = [
  [
    'discount',
    /^(discount|rebate|allowance|rabatt|preisnachlass|nachlass|bonus|gutschrift|skonto|remise|rabais|ristourne|escompte|descuento|rebaja|bonificacion)$/,
  ],
  ['rounding', /^(rounding|rundung|rundungsdifferenz|rundungsausgleich|arrondi|arrondis|redondeo)$/],
  ['packing', /^(packing|packaging|verpackung|verpackungskosten|verpackungspauschale|emballage|emballages|embalaje|embalajes)$/],
  [
    'freight',
    /^(freight|shipping|shipment|carriage|postage|delivery|courier|transport|transportation|fracht|frachtkosten|versand|versandkosten|versandkostenpauschale|porto|lieferkosten|lieferung|zustellung|transportkosten|port|livraison|expedition|affranchissement|envio|flete|portes|transporte|entrega)$/,
  ],
  [
    'surcharge',
    /^(surcharge|handling|fee|toll|zuschlag|energiezuschlag|mindermengenzuschlag|dieselzuschlag|maut|bearbeitungsgebuhr|gebuhr|supplement|majoration|frais|ecotaxe|ecoparticipation|recargo|suplemento)$/,
  ],
];

/** What kind of charge a description names, or null for goods and services. */
export function chargeKindOf(description: string): ChargeKind | null {
  const words = plainText(description)
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '');
  if (words.length === 0 || words.length > MAX_CHARGE_WORDS) return null;
  for (const [kind, pattern] of chargeWords) {
    if (words.some((word) => pattern.test(word))) return kind;
  }
  return null;
}

/** For sentences: `a freight charge`. */
export function describeCharge(kind: ChargeKind): string {
  return kind === 'discount'
    ? 'a discount'
    : kind === 'rounding'
      ? 'a rounding amount'
      : `a ${kind === 'surcharge' ? 'surcharge' : `${kind} charge`}`;
}
