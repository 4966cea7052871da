import { diceFrom } from './dice.ts';
import type { Dice } from './dice.ts';
import { vocabularies } from './languages/index.ts';
import { countryFor, mannerFor } from './manner.ts';
import type { Manner } from './manner.ts';
import { partyFrom } from './parties.ts';
import type { Party } from './parties.ts';
import { synonyms } from './vocabulary.ts';
import type { ColumnName, LabelName, Vocabulary } from './vocabulary.ts';

export type Family = 'lato' | 'serif' | 'arimo' | 'Helvetica' | 'Times' | 'Courier';

/** How one issuer's program prints its papers: independent choices, all of one seed. */
export interface Program {
  readonly seed: number;
  readonly kind: 'invoice' | 'credit' | 'receipt';
  readonly vocabulary: Vocabulary;
  readonly country: string;
  readonly manner: Manner;
  readonly issuer: Party;
  readonly title: string;
  readonly labels: Readonly<Record<LabelName, string>>;
  readonly columnTitles: Readonly<Record<ColumnName, string>>;
  readonly page: 'A4' | 'LETTER';
  readonly margin: number;
  readonly family: Family;
  readonly size: number;
  readonly colour: string;
  /** What follows a label: a colon, a blank, nothing at all. */
  readonly colon: ':' | ' :' | '';
  readonly capitals: boolean;
  readonly letterhead: {
    readonly kind: 'name' | 'wordmark' | 'picture' | 'band' | 'none';
    readonly align: 'left' | 'center' | 'right';
    readonly hasAddress: boolean;
    readonly size: number;
  };
  readonly parties: {
    readonly kind: 'window' | 'sides' | 'buyer-right' | 'bill-ship' | 'boxes' | 'rows';
    readonly isBuyerLabelled: boolean;
    readonly isBuyerFirst: boolean;
    readonly hasShipTo: boolean;
    readonly hasSenderLine: boolean;
    readonly hasBuyerVat: boolean;
    readonly hasPerson: boolean;
  };
  readonly titlePlace: 'top' | 'above' | 'below' | 'none';
  readonly isNumberInTitle: boolean;
  readonly meta: {
    readonly kind: 'right' | 'left' | 'stacked' | 'grid' | 'sentence' | 'cells';
    /** Labels in the order they are printed. */
    readonly labels: readonly LabelName[];
    readonly isValueRight: boolean;
    readonly isBold: boolean;
    readonly hasPlaceAndDate: boolean;
  };
  readonly table: {
    readonly columns: readonly ColumnName[];
    readonly rules: 'none' | 'header' | 'rows' | 'grid';
    readonly fill: string | null;
    readonly zebra: boolean;
    readonly details: number;
    readonly hasGroups: boolean;
    readonly carries: boolean;
    readonly repeatsHeader: boolean;
    readonly padding: number;
    readonly hasCurrency: boolean;
    readonly numbersAlign: 'right' | 'center' | 'left';
  };
  readonly totals: {
    readonly kind: 'right' | 'left' | 'boxed' | 'row' | 'wide' | 'sentence';
    readonly hasNet: boolean;
    readonly hasTaxRows: boolean;
    readonly hasTaxTable: boolean;
    readonly hasBase: boolean;
  };
  readonly dueIn: 'meta' | 'sentence' | 'totals' | 'terms' | 'none';
  readonly footer: { readonly columns: 0 | 1 | 2 | 3 | 4; readonly isCentered: boolean; readonly hasRule: boolean };
  readonly bankIn: 'footer' | 'notes' | 'none';
  readonly idsIn: 'footer' | 'letterhead' | 'meta' | 'none';
  readonly hasOpening: boolean;
  readonly hasClosing: boolean;
  readonly numbering: string;
  readonly orderNumbering: string;
  readonly codes: string;
  readonly units: readonly string[];
  readonly rates: readonly number[];
  readonly isGrossPriced: boolean;
  readonly isNegative: boolean;
  readonly isLong: boolean;
  readonly hasDiscount: boolean;
  readonly hasShipping: boolean;
  readonly hasPrepaid: boolean;
  readonly hasOldBalance: boolean;
}

const rates: Readonly<Record<string, readonly number[]>> = {
  DE: [19, 7],
  AT: [20, 10],
  CH: [8.1, 2.6],
  FR: [20, 10, 5.5],
  BE: [21, 6],
  ES: [21, 10],
  IT: [22, 10, 4],
  NL: [21, 9],
  PT: [23, 13, 6],
  PL: [23, 8, 5],
  GB: [20, 5],
  US: [8.25, 0],
  IE: [23, 13.5],
  AU: [10],
};
const numberings =
  'RE-Y-####|######|Y####|INV-####|F#####|@@##-####|Y/M/###|#### / Y|##########|IN#######|FA-Y-###|@#####|Y-M-###|FV/##/M/Y|V/Y/#####|10####|FT Y/####|####-#|R#####-Y|@@@-#####';
const orders = 'PO-#####|45########|BE####|Y-####|@@######|PO#####|B-##/###|######|REQ-####|@#-####-@';
const codes = '####|@@-####|##.###.##|@@@##|#######|@#-##|A####-##';
const colours = '#1a1a1a|#0b3d63|#7a1f1f|#2c5e3f|#444444|#5b2a86|#b04a00|#006d77';

/** The program of a seed; neighbouring seeds have nothing in common. */
export function programFrom(seed: number): Program {
  const dice = diceFrom(seed * 7919 + 17);
  const language = dice.pick(['en', 'de', 'fr', 'es', 'it', 'nl', 'pt', 'pl', 'en', 'de'] as const);
  const vocabulary = vocabularies[language];
  const country = countryFor(dice, language);
  const kind = dice.weighted([
    ['invoice', 8],
    ['credit', 0.9],
    ['receipt', 0.9],
  ] as const);
  const manner = mannerFor(dice, vocabulary, country);
  const issuer = partyFrom(dice, country);
  const own = rates[country] ?? [20];
  const ratesKind = dice.weighted([
    ['one', 5],
    ['several', 3],
    ['none', country === 'US' ? 4 : 0.7],
  ] as const);
  const isGrossPriced = ratesKind !== 'none' && dice.chance(0.12);
  return {
    seed,
    kind,
    vocabulary,
    country,
    manner,
    issuer,
    title: dice.pick(synonyms(vocabulary.titles[kind])),
    labels: country === 'AU' ? { ...chosen(dice, vocabulary.labels), vatId: 'ABN' } : chosen(dice, vocabulary.labels),
    columnTitles: chosen(dice, vocabulary.columns),
    ...looks(dice, language, country),
    ...places(dice, kind),
    table: tableFrom(dice, isGrossPriced, ratesKind === 'several'),
    totals: totalsFrom(dice, isGrossPriced, ratesKind === 'none'),
    numbering: dice.pick(synonyms(numberings)),
    orderNumbering: dice.pick(synonyms(orders)),
    codes: dice.pick(synonyms(codes)),
    units: dice.shuffled(synonyms(vocabulary.units)).slice(0, 3),
    rates: ratesKind === 'none' ? [0] : ratesKind === 'one' ? own.slice(0, 1) : own,
    isGrossPriced,
    isNegative: dice.chance(0.5),
    isLong: kind === 'invoice' && dice.chance(0.12),
    hasDiscount: !isGrossPriced && dice.chance(0.12),
    hasShipping: !isGrossPriced && dice.chance(0.15),
    hasPrepaid: kind === 'invoice' && dice.chance(0.12),
    hasOldBalance: kind === 'invoice' && dice.chance(0.06),
  };
}

function looks(dice: Dice, language: Vocabulary['language'], country: string) {
  // The fourteen fonts of every PDF reader lack Polish letters.
  const families: readonly Family[] =
    language === 'pl' ? ['lato', 'serif', 'arimo'] : ['lato', 'serif', 'arimo', 'Helvetica', 'Helvetica', 'Times', 'Courier'];
  return {
    page: country === 'US' ? ('LETTER' as const) : ('A4' as const),
    margin: dice.between(32, 72),
    family: dice.pick(families),
    size: dice.pick([7.5, 8, 8.5, 9, 9, 9.5, 10, 10.5]),
    colour: dice.pick(colours.split('|')),
    colon: dice.weighted([
      [':', 5],
      ['', 4],
      [' :', language === 'fr' ? 4 : 0.3],
    ] as const),
    capitals: dice.chance(0.12),
  };
}

function places(dice: Dice, kind: Program['kind']) {
  const dueIn =
    kind === 'invoice'
      ? dice.weighted([
          ['meta', 5],
          ['sentence', 2],
          ['totals', 0.7],
          ['terms', 1.2],
          ['none', 1],
        ] as const)
      : 'none';
  const metaKind = dice.weighted([
    ['right', 5],
    ['left', 2],
    ['stacked', 2],
    ['grid', 1.5],
    ['sentence', 0.8],
    ['cells', 1.2],
  ] as const);
  return {
    letterhead: {
      kind: dice.weighted([
        ['name', 4],
        ['wordmark', 3],
        ['picture', 2],
        ['band', 1],
        ['none', 1],
      ] as const),
      align: dice.weighted([
        ['left', 4],
        ['right', 3],
        ['center', 1.5],
      ] as const),
      hasAddress: dice.chance(0.6),
      size: dice.between(11, 26),
    },
    parties: {
      kind: dice.weighted([
        ['window', 4],
        ['sides', 2.5],
        ['buyer-right', 2],
        ['bill-ship', 2],
        ['boxes', 1.2],
        ['rows', 0.8],
      ] as const),
      isBuyerLabelled: dice.chance(0.55),
      isBuyerFirst: dice.chance(0.5),
      hasShipTo: dice.chance(0.2),
      hasSenderLine: dice.chance(0.6),
      hasBuyerVat: dice.chance(0.25),
      hasPerson: dice.chance(0.25),
    },
    titlePlace: dice.weighted([
      ['top', 2],
      ['above', 2],
      ['below', 4],
      ['none', 0.4],
    ] as const),
    isNumberInTitle: metaKind !== 'sentence' && dice.chance(0.2),
    meta: {
      kind: metaKind,
      labels: metaLabels(dice, kind, dueIn === 'meta'),
      isValueRight: dice.chance(0.4),
      isBold: dice.chance(0.3),
      hasPlaceAndDate: dice.chance(0.06),
    },
    dueIn,
    footer: {
      columns: dice.weighted([
        [0, 1],
        [1, 2],
        [2, 1],
        [3, 3],
        [4, 2],
      ] as const),
      isCentered: dice.chance(0.4),
      hasRule: dice.chance(0.6),
    },
    bankIn: dice.weighted([
      ['footer', 4],
      ['notes', 3],
      ['none', 1],
    ] as const),
    idsIn: dice.weighted([
      ['footer', 4],
      ['letterhead', 2.5],
      ['meta', 0.8],
      ['none', 0.7],
    ] as const),
    hasOpening: dice.chance(0.35),
    hasClosing: dice.chance(0.5),
  };
}

/** Number and date, what else is asked for, and what only stands there. */
function metaLabels(dice: Dice, kind: Program['kind'], hasDue: boolean): LabelName[] {
  const decoys = dice.shuffled([
    'delivered',
    'ordered',
    'period',
    'salesOrder',
    'customer',
    'customer',
    'deliveryNote',
    'contract',
    'project',
    'yourReference',
    'contact',
    'phone',
    'mail',
    'buyerVatId',
  ] as const);
  const own: LabelName[] = [kind === 'credit' ? 'creditNumber' : 'number', 'issued'];
  const others: LabelName[] = [
    ...(hasDue ? ['due' as const] : []),
    ...(kind !== 'receipt' && dice.chance(0.4) ? ['purchaseOrder' as const] : []),
    ...(kind === 'credit' ? ['creditsInvoice' as const] : []),
    ...new Set(
      decoys.slice(
        0,
        dice.weighted([
          [0, 2],
          [1, 2],
          [2, 3],
          [3, 2],
          [5, 1],
          [7, 0.5],
        ] as const),
      ),
    ),
  ];
  const inner = dice.chance(0.3) ? own.toReversed() : own;
  return dice.chance(0.6) ? [...inner, ...dice.shuffled(others)] : dice.shuffled([...inner, ...others]);
}

function tableFrom(dice: Dice, isGrossPriced: boolean, hasRates: boolean): Program['table'] {
  const price: ColumnName = isGrossPriced ? 'grossPrice' : 'price';
  const amount: ColumnName = isGrossPriced ? 'gross' : 'net';
  const has = (share: number, ...names: ColumnName[]): ColumnName[] => (dice.chance(share) ? names : []);
  const rate = has(hasRates ? 0.85 : 0.2, 'rate');
  const counts: ColumnName[] = dice.chance(0.15) ? ['unit', 'quantity'] : ['quantity', ...has(0.35, 'unit')];
  const figures = [...counts, price, ...has(0.15, 'discount')];
  const isSparse = dice.chance(0.12);
  const usual: ColumnName[] = [
    ...has(0.4, 'position'),
    ...has(0.12, 'date'),
    ...has(0.35, 'code'),
    'description',
    ...(isSparse ? has(0.4, 'quantity') : figures),
    ...(dice.chance(0.6) ? [...rate, amount] : [amount, ...rate]),
    ...(isGrossPriced ? [] : has(0.08, 'gross')),
  ];
  // Some print the quantity first, some the code after the text.
  const isCountFirst = dice.chance(0.18) && usual.includes('quantity');
  const columns: ColumnName[] = isCountFirst ? ['quantity', ...usual.filter((name) => name !== 'quantity')] : usual;
  return {
    columns,
    rules: dice.weighted([
      ['none', 2.5],
      ['header', 3],
      ['rows', 2.5],
      ['grid', 2],
    ] as const),
    fill: dice.chance(0.3) ? dice.pick(['#e6e6e6', '#dce6f1', '#333333', '#0b3d63']) : null,
    zebra: dice.chance(0.12),
    details: dice.weighted([
      [0, 4],
      [1, 3],
      [3, 1.5],
    ] as const),
    hasGroups: dice.chance(0.1),
    carries: dice.chance(0.5),
    repeatsHeader: dice.chance(0.75),
    padding: dice.between(1, 6),
    hasCurrency: dice.chance(0.3),
    numbersAlign: dice.weighted([
      ['right', 8],
      ['center', 1],
      ['left', 1.2],
    ] as const),
  };
}

function totalsFrom(dice: Dice, isGrossPriced: boolean, isWithoutTax: boolean): Program['totals'] {
  return {
    kind: dice.weighted([
      ['right', 5],
      ['left', 0.8],
      ['boxed', 1.5],
      ['row', 1.4],
      ['wide', 1.2],
      ['sentence', 0.4],
    ] as const),
    hasNet: isWithoutTax ? dice.chance(0.3) : !isGrossPriced || dice.chance(0.5),
    hasTaxRows: !isWithoutTax || dice.chance(0.3),
    hasTaxTable: !isWithoutTax && dice.chance(0.15),
    hasBase: dice.chance(0.25),
  };
}

function chosen<Name extends string>(dice: Dice, lists: Readonly<Record<Name, string>>): Readonly<Record<Name, string>> {
  return Object.fromEntries(Object.entries<string>(lists).map(([name, list]) => [name, dice.pick(synonyms(list))])) as Record<Name, string>;
}
