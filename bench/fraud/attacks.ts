import { seededRandom } from '../../tests/support/random.ts';
import { dayOf, makeSupplier, passed, type Arrival, type OrdinaryOffice } from './ordinary-office.ts';

export interface AttackKind {
  readonly kind: string;
  readonly cases: readonly Arrival[];
}

type Forge = (honest: Arrival, random: () => number) => Arrival;

/** A domain that pretends to be the supplier's, with mail that the forger's own server signs. */
const from =
  (disguise: (name: string, ending: string) => string): Forge =>
  (honest) => {
    const [domain = ''] = honest.supplier.emailDomains;
    const at = domain.lastIndexOf('.');
    const sender = `rechnung@${disguise(domain.slice(0, at), domain.slice(at + 1))}`;
    return { ...honest, mail: { sender, replyTo: null, authenticationResults: passed } };
  };
const mailed =
  (change: { readonly replyTo?: string; readonly results?: string; readonly sender?: string }): Forge =>
  (honest) => ({
    ...honest,
    mail: {
      sender: change.sender ?? ownAddress(honest),
      replyTo: change.replyTo ?? null,
      authenticationResults: change.results ?? passed,
    },
  });
const billed =
  (minorOf: (honest: Arrival) => number): Forge =>
  (honest) => ({ ...honest, isOrdered: false, gross: { minor: BigInt(Math.round(minorOf(honest))), currency: 'EUR' } });
const numbered =
  (numberOf: (honest: Arrival) => string): Forge =>
  (honest) => ({ ...honest, number: numberOf(honest) });
const dated =
  (issuedOn: (honest: Arrival) => string): Forge =>
  (honest) => ({ ...honest, issuedOn: issuedOn(honest) });
const paidTo =
  (country: string | null): Forge =>
  (honest) => ({ ...honest, iban: `${country ?? honest.supplier.country}99${String(90_000_000 + honest.day)}` });

/**
 * One trick each; unless it is about the account, the money goes to the one on file and the mail comes from where it
 * always does, so that no other gate does the work. The last are what forgers really send: several tricks at once.
 */
const forges: Readonly<Record<string, Forge>> = {
  'new account at home, from the true mailbox': paidTo(null),
  'new account abroad, from the true mailbox': paidTo('PL'),
  'sender with a letter that looks alike': from((name, ending) => `${disguised(name)}.${ending}`),
  'sender with a foreign letter': from(
    (name, ending) => `${name.replace(/[aeo]/, (letter) => ({ a: 'а', e: 'е', o: 'о' })[letter] ?? letter)}.${ending}`,
  ),
  'sender with a doubled letter': from((name, ending) => `${name}${name.at(-1)}.${ending}`),
  'sender with a letter left out': from((name, ending) => `${name.slice(0, 2)}${name.slice(3)}.${ending}`),
  'sender with two letters swapped': from(
    (name, ending) => `${name.charAt(0)}${name.charAt(2)}${name.charAt(1)}${name.slice(3)}.${ending}`,
  ),
  'sender under another ending': from((name) => `${name}.biz`),
  'sender with a word put behind': from((name) => `${name}-billing.com`),
  'sender whose domain begins like the true one': from((name, ending) => `${name}.${ending}.mail-desk.com`),
  'true sender, forged: DMARC fails': mailed({ results: 'mx.office.example; spf=fail; dkim=none; dmarc=fail' }),
  'true sender, forged: SPF fails, nothing signed': mailed({ results: 'mx.office.example; spf=fail; dkim=none' }),
  'answers go to a free mailbox': mailed({ replyTo: 'buchhaltung.rechnung@gmail.com' }),
  'answers go to a look-alike': (honest) => mailed({ replyTo: `rechnung@${honest.supplier.name}-office.com` })(honest, Math.random),
  'from a free mailbox': mailed({ sender: 'rechnungen.buchhaltung@gmail.com' }),
  'from a domain nobody knows': mailed({ sender: 'office@quittungen.example' }),
  'amount times ten': billed((honest) => Number(honest.gross.minor) * 10),
  'amount times three': billed((honest) => Number(honest.gross.minor) * 3),
  'a round sum': billed(() => 500_000),
  'just under a limit': billed(() => 249_500),
  'in three parts under a limit': (honest) => {
    const part = (offset: number): Arrival => ({
      ...billed(() => 240_000 + offset * 1_700)(honest, Math.random),
      number: honest.supplier.number(honest.counter + 1 + offset, Number(honest.issuedOn.slice(0, 4))),
    });
    return { ...part(0), companions: [part(1), part(2)] };
  },
  'a number from earlier': numbered(({ supplier, counter, issuedOn }) =>
    supplier.number(Math.max(1, counter - 45), Number(issuedOn.slice(0, 4))),
  ),
  'a number of another build': numbered(({ counter }) => `INVOICE#${counter}-A`),
  'a number far above': numbered(({ supplier, counter, issuedOn }) => supplier.number(counter + 48_000, Number(issuedOn.slice(0, 4)))),
  'one more in a steady month': dated(({ issuedOn }) => new Date(Date.parse(issuedOn) + 5 * 86_400_000).toISOString().slice(0, 10)),
  'dated on a Sunday': dated(({ issuedOn }) => sundayAfter(issuedOn)),
  'dated a month ahead': dated(({ day }) => dayOf(day + 30)),
  'a supplier that never was': (honest, random) => {
    const supplier = makeSupplier(9000 + honest.day, random);
    return { ...honest, supplier, number: '2044', iban: supplier.iban, mail: { ...passedMail(`office@${supplier.emailDomains[0]}`) } };
  },
  'all at once: look-alike, new account abroad, larger sum': (honest, random) =>
    paidTo('LT')(
      billed((one) => Number(one.gross.minor) * 4)(forges['sender with a word put behind']?.(honest, random) ?? honest, random),
      random,
    ),
  'all at once: true mailbox taken over, new account, round sum': (honest, random) =>
    paidTo(null)(billed(() => 800_000)(honest, random), random),
};

/**
 * Attacks on honest suppliers that the office knows, each made from one of their ordinary invoices.
 *
 * @param options.from - day from which on the office has learned enough.
 */
export function attacks(
  office: OrdinaryOffice,
  seed: number,
  options: { readonly each: number; readonly from: number },
): readonly AttackKind[] {
  const random = seededRandom(seed);
  const models = office.arrivals.filter((arrival) => arrival.day >= options.from && arrival.mail !== null);
  return Object.entries(forges).map(([kind, forge]) => ({
    kind,
    cases: Array.from({ length: options.each }, () => {
      const model = models[Math.floor(random() * models.length)] as Arrival;
      return forge({ ...model, mail: passedMail(ownAddress(model)) }, random);
    }),
  }));
}

function passedMail(sender: string): NonNullable<Arrival['mail']> {
  return { sender, replyTo: null, authenticationResults: passed };
}

function ownAddress({ supplier }: Arrival): string {
  return `rechnung@${supplier.emailDomains[0]}`;
}

function disguised(name: string): string {
  const swaps: readonly (readonly [string, string])[] = [
    ['m', 'rn'],
    ['l', '1'],
    ['o', '0'],
    ['w', 'vv'],
    ['i', 'l'],
    ['d', 'cl'],
    ['s', '5'],
  ];
  const swap = swaps.find(([letter]) => name.includes(letter));
  return swap === undefined ? `${name}-` : name.replace(swap[0], swap[1]);
}

function sundayAfter(day: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  return new Date(at.getTime() + ((7 - at.getUTCDay()) % 7) * 86_400_000).toISOString().slice(0, 10);
}
