import type { PurchaseOrderLine } from '#domain/accounts-payable';
import type { Chance } from '../chance.ts';
import { articles } from '../articles.ts';
import { billAll, type BilledLine, type Deal } from '../deal.ts';
import { codeOf } from '../office.ts';
import type { Base, Trouble } from './trouble.ts';

/** The right things under other words. */
export const wordTroubles: readonly Trouble[] = [
  { name: 'words in another order and case', make: (base) => reworded(base, turned) },
  { name: 'description shortened', make: (base) => reworded(base, shortened) },
  { name: 'description lengthened', make: (base) => reworded(base, lengthened) },
  { name: 'description misread by the scanner', make: (base) => reworded(base, misread) },
  { name: 'translated, with the item code', make: (base) => translated(base, true) },
  { name: 'translated, without a code', make: (base) => translated(base, false) },
  { name: 'the sister article instead', make: sister },
  { name: "the supplier's own article number", make: ownNumber },
];

/** Other words for the lines of a deal that bill one order line each, a change drawn for every line. */
export function withNoise(chance: Chance, deal: Deal): Deal {
  const noise = (line: BilledLine): string => {
    const { description, itemCode } = line.bills[0] ?? { description: line.description, itemCode: null };
    const words = chance.pick([turned, lengthened, misread])(chance, description) ?? description;
    return itemCode === null || chance.isHeads() ? words : `${itemCode} ${words}`;
  };
  return { ...deal, lines: deal.lines.map((line) => (line.bills.length === 1 ? { ...line, description: noise(line) } : line)) };
}

function reworded({ chance, order, tolerance }: Base, change: (chance: Chance, words: string) => string | null): Deal | null {
  const deal = billAll(order, tolerance);
  const lines = deal.lines.map((line, at) => {
    const description = change(chance, order.lines[at]?.description ?? '');
    return description === null ? null : { ...line, description };
  });
  return lines.every((line) => line !== null) ? { ...deal, lines } : null;
}

function turned(chance: Chance, words: string): string {
  const shuffled = chance.shuffled(words.split(' ')).join(' ');
  return chance.isHeads() ? shuffled.toUpperCase() : shuffled.toLowerCase();
}

/** The first words, at least half of them and no fewer than two. */
function shortened(_chance: Chance, words: string): string | null {
  const all = words.split(' ');
  return all.length < 3 ? null : all.slice(0, Math.max(2, Math.ceil(all.length / 2))).join(' ');
}

function lengthened(chance: Chance, words: string): string {
  const more = chance.pick([
    'gemäß Angebot vom 12.01.2026',
    'incl. delivery to 2nd floor',
    'Lieferschein 4711',
    'selon devis',
    'Charge 22B, EU',
  ]);
  return chance.isHeads() ? `${words}, ${more}` : `${more}: ${words}`;
}

const confusions: readonly (readonly [string, string])[] = [
  ['o', '0'],
  ['l', '1'],
  ['S', '5'],
  ['B', '8'],
  ['rn', 'm'],
  ['e', 'c'],
  ['i', 'l'],
];

/** One or two confusions of characters, outside numbers, and sometimes a lost space. */
function misread(chance: Chance, words: string): string | null {
  const fitting = confusions.filter(([right]) => words.includes(right));
  if (fitting.length === 0 || words.length < 6) return null;
  const once = chance
    .shuffled(fitting)
    .slice(0, chance.whole(1, 2))
    .reduce((text, [right, wrong]) => text.replace(right, wrong), words);
  return chance.isHeads(1 / 3) ? once.replace(' ', '') : once;
}

/** Ordered in one language, billed in another; without a code a person has to say that it is the same. */
function translated({ chance, order, tolerance }: Base, hasCode: boolean): Deal | null {
  const [from, to] = chance.shuffled([0, 1, 2, 3] as const);
  const drawn = chance.shuffled(articles);
  const named = order.lines.slice(0, Math.min(6, articles.length));
  if (from === undefined || to === undefined || isAmbiguous(named)) return null;
  const lines = named.map((line, at): PurchaseOrderLine => {
    const itemCode = hasCode ? codeOf(chance) : null;
    return { ...line, itemCode, description: drawn[at]?.[from] ?? line.description };
  });
  const deal = billAll({ ...order, lines }, tolerance);
  const foreign = deal.lines.map((line, at): BilledLine => {
    const words = drawn[at]?.[to] ?? line.description;
    return { ...line, description: hasCode ? `${lines[at]?.itemCode ?? ''} ${words}` : words };
  });
  return { ...deal, lines: foreign, reasons: hasCode ? [] : ['doubtful-value'] };
}

/** Two lines of one quantity and price: without words nobody could tell which is which. */
function isAmbiguous(lines: readonly PurchaseOrderLine[]): boolean {
  return new Set(lines.map(({ quantity, unitPrice }) => `${quantity.toFixed()}×${unitPrice.toFixed()}`)).size < lines.length;
}

/** Ordered is one model, billed the next one of the series at the same price. */
function sister({ chance, order, tolerance }: Base): Deal | null {
  const at = chance.whole(0, order.lines.length - 1);
  const model = `${chance.pick(['CF', 'TK', 'LX', 'QR'])}${chance.whole(200, 899)}`;
  const [ordered, sent] = chance.shuffled(['A', 'X', 'M', 'K', 'S']);
  const lines = order.lines.map((line, index) =>
    index === at ? { ...line, description: `${line.description} ${model}${ordered}` } : line,
  );
  const deal = billAll({ ...order, lines }, tolerance);
  const changed = deal.lines.map((line, index) =>
    index === at ? { ...line, description: `${order.lines[at]?.description ?? ''} ${model}${sent}` } : line,
  );
  return { ...deal, lines: changed, reasons: ['doubtful-value'] };
}

/** Many suppliers print their own number where the order has the buyer's: the words say what it is. */
function ownNumber({ chance, order, tolerance }: Base): Deal {
  const lines = order.lines.map((line) => ({ ...line, itemCode: `${chance.whole(100_000, 999_999)}` }));
  const deal = billAll({ ...order, lines }, tolerance);
  const own = deal.lines.map((line, at) => ({ ...line, description: `${codeOf(chance)} ${lines[at]?.description ?? ''}` }));
  return { ...deal, lines: own };
}
