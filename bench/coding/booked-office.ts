import type { PastBooking } from '#domain/accounts-payable';
import { chanceOf, type Chance } from '../matching/chance.ts';

/** A line as the office's bookkeeper codes it, and what makes it hard. */
export interface BookedLine extends PastBooking {
  /** Whether no line of this supplier was booked before. */
  readonly isFirstOfSupplier: boolean;
  /** Booked by mistake, as one in fifty is: nobody can foretell it. */
  readonly isMistake: boolean;
}

/** What is bought: how lines word it and where it is booked. */
interface Purchase {
  readonly words: readonly string[];
  readonly account: string;
  /** From the middle of the history on, after the chart of accounts was reworked. */
  readonly laterAccount?: string;
  /** Food and print: the reduced rate. */
  readonly isReduced?: boolean;
}

const purchases: readonly Purchase[] = [
  { words: ['Toner schwarz', 'Tonerkartusche', 'Druckerpatrone', 'Laser toner black'], account: '4930' },
  { words: ['Kopierpapier A4', 'Copy paper', 'Briefumschläge C5', 'Ordner breit'], account: '4930' },
  { words: ['Notebook 14 Zoll', 'Dockingstation', 'Monitor 27"', 'Wireless keyboard'], account: '0650', laterAccount: '0675' },
  { words: ['Microsoft 365 Business', 'Softwarelizenz', 'Cloud hosting', 'SaaS subscription'], account: '4964', laterAccount: '4806' },
  { words: ['Stromlieferung', 'Arbeitspreis Strom', 'Grundpreis Strom', 'Electricity'], account: '4240' },
  { words: ['Miete Büro', 'Kaltmiete', 'Rent office', 'Nebenkosten Vorauszahlung'], account: '4210' },
  { words: ['Unterhaltsreinigung', 'Glasreinigung', 'Office cleaning', 'Reinigungsmittel'], account: '4250' },
  { words: ['Fracht', 'Paketversand', 'Spedition Stückgut', 'Freight charges'], account: '3800' },
  { words: ['Mobilfunk Tarif', 'Festnetz Anschluss', 'Internet DSL', 'Mobile plan'], account: '4920' },
  { words: ['Steuerberatung', 'Jahresabschluss', 'Legal advice', 'Rechtsberatung'], account: '4950' },
  { words: ['Anzeige online', 'Messestand', 'Flyer Druck', 'Advertising campaign'], account: '4610' },
  { words: ['Kaffee Bohnen', 'Mineralwasser', 'Obstkorb', 'Catering Besprechung'], account: '4653', isReduced: true },
  { words: ['Fachbuch', 'Zeitschrift Abo', 'Journal subscription'], account: '4940', isReduced: true },
  { words: ['Schrauben M8', 'Stahlblech', 'Aluminium profile', 'Lagerbuchse'], account: '3400' },
  { words: ['Wartung Maschine', 'Reparatur', 'Maintenance', 'Ersatzteil Pumpe'], account: '4805' },
  { words: ['Hotel Übernachtung', 'Bahnticket', 'Mietwagen', 'Flight ticket'], account: '4660' },
  { words: ['Schulung', 'Seminar', 'Training workshop'], account: '4945' },
  { words: ['Zeitarbeit Stunden', 'Temporary staff', 'Leiharbeit'], account: '4780' },
];
const centres = ['100 Verwaltung', '200 Vertrieb', '300 Produktion', '400 Entwicklung'] as const;
const asides = ['', '', '', ' laut Angebot', ' per Stück', ' gem. Vertrag', ' inkl. Lieferung', ' KW 12', ' as agreed'];
const projects = ['P-ALPHA', 'P-BETA', 'P-GAMMA', 'P-DELTA'];

interface Seller {
  readonly id: string;
  readonly since: number;
  /** What it sells, the first most often. */
  readonly sells: readonly Purchase[];
  /** Where its lines go, unless they name a department; changes once for some. */
  readonly centre: number;
  readonly laterCentre: number;
  readonly changesAt: number;
  readonly isAbroad: boolean;
  /** Works for projects, and writes them on most lines. */
  readonly hasProjects: boolean;
}

/**
 * A history of booked lines by stated rules: a supplier sells one to three kinds of things out of 18; the account follows the kind
 * (three kinds move to another account half way), the tax code follows rate and country, the cost centre follows the supplier
 * unless the line names a department (one supplier in five moves to another), the project is the one the line names, or the
 * supplier's last one. New suppliers come all the time. One booking in fifty is a mistake.
 *
 * @returns lines in the order in which they were booked.
 */
export function bookedOffice(seed: number, size: number): readonly BookedLine[] {
  const chance = chanceOf(seed);
  const sellers = Array.from({ length: 120 }, (_, index) => sellerOf(chance, index, size));
  const seen = new Set<string>();
  return Array.from({ length: size }, (_, at) => {
    const there = sellers.filter(({ since }) => since <= at);
    // A few suppliers send most of what comes.
    const seller = chance.isHeads(0.6) ? (there[chance.whole(0, Math.min(14, there.length - 1))] as Seller) : chance.pick(there);
    const line = lineOf(chance, seller, at, size);
    const isFirstOfSupplier = !seen.has(seller.id);
    seen.add(seller.id);
    return { ...line, isFirstOfSupplier };
  });
}

function sellerOf(chance: Chance, index: number, size: number): Seller {
  const main = purchases[index % purchases.length] as Purchase;
  const centre = chance.whole(0, centres.length - 1);
  return {
    id: `S-${1000 + index}`,
    // Forty from the beginning; the others come one by one until shortly before the end.
    since: index < 40 ? 0 : Math.floor(((index - 40) / 80) * size * 0.95),
    sells: [
      main,
      main,
      main,
      ...(chance.isHeads(0.5) ? [chance.pick(purchases)] : []),
      ...(chance.isHeads(0.3) ? [chance.pick(purchases)] : []),
    ],
    centre,
    laterCentre: chance.isHeads(0.2) ? chance.whole(0, centres.length - 1) : centre,
    changesAt: chance.whole(Math.floor(size * 0.3), Math.floor(size * 0.8)),
    isAbroad: chance.isHeads(0.15),
    hasProjects: chance.isHeads(0.2),
  };
}

function lineOf(chance: Chance, seller: Seller, at: number, size: number): Omit<BookedLine, 'isFirstOfSupplier'> {
  const purchase = chance.pick(seller.sells);
  const named = chance.isHeads(0.12) ? chance.whole(0, centres.length - 1) : null;
  const department = named === null ? '' : ` Abt. ${centres[named]?.slice(4)}`;
  const project = seller.hasProjects && chance.isHeads(0.8) ? chance.pick(projects) : null;
  const mention = project === null ? '' : ` Projekt ${project.slice(2)}`;
  const taxRate = seller.isAbroad ? '0' : purchase.isReduced === true ? '7' : '19';
  const isMistake = chance.isHeads(0.02);
  const account = at >= size / 2 ? (purchase.laterAccount ?? purchase.account) : purchase.account;
  const centre = named ?? (at >= seller.changesAt ? seller.laterCentre : seller.centre);
  return {
    supplierId: seller.id,
    description: `${chance.pick(purchase.words)}${chance.pick(asides)}${department}${mention} ${chance.whole(1, 999)}`,
    taxRate,
    account: isMistake ? chance.pick(purchases).account : account,
    costCentre: centres[centre]?.slice(0, 3) ?? null,
    project,
    taxCode: seller.isAbroad ? 'RC' : taxRate === '7' ? 'V7' : 'V19',
    reference: `R-${at}`,
    bookedOn: new Date(Date.UTC(2023, 0, 2) + Math.floor((at / size) * 1095) * 86_400_000).toISOString().slice(0, 10),
    isMistake,
  };
}
