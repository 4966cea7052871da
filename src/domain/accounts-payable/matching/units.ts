import { decimal, type Decimal } from '#domain/money';
import type { InvoiceLine, PurchaseOrderLine } from '../types.ts';
import { unitName } from '../wording.ts';

/** Units everybody knows, by what they measure and how many of the smallest of their kind they are. */
const known: Readonly<Record<string, readonly [measure: string, size: string]>> = {
  piece: ['count', '1'],
  pair: ['count', '2'],
  dozen: ['count', '12'],
  hundred: ['count', '100'],
  thousand: ['count', '1000'],
  g: ['weight', '1'],
  kg: ['weight', '1000'],
  tonne: ['weight', '1000000'],
  mm: ['length', '1'],
  cm: ['length', '10'],
  metre: ['length', '1000'],
  km: ['length', '1000000'],
  ml: ['volume', '1'],
  cl: ['volume', '10'],
  litre: ['volume', '1000'],
  'cubic metre': ['volume', '1000000'],
  minute: ['time', '1'],
  hour: ['time', '60'],
};

/** How many of the billed unit make one unit of the order line. */
export type UnitRelation =
  | { readonly kind: 'same' }
  | { readonly kind: 'known'; readonly perOrderUnit: Decimal }
  /** Packs: which of these it is, the price tells; none is certain. */
  | { readonly kind: 'packed'; readonly sizes: readonly Decimal[] }
  | { readonly kind: 'unknown' };

const same: UnitRelation = { kind: 'same' };

/** How the unit of an invoice line relates to that of its order line; a line without a unit bills in the order's, or its pieces. */
export function relateUnits(line: Pick<InvoiceLine, 'unit' | 'description'>, ordered: PurchaseOrderLine): UnitRelation {
  const stated = line.unit ?? null;
  if (stated === ordered.unit) return same;
  const orderUnit = unitName(ordered.unit);
  const agreed = (ordered.conversions ?? []).filter(({ unit }) => stated === null || unitName(unit) === unitName(stated));
  if (stated !== null && unitName(stated) === orderUnit) return same;
  if (stated !== null) {
    const [here, there] = [known[unitName(stated)], known[orderUnit]];
    if (here !== undefined && there !== undefined && here[0] === there[0])
      return { kind: 'known', perOrderUnit: decimal(there[1]).div(here[1]) };
  }
  const sizes = [...agreed.map(({ perOrderUnit }) => perOrderUnit), ...(isPiece(stated) ? packSizes(ordered, line.description) : [])];
  if (sizes.length > 0) return { kind: 'packed', sizes };
  return stated === null ? same : { kind: 'unknown' };
}

function isPiece(unit: string | null): boolean {
  return unit === null || known[unitName(unit)]?.[0] === 'count';
}

const packs = new Set(['box', 'pack', 'carton', 'crate', 'bundle', 'roll', 'pallet', 'bag', 'set']);
const sizePatterns = [
  /\b(?:box|pack|packet|case|carton|set|bundle|packung|paket|karton|schachtel|beutel|ve|bo[iî]te|paquet|lot|caja|paquete)\s*(?:of|von|mit|à|a|de|x|=|:)?\s*(\d{1,5})\b/giu,
  /\b(\d{1,5})er[\s-]?(?:pack|packung|set|box|karton|beutel)/giu,
  /(?<![\p{L}\d.,])(\d{1,5})\s?(?:st(?:k|ck|üc?k)?\b|pcs\b|pieces\b|pi[eè]ces\b|unit[ée]s\b|uds\b|sheets\b|blatt\b|bl[öo]cke\b)/giu,
];

/** How many pieces are in a pack, where the words of the order or the invoice say it: `box of 12`, `12er-Pack`, `500 Blatt`. */
function packSizes(ordered: PurchaseOrderLine, billedWords: string): Decimal[] {
  if (!packs.has(unitName(ordered.unit))) return [];
  const words = `${ordered.description}\n${billedWords}`;
  const found = sizePatterns.flatMap((pattern) => [...words.matchAll(pattern)].map((match) => Number(match[1])));
  return [...new Set(found)].filter((size) => size > 1).map((size) => decimal(size));
}
