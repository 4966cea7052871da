import { plainText } from './text-similarity.ts';

/** A line that is no goods: what suppliers add to or take off an invoice. */
export type ChargeKind = 'deposit' | 'freight' | 'packing' | 'rounding' | 'surcharge' | 'discount';

/** Longer descriptions are goods that mention a charge word ("packing tape 50 mm × 66 m, brown, 6 rolls"). */
const MAX_CHARGE_WORDS = 6;

interface ChargeWords {
  readonly kind: ChargeKind;
  /** Names the charge wherever it stands. German makes one word of it: "Treuerabatt", "Dieselzuschlag". */
  readonly sure: RegExp;
  /** Also says something else ("8-port switch", "delivery of a roof tile"): only where no word names any goods. */
  readonly weak: RegExp;
}

/** Words of English, German, French and Spanish, without diacritics, compared whole. */
const chargeWords: readonly ChargeWords[] = [
  {
    kind: 'deposit',
    sure: /^(anzahlung(srechnung)?|abschlag(srechnung|szahlung)?|vorauszahlung|vorkasse|deposit|prepayment|downpayment|acompte|arrhes|anticipo)$/,
    weak: /^(advance|avance)$/,
  },
  {
    kind: 'discount',
    sure: /^(discount|rebate|preisnachlass|skonto|remise|rabais|ristourne|escompte|descuento|rebaja|bonificacion)$|(rabatt|nachlass)$/,
    weak: /^(allowance|bonus|gutschrift)$/,
  },
  { kind: 'rounding', sure: /^(rounding|rundung|rundungsdifferenz|rundungsausgleich|arrondi|arrondis|redondeo)$/, weak: /^(?!)/ },
  {
    kind: 'packing',
    sure: /^verpackung(skosten|spauschale)$/,
    weak: /^(packing|packaging|verpackung|emballage|emballages|embalaje|embalajes)$/,
  },
  {
    kind: 'freight',
    sure: /^(freight|shipping|carriage|postage|affranchissement|flete)$|(fracht|frachtkosten|versandkosten(pauschale)?|lieferkosten|transportkosten)$/,
    weak: /^(shipment|delivery|courier|transport|transportation|versand|porto|lieferung|zustellung|port|livraison|expedition|envio|portes|transporte|entrega)$/,
  },
  {
    kind: 'surcharge',
    sure: /^(surcharge|maut|ecotaxe|ecoparticipation|recargo|majoration)$|(zuschlag|bearbeitungsgebuhr)$/,
    weak: /^(handling|fee|fees|toll|gebuhr|supplement|frais|suplemento)$/,
  },
];

/** Words beside a charge word that name no goods: what kind of costs, how they are sent, and by whom. */
const fillers =
  /^(and|or|of|the|for|to|by|per|via|und|fur|nach|per|inkl|zzgl|ab|an|de|du|des|la|le|les|et|pour|en|sur|y|e|por|para|el|los|costs?|charges?|kosten|kostenanteil|pauschale|anteilig|forfait|gastos?|costes?|standard|express|special|extra|additional|home|carburant|combustible|fuel|energy|energie|diesel|night|dhl|ups|dpd|gls|hermes|fedex|tnt|post|colissimo|chronopost|correos|germany|deutschland|france|europe|eu)$/;

/** What kind of charge a description names, or null for goods and services. */
export function chargeKindOf(description: string): ChargeKind | null {
  const words = plainText(description)
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '');
  if (words.length === 0 || words.length > MAX_CHARGE_WORDS) return null;
  const sure = chargeWords.find((entry) => words.some((word) => entry.sure.test(word)));
  if (sure !== undefined) return sure.kind;
  const namesGoods = words.some((word) => !fillers.test(word) && chargeWords.every(({ weak }) => !weak.test(word)));
  return namesGoods ? null : (chargeWords.find(({ weak }) => words.some((word) => weak.test(word)))?.kind ?? null);
}

/** For sentences: `a freight charge`. */
export function describeCharge(kind: ChargeKind): string {
  return kind === 'discount' || kind === 'deposit'
    ? `a ${kind}`
    : kind === 'rounding'
      ? 'a rounding amount'
      : `a ${kind === 'surcharge' ? 'surcharge' : `${kind} charge`}`;
}
