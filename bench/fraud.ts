import { checkForFraud, gateNames, usualFraudPolicy, type FraudQuestion, type GateFinding } from '#domain/accounts-payable';
import { printTable } from './figures.ts';
import { attacks } from './fraud/attacks.ts';
import { ordinaryOffice, type Arrival, type OrdinaryOffice } from './fraud/ordinary-office.ts';
import type { BenchOptions } from './run.ts';

const seed = 20_261_130;
/** What is learned from before it is measured, as in an office that has worked for a while. */
const learningDays = 365;
/** Days until an invoice is approved, and until it is paid. */
const settleDays = 10;
const payDays = 30;

/** What was found out about one arrival; an account that is not verified is held whatever gates say. */
interface Outcome {
  readonly findings: readonly GateFinding[];
  readonly verdict: 'held' | 'warned' | 'passed';
}

/**
 * Fraud gates over three years of an office's ordinary invoices and mails, and over planted attacks of many kinds, each
 * among the same past. Prints for each gate how often it speaks without need, and for each attack whether it is held,
 * warned of, or missed.
 */
export function benchFraud({ isSmoke }: BenchOptions): void {
  const office = ordinaryOffice(seed, { suppliers: isSmoke ? 20 : 120, days: 3 * 365 });
  const each = isSmoke ? 5 : 40;
  const ordinary = office.arrivals.filter((arrival) => arrival.day >= learningDays).map((arrival) => ask(office, arrival));
  const kinds = attacks(office, seed + 1, { each, from: learningDays }).map(({ kind, cases }) => ({
    kind,
    outcomes: cases.map((attack) => ask(office, attack)),
  }));
  const planted = kinds.flatMap(({ outcomes }) => outcomes);
  console.log(
    `\nSeed ${seed}: ${ordinary.length} ordinary invoices of ${office.suppliers.length} suppliers after a year of learning, ${kinds.length} kinds of attack, ${each} each.`,
  );
  printTable(
    'Gates',
    ['gate', 'on ordinary invoices', 'false alarms', 'on attacks'],
    gateNames.map((gate) => {
      const speaks = ({ findings }: Outcome): boolean => findings.some((finding) => finding.gate === gate);
      return [gate, String(ordinary.filter(speaks).length), percent(ordinary, speaks), String(planted.filter(speaks).length)];
    }),
  );
  const verdicts = ['held', 'warned', 'passed'] as const;
  const shares = (outcomes: readonly Outcome[]): string[] => verdicts.map((verdict) => percent(outcomes, (one) => one.verdict === verdict));
  printTable(
    'Attacks',
    ['attack', 'held', 'warned of', 'missed'],
    [
      ...kinds.map(({ kind, outcomes }) => [kind, ...shares(outcomes)]),
      ['all attacks', ...shares(planted)],
      ['ordinary invoices', ...shares(ordinary)],
    ],
  );
}

/** What gates would have known on that day: what was settled before. */
function ask(office: OrdinaryOffice, arrival: Arrival): Outcome {
  const before = office.arrivals.filter((one) => one.day < arrival.day);
  const own = before.filter((one) => one.supplier.key === arrival.supplier.key);
  const isAccountVerified = arrival.iban === arrival.supplier.iban;
  const question: FraudQuestion = {
    supplier: arrival.supplier,
    knownDomains: office.suppliers.flatMap(({ name, emailDomains }) => emailDomains.map((domain) => ({ domain, supplierName: name }))),
    mail: arrival.mail,
    ownDomains: ['office.example'],
    invoice: arrival,
    isAccountVerified,
    past: [
      ...own.map((one) => ({ ...one, isSettled: one.day < arrival.day - settleDays })),
      ...(arrival.companions ?? []).map((one) => ({ ...one, isSettled: false })),
    ],
    earlierSenders: own.flatMap((one) => one.mail?.sender ?? []),
    paid: { toSupplier: own.filter((one) => one.day < arrival.day - payDays).length, inAll: before.length },
    limits: { currency: 'EUR', limitsMinor: [25_000n, 250_000n, 1_000_000n] },
    today: arrival.receivedOn,
  };
  const findings = checkForFraud(question, usualFraudPolicy);
  const isHeld = !isAccountVerified || findings.some(({ severity }) => severity === 'hold');
  return { findings, verdict: isHeld ? 'held' : findings.length > 0 ? 'warned' : 'passed' };
}

function percent(outcomes: readonly Outcome[], is: (one: Outcome) => boolean): string {
  return `${((outcomes.filter(is).length / Math.max(1, outcomes.length)) * 100).toFixed(2)} %`;
}
