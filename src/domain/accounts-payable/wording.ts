import { decimal, groupThousands, type Decimal } from '#domain/money';

/** One unit and several, for sentences. UN/ECE Rec. 20 codes as e-invoices print them, and what people write. */
const unitNames: readonly (readonly [RegExp, string, string])[] = [
  [/^(c62|h87|ea|each|pce|pcs?|pieces?|st|stk|stck|stuck|unit|units|unite|unites|pza|ud|uds|un)$/, 'piece', 'pieces'],
  [/^(kgm|kg|kilo|kilogram)$/, 'kg', 'kg'],
  [/^(grm|g)$/, 'g', 'g'],
  [/^(ltr|l|liter|litre)$/, 'litre', 'litres'],
  [/^(mtr|m|meter|metre)$/, 'metre', 'metres'],
  [/^(hur|h|hr|hrs|hour|hours|std|stunde|stunden|heure|heures|hora|horas)$/, 'hour', 'hours'],
  [/^(day|days|tag|tage|jour|jours|dia|dias)$/, 'day', 'days'],
  [/^(mon|month|months|monat|monate|mois|mes|meses)$/, 'month', 'months'],
  [/^(bx|box|boxes|karton|boite|caja)$/, 'box', 'boxes'],
  [/^(pk|pa|pack|packs|paket|pkg|paquet|paquete|packung|ve)$/, 'pack', 'packs'],
  [/^(ct|carton|cartons)$/, 'carton', 'cartons'],
  [/^(ro|roll|rolls|rolle|rollen|rouleau|rollo)$/, 'roll', 'rolls'],
  [/^(set|sets|satz)$/, 'set', 'sets'],
  [/^(bg|bag|bags|beutel|sack|sac|bolsa)$/, 'bag', 'bags'],
  [/^(pf|pallet|pallets|palette|paletten|pale)$/, 'pallet', 'pallets'],
  [/^(dzn|dozen|dutzend|douzaine|docena)$/, 'dozen', 'dozen'],
  [/^(pr|npr|pair|pairs|paar|paire|par)$/, 'pair', 'pairs'],
  [/^(cen|hundred|hundert|cent)$/, 'hundred', 'hundred'],
  [/^(mil|thousand|tausend|mille)$/, 'thousand', 'thousand'],
  [/^(tne|t|to|tonne|tonnes|tonnen|tonelada)$/, 'tonne', 'tonnes'],
  [/^(mmt|mm)$/, 'mm', 'mm'],
  [/^(cmt|cm)$/, 'cm', 'cm'],
  [/^(kmt|km)$/, 'km', 'km'],
  [/^(mlt|ml)$/, 'ml', 'ml'],
  [/^(clt|cl)$/, 'cl', 'cl'],
  [/^(mtq|m3)$/, 'cubic metre', 'cubic metres'],
  [/^(mtk|m2|qm)$/, 'square metre', 'square metres'],
  [/^(min|minute|minuten|minutes|minuto|minutos)$/, 'minute', 'minutes'],
];

/** `piece`, `kg`, `hour`; a unit that is not known stays as written. */
export function unitName(unit: string, isSeveral = false): string {
  const key = unit
    .normalize('NFKD')
    .replaceAll(/[\p{M}.]/gu, '')
    .trim()
    .toLowerCase();
  const known = unitNames.find(([pattern]) => pattern.test(key));
  if (known !== undefined) return isSeveral ? known[2] : known[1];
  return key === '' ? unitName('c62', isSeveral) : unit.trim().slice(0, 20);
}

/** `1 piece`, `1,250 pieces`, `0.5 kg`. */
export function describeQuantity(quantity: Decimal, unit: string): string {
  return `${describeDecimal(quantity)} ${unitName(unit, !quantity.abs().eq(1))}`;
}

/** Plain decimal text with grouped thousands, at most six decimals. */
export function describeDecimal(value: Decimal): string {
  return groupThousands(decimal(value.round(6)).toFixed());
}

/** A price per unit: at least the digits of two-decimal money, at most six, so that 0.0425 stays 0.0425. */
export function describePrice(price: Decimal, currency: string): string {
  const short = price.round(6);
  const digits = Math.max(2, short.toFixed().split('.')[1]?.length ?? 0);
  return `${groupThousands(short.toFixed(digits))} ${currency}`;
}

/** `5.0 %` of a whole; null when the whole is zero. */
export function describeShare(part: Decimal, whole: Decimal): string | null {
  return whole.eq(0) ? null : `${part.div(whole).abs().times(100).toFixed(1)} %`;
}

/** A description inside a sentence: one line, quoted, cut at 60 characters. */
export function quoted(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  if (line === '') return 'a line without description';
  return `'${line.length > 60 ? `${line.slice(0, 59)}…` : line}'`;
}
