import { isAutomatic, matchOf, type AutomationFacts } from './automation-facts.ts';
import { orderChange, otherChanges, priceChanges, quantityChanges, toleranceChanges, type Change } from './changes.ts';

/** A change of one input, so many of its steps. */
export interface Turned {
  readonly change: Change;
  readonly steps: number;
}

/** Together they make the invoice go through by itself; none of them may be left out or be one step smaller. */
export interface Counterfactual {
  readonly turned: readonly Turned[];
  /** "Nobody would have been asked if …" */
  readonly sentence: string;
}

/**
 * The smallest changes of the rules' inputs under which the invoice would have gone on without a person, found by search
 * and verified by running the rules on them. Fewest changes first; empty when it was automatic, or nothing helps.
 */
export function whatIf(facts: AutomationFacts): readonly Counterfactual[] {
  if (isAutomatic(facts)) return [];
  const found = plansFor(facts)
    .map((plan) => shrink(facts, plan))
    .filter((turned) => turned !== null)
    .map((turned) => ({ turned, sentence: sentenceOf(facts, turned) }));
  const distinct = new Map(found.map((one) => [one.sentence, one]));
  return [...distinct.values()].toSorted((left, right) => left.turned.length - right.turned.length);
}

/** The facts with all changes made. */
export function turn(facts: AutomationFacts, turned: readonly Turned[]): AutomationFacts {
  return turned.reduce((changed, { change, steps }) => change.apply(changed, steps), facts);
}

/** Turns what the match depends on first, and keeps that, so that nothing is matched twice. */
function turner(facts: AutomationFacts): (turned: readonly Turned[]) => AutomationFacts {
  const kept = new Map<string, AutomationFacts>();
  return (turned) => {
    const [ofMatch, others] = [turned.filter(({ change }) => change.isOfMatch), turned.filter(({ change }) => !change.isOfMatch)];
    const key = ofMatch.map(({ steps }) => steps).join(' ');
    const matched = kept.get(key) ?? turn(facts, ofMatch);
    kept.set(key, matched);
    return turn(matched, others);
  };
}

/** Beyond this many pairs of lines (30 by 30) one match takes too long to be asked dozens of times. */
const mostPairs = 1_000;

/** Ways to close what is open: a price by the order or by the tolerance; and where neither is enough, by another order. */
function plansFor(facts: AutomationFacts): Change[][] {
  const others = otherChanges(facts);
  if (matchOf(facts).outcome === 'matched') return [others];
  const pairs = facts.invoice.lines.length * facts.orders.reduce((sum, { lines }) => sum + lines.length, 0);
  if (pairs > mostPairs) return [[...others, orderChange(facts)]];
  const quantities = quantityChanges(facts);
  const plans = [
    [...others, ...quantities, ...toleranceChanges(facts)],
    [...others, ...quantities, ...priceChanges(facts)],
  ];
  const enough = plans.filter((plan) => isAutomatic(turn(facts, atMost(plan))));
  return enough.length > 0 ? enough : [[...others, orderChange(facts)]];
}

function atMost(changes: readonly Change[]): Turned[] {
  return changes.map((change) => ({ change, steps: change.most }));
}

/** Takes back as much of each change as the rules let. @returns null when even all of them are not enough. */
function shrink(facts: AutomationFacts, plan: readonly Change[]): Turned[] | null {
  const turnTo = turner(facts);
  let turned = atMost(plan);
  if (!isAutomatic(turnTo(turned))) return null;
  for (const [at, { change }] of turned.entries()) {
    const isEnough = (steps: number): boolean => isAutomatic(turnTo(turned.map((one, index) => (index === at ? { change, steps } : one))));
    const steps = leastOf(change.most, isEnough);
    turned = turned.map((one, index) => (index === at ? { change, steps } : one));
  }
  return turned.filter(({ steps }) => steps > 0);
}

/** The least number of steps that is enough, given that `most` is. */
function leastOf(most: number, isEnough: (steps: number) => boolean): number {
  if (isEnough(0)) return 0;
  let [tooFew, enough] = [0, most];
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (isEnough(middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
}

function sentenceOf(facts: AutomationFacts, turned: readonly Turned[]): string {
  const parts = turned.map(({ change, steps }) => change.say(facts, steps));
  const said = parts.map((part, at) => withoutRepeated(part, parts[at - 1]));
  const last = said.at(-1) ?? '';
  const list = said.length < 2 ? last : `${said.slice(0, -1).join(', ')} and ${last}`;
  return `Nobody would have been asked if ${list}.`;
}

/** "… allowed to differ by 6 % and by 9.00 EUR": what the part before has said is not said again. */
function withoutRepeated(part: string, before: string | undefined): string {
  const start = 'prices were allowed to differ ';
  return part.startsWith(start) && before?.startsWith(start) === true ? part.slice(start.length) : part;
}
