import type { MailClues } from '#domain/accounts-payable';
import { seededRandom } from '../../tests/support/random.ts';

/** How a firm bills. */
export type Habit = 'subscription' | 'utility' | 'trader' | 'project';

export interface OfficeSupplier {
  readonly key: number;
  readonly name: string;
  readonly country: string;
  readonly iban: string;
  readonly emailDomains: readonly string[];
  readonly habit: Habit;
  /** Middle of what it bills, before tax, in minor units. */
  readonly usualMinor: number;
  readonly everyDays: number;
  /** Whom answers go to, where it is not the sender. */
  readonly replyTo: string | null;
  readonly number: (counter: number, year: number) => string;
}

/** One invoice that came, as gates see it. */
export interface Arrival {
  readonly supplier: OfficeSupplier;
  /** Days since the office began. */
  readonly day: number;
  readonly receivedOn: string;
  readonly issuedOn: string;
  readonly number: string;
  readonly counter: number;
  readonly gross: { readonly minor: bigint; readonly currency: string };
  readonly iban: string;
  readonly isOrdered: boolean;
  readonly mail: MailClues | null;
  /** Others of the same attack, of the same days. */
  readonly companions?: readonly Arrival[];
}

export interface OrdinaryOffice {
  readonly suppliers: readonly OfficeSupplier[];
  readonly arrivals: readonly Arrival[];
}

const begin = Date.UTC(2023, 0, 2);
const endings = ['de', 'com', 'eu', 'net', 'fr', 'at'];
const names = (
  'nordwind kontor alster hansen mueller meier schmidt weber becker hoffmann lumiere dupont garnier papier druck toner licht energie strom wasser ' +
  'telekom netz cloud daten rechen bau metall holz farbe glas werk technik service reinigung sicherheit logistik spedition transport ' +
  'catering kaffee garten blumen moebel stuhl tisch labor medizin optik foto film agentur design beratung kanzlei steuer recht personal'
).split(' ');
const kinds = ['bau', 'gmbh', 'technik', 'service', 'handel', 'group', 'office', 'systeme', 'partner', 'nord', 'sued', 'online'];

export const dayOf = (day: number): string => new Date(begin + day * 86_400_000).toISOString().slice(0, 10);

/** The receiving server's word on most mails. */
export const passed = 'mx.office.example; spf=pass smtp.mailfrom=x; dkim=pass header.d=x; dmarc=pass header.from=x';

/**
 * Three years of an office that nobody cheats, with what makes honest invoices look odd: price rises, seasons, numbers that
 * begin anew or change their build, late papers, weekends, new colleagues, billing services, forwarded and badly set up
 * mail. Written from how offices work, without a look at the gates.
 */
export function ordinaryOffice(seed: number, size: { readonly suppliers: number; readonly days: number }): OrdinaryOffice {
  const random = seededRandom(seed);
  const suppliers = Array.from({ length: size.suppliers }, (_, key) => makeSupplier(key, random));
  const arrivals = suppliers.flatMap((supplier) => billsOf(supplier, size.days, random));
  return { suppliers, arrivals: arrivals.toSorted((one, other) => one.day - other.day) };
}

export function makeSupplier(key: number, random: () => number): OfficeSupplier {
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const word = `${pick(names)}${random() < 0.5 ? '-' : ''}${pick(random() < 0.6 ? kinds : names)}${random() < 0.15 ? key : ''}`;
  const domain = `${word}.${pick(endings)}`;
  const country = pick(['DE', 'DE', 'DE', 'FR', 'AT', 'NL']);
  const bank = random() < 0.06 ? pick(['LT', 'IE', 'LU']) : country;
  const habit = pick<Habit>(['subscription', 'utility', 'trader', 'trader', 'project']);
  const [prefix, digits] = [pick(['RE-', 'R', '', 'INV/', 'F']), pick([1, 4, 6])];
  const style = pick(['plain', 'plain', 'year-first', 'year-last']);
  return {
    key,
    name: word,
    country,
    habit,
    iban: `${bank}${String(10 + (key % 80))}${String(key).padStart(14, '0')}`,
    emailDomains: [domain],
    usualMinor: Math.round(Math.exp(Math.log(8_000) + random() * Math.log(60))),
    everyDays: habit === 'trader' ? 4 + random() * 25 : habit === 'project' ? 40 + random() * 80 : 30.4,
    replyTo: random() < 0.04 ? `tickets@${pick(['helpdesk', 'billingcloud'])}.example` : null,
    number: (counter, year) => {
      const running = String(counter).padStart(digits, '0');
      if (style === 'year-first') return `${prefix}${year}-${running}`;
      return style === 'year-last' ? `${prefix}${running}/${year}` : `${prefix}${running}`;
    },
  };
}

function billsOf(supplier: OfficeSupplier, days: number, random: () => number): Arrival[] {
  const bills: Arrival[] = [];
  const isYearly = supplier.number(1, 2023) !== supplier.number(1, 2024);
  let counter = 1 + Math.floor(random() * (isYearly ? 40 : 9000));
  let year = 2023;
  const changesAt = random() < 0.06 ? Math.floor(random() * days) : Number.POSITIVE_INFINITY;
  const worksWeekends = random() < 0.12;
  for (let day = Math.floor(random() * supplier.everyDays); day < days; day += gapOf(supplier, random)) {
    const issued = worksWeekends || random() < 0.01 ? day : onWorkingDay(day);
    const issuedOn = dayOf(issued);
    if (isYearly && Number(issuedOn.slice(0, 4)) > year) counter = Math.ceil(random() * 12);
    year = Number(issuedOn.slice(0, 4));
    counter += 1 + Math.floor(random() * random() * 40);
    const delay = random() < 0.03 ? 20 + random() * 25 : random() * 4;
    const received = Math.round(issued + delay);
    const number = supplier.number(counter, year);
    bills.push({
      supplier,
      day: received,
      receivedOn: dayOf(received),
      issuedOn,
      counter,
      iban: supplier.iban,
      number: day > changesAt ? `N${number}` : number,
      gross: { minor: BigInt(amountOf(supplier, day, random)), currency: 'EUR' },
      isOrdered: supplier.habit === 'trader' ? random() < 0.7 : supplier.habit === 'project' && random() < 0.5,
      mail: mailOf(supplier, random),
    });
  }
  return bills;
}

function gapOf({ habit, everyDays }: OfficeSupplier, random: () => number): number {
  if (habit === 'subscription' || habit === 'utility') return everyDays + (random() - 0.5) * 4;
  return Math.max(1, -Math.log(1 - random()) * everyDays);
}

function onWorkingDay(day: number): number {
  const weekday = new Date(begin + Math.floor(day) * 86_400_000).getUTCDay();
  return Math.floor(day) + (weekday === 6 ? 2 : weekday === 0 ? 1 : 0);
}

/** Gross, minor units: 19 % on a sum that rises by 4 % a year and varies as the habit does. */
function amountOf({ habit, usualMinor }: OfficeSupplier, day: number, random: () => number): number {
  const rise = 1.04 ** Math.floor(day / 365);
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const season = 1 + 0.25 * Math.cos((2 * Math.PI * day) / 365);
  const net = {
    subscription: usualMinor * rise,
    utility: usualMinor * rise * season * Math.exp(0.06 * normal),
    trader: usualMinor * rise * Math.exp(0.7 * normal),
    // Billed in whole hundreds.
    project: Math.max(1, Math.round((usualMinor * 8 * Math.exp(0.6 * normal)) / 10_000)) * 10_000,
  }[habit];
  return Math.max(100, Math.round(net * 1.19));
}

function mailOf({ emailDomains, replyTo, key }: OfficeSupplier, random: () => number): MailClues | null {
  const chance = random();
  const [domain = ''] = emailDomains;
  if (chance < 0.05) return null;
  const sender =
    chance < 0.9
      ? `rechnung@${domain}`
      : chance < 0.97
        ? `kollege${Math.floor(random() * 5)}@${domain}`
        : chance < 0.985
          ? `invoices@billing${key % 7}.example`
          : `bo@office.example`;
  return { sender, replyTo: sender.endsWith(domain) ? replyTo : null, authenticationResults: authenticationOf(random()) };
}

/** Most pass; some servers sign nothing, some forward, and a few are set up wrongly. */
function authenticationOf(chance: number): string | null {
  if (chance < 0.04) return null;
  if (chance < 0.05) return 'mx.office.example; spf=softfail; dkim=none; dmarc=none';
  if (chance < 0.07) return 'mx.office.example; spf=fail; dkim=pass; dmarc=pass';
  if (chance < 0.09) return 'mx.office.example; spf=pass; dkim=none; dmarc=none';
  return chance < 0.094 ? 'mx.office.example; spf=fail; dkim=fail; dmarc=fail' : passed;
}
