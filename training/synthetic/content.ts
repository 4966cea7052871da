import type { Dice } from './dice.ts';
import { partyFrom } from './parties.ts';
import type { Party } from './parties.ts';
import type { Program } from './program.ts';
import { synonyms } from './vocabulary.ts';

/** One row of the item table. Money in minor units; `price` and `net` are without tax, also where the paper prints them with it. */
export interface Item {
  readonly code: string;
  readonly description: string;
  readonly details: readonly string[];
  readonly unit: string;
  readonly quantity: number;
  readonly price: number;
  /** Percent off, or null. */
  readonly discount: number | null;
  readonly rate: number;
  readonly net: number;
  readonly grossPrice: number;
  readonly gross: number;
  readonly date: string;
}

export interface TaxPart {
  readonly rate: number;
  readonly base: number;
  readonly amount: number;
}

/** What one paper says. Dates `YYYY-MM-DD`, money in minor units, negative on credit notes that print it so. */
export interface Content {
  readonly number: string;
  readonly issued: string;
  readonly due: string;
  readonly days: number;
  readonly delivered: string;
  readonly ordered: string;
  readonly purchaseOrder: string;
  readonly decoys: Readonly<
    Record<'salesOrder' | 'customer' | 'deliveryNote' | 'contract' | 'project' | 'yourReference' | 'creditsInvoice' | 'period', string>
  >;
  readonly buyer: Party;
  readonly shipTo: Party;
  readonly items: readonly Item[];
  readonly discount: number;
  readonly shipping: number;
  readonly taxes: readonly TaxPart[];
  readonly net: number;
  readonly tax: number;
  readonly gross: number;
  readonly prepaid: number;
  readonly oldBalance: number;
}

export function contentFor(program: Program, dice: Dice): Content {
  const sign = program.kind === 'credit' && program.isNegative ? -1 : 1;
  const items = itemsFor(program, dice, sign);
  const rates = [...new Set(items.map(({ rate }) => rate))].toSorted((a, b) => b - a);
  const [main = 0] = rates;
  const ofLines = sum(items.map(({ net }) => net));
  const discount = program.hasDiscount ? -Math.round(ofLines * dice.pick([0.02, 0.03, 0.05, 0.1])) : 0;
  const shipping = program.hasShipping ? sign * dice.between(390, 4900) : 0;
  const taxes = rates.map((rate) => taxOf(items, rate, rate === main ? discount + shipping : 0, program.isGrossPriced));
  const net = sum(taxes.map(({ base }) => base));
  const tax = sum(taxes.map(({ amount }) => amount));
  const issued = addDays('2019-01-03', dice.between(0, 2700));
  const days = dice.pick([7, 10, 14, 14, 21, 30, 30, 45, 60]);
  const buyer = partyFrom(dice, dice.chance(0.85) ? program.country : dice.pick(['DE', 'FR', 'GB', 'NL', 'IT']));
  const ordered = addDays(issued, -dice.between(3, 40));
  return {
    number: numberFor(program.numbering, dice, issued),
    issued,
    due: addDays(issued, days),
    days,
    delivered: addDays(issued, -dice.between(0, 9)),
    ordered,
    purchaseOrder: numberFor(program.orderNumbering, dice, ordered),
    decoys: decoysFor(program, dice, issued),
    buyer,
    shipTo: { ...partyFrom(dice, buyer.country), name: dice.chance(0.5) ? buyer.name : partyFrom(dice, buyer.country).name },
    items,
    discount,
    shipping,
    taxes,
    net,
    tax,
    gross: net + tax,
    prepaid: program.hasPrepaid ? Math.round((net + tax) * dice.pick([0.1, 0.2, 0.3, 0.5])) : 0,
    oldBalance: program.hasOldBalance ? dice.between(1500, 240_000) : 0,
  };
}

function itemsFor(program: Program, dice: Dice, sign: number): Item[] {
  const { vocabulary, table } = program;
  const goods = dice.shuffled(synonyms(vocabulary.goods));
  const count = program.isLong
    ? dice.between(24, 46)
    : dice.weighted([
        [1, 2],
        [2, 2],
        [3, 3],
        [4, 3],
        [6, 2],
        [9, 1],
        [14, 0.6],
      ] as const);
  return Array.from({ length: count }, (_, index): Item => {
    const rate = program.rates[dice.chance(0.75) ? 0 : dice.between(0, program.rates.length - 1)] ?? 0;
    const quantity =
      sign *
      (dice.chance(0.75)
        ? dice.weighted([
            [1, 4],
            [dice.between(2, 12), 4],
            [dice.between(13, 500), 1.5],
          ])
        : dice.between(1, 60) / 4);
    // What is bought by the hundred is cheap.
    const dearest = Math.abs(quantity) > 40 ? 900 : Math.abs(quantity) > 12 ? 6000 : 24_000;
    const price = dice.chance(0.85) || Math.abs(quantity) > 12 ? dice.between(80, dearest) : dice.between(24_000, 480_000);
    const discount = table.columns.includes('discount') && dice.chance(0.6) ? dice.pick([2, 5, 10, 15, 20, 30]) : null;
    const worth = Math.round(quantity * price * (1 - (discount ?? 0) / 100));
    const before = (minor: number): number => Math.round(minor / (1 + rate / 100));
    const after = (minor: number): number => Math.round(minor * (1 + rate / 100));
    const name = goods[index % goods.length] ?? '';
    return {
      code: codeFor(program.codes, dice),
      description: index >= goods.length ? `${name} ${String.fromCharCode(65 + (index % 26))}${dice.digits(2)}` : name,
      details: table.details > 0 && dice.chance(0.6) ? detailsFor(program, dice) : [],
      unit: dice.pick(program.units),
      quantity,
      price: program.isGrossPriced ? before(price) : price,
      discount,
      rate,
      net: program.isGrossPriced ? before(worth) : worth,
      grossPrice: program.isGrossPriced ? price : after(price),
      gross: program.isGrossPriced ? worth : after(worth),
      date: addDays('2024-01-01', dice.between(0, 600)),
    };
  });
}

function detailsFor({ vocabulary, table }: Program, dice: Dice): string[] {
  return dice
    .shuffled(synonyms(vocabulary.details))
    .slice(0, dice.between(1, table.details))
    .map((text) => text.replace('{id}', `${dice.pick(['', 'K', 'SN-'])}${dice.digits(6)}`));
}

/** Tax of one rate, rounded once, on its lines and what is added to or taken off them. */
function taxOf(items: readonly Item[], rate: number, extra: number, isGrossPriced: boolean): TaxPart {
  const own = items.filter((item) => item.rate === rate);
  if (!isGrossPriced) {
    const base = sum(own.map(({ net }) => net)) + extra;
    return { rate, base, amount: Math.round((base * rate) / 100) };
  }
  const gross = sum(own.map((item) => item.gross)) + extra;
  const base = Math.round(gross / (1 + rate / 100));
  return { rate, base, amount: gross - base };
}

function decoysFor({ codes, numbering }: Program, dice: Dice, issued: string): Content['decoys'] {
  return {
    salesOrder: `${dice.pick(['AB-', 'SO', '', 'A-', 'ORD-'])}${dice.digits(dice.between(4, 8))}`,
    customer: `${dice.pick(['', '', 'K', 'C-', 'D'])}${dice.digits(dice.between(4, 8))}`,
    deliveryNote: `${dice.pick(['', 'LS', 'DN-', 'BL'])}${dice.digits(dice.between(5, 9))}`,
    contract: `${dice.pick(['V-', 'CT', ''])}${dice.digits(dice.between(6, 10))}`,
    project: codeFor(codes, dice),
    yourReference: dice.chance(0.5) ? dice.pick(['Fr. Meyer', 'AK/hs', 'J. Smith', 'M. Blanc']) : dice.digits(5),
    creditsInvoice: numberFor(numbering, dice, addDays(issued, -dice.between(10, 60))),
    period: issued.slice(0, 7),
  };
}

/** `#` a digit, `@` a letter, `Y` the year, `y` its last two digits, `M` the month. */
export function numberFor(pattern: string, dice: Dice, day: string): string {
  return pattern
    .replaceAll('Y', day.slice(0, 4))
    .replaceAll('y', day.slice(2, 4))
    .replaceAll('M', day.slice(5, 7))
    .replaceAll('#', () => String(dice.between(0, 9)))
    .replaceAll('@', () => dice.pick([...'ABCDEFGHKLMNPRSTUVWXYZ']));
}

function codeFor(pattern: string, dice: Dice): string {
  return numberFor(pattern, dice, '2025-01-01');
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
