import { wordsOf } from '../matching/text-similarity.ts';
import type { InvoiceLine } from '../types.ts';
import type { Agreement } from './agreement.ts';
import type { AgreementCoverage, BillChoice } from './coverage.ts';

/** One agreement held against the invoice. */
export interface Look {
  readonly agreement: Agreement;
  readonly coverage: AgreementCoverage;
  /** What it could be billed as, in words for a person. */
  readonly bills: readonly BillChoice[];
  /** It ended before this invoice. */
  readonly isOver: boolean;
  readonly hasBegun: boolean;
  readonly isWithin: boolean;
  /** From the expected amount, in minor units. */
  readonly distance: bigint;
}

export type AgreementChoice = { readonly kind: 'one'; readonly look: Look } | { readonly kind: 'several'; readonly among: readonly Look[] };

/** Shorter words stand in the name of anything. */
const shortestWord = 4;
/** From this length on a word may be part of a compound: `Büroreinigung` is about `Reinigung`. */
const shortestPart = 6;

/**
 * Chooses among agreements with one supplier. The lines' texts and the amount must not speak against each other: one that the
 * lines name and the amount fits, or the only one that either speaks for. Otherwise a person says which; the first is never
 * taken because it is the first. Null where all of them ended and none fits.
 */
export function chooseAgreement(
  looks: readonly Look[],
  { isNamed, lines }: { readonly isNamed: boolean; readonly lines: readonly Pick<InvoiceLine, 'description'>[] },
): AgreementChoice | null {
  const meant = isNamed ? looks : looks.filter(({ isOver, isWithin }) => !isOver || isWithin);
  const running = meant.filter(({ isOver, hasBegun }) => !isOver && hasBegun);
  const pool = running.length > 0 ? running : nearestFirst(meant).slice(0, 1);
  const [only] = pool;
  if (only === undefined) return null;
  if (pool.length === 1) return { kind: 'one', look: only };
  if (isNamed) return { kind: 'several', among: pool };
  const about = pool.filter((look) => isAbout(look, pool, lines));
  const within = pool.filter(({ isWithin }) => isWithin);
  const clear = clearOf(about, within);
  if (clear !== undefined) return { kind: 'one', look: clear };
  const spoken = pool.filter((look) => about.includes(look) || within.includes(look));
  return { kind: 'several', among: spoken.length > 0 ? spoken : pool };
}

function clearOf(about: readonly Look[], within: readonly Look[]): Look | undefined {
  const [named] = about;
  if (about.length > 1) return undefined;
  if (named === undefined) return within.length === 1 ? within[0] : undefined;
  return within.length === 0 || within.includes(named) ? named : undefined;
}

function nearestFirst(looks: readonly Look[]): Look[] {
  return looks.toSorted(
    (one, other) =>
      one.coverage.exceptions.length - other.coverage.exceptions.length ||
      Number(one.distance - other.distance) ||
      one.agreement.id.localeCompare(other.agreement.id),
  );
}

/** Whether a line has a word of its name that no other's name has: of `Office rent` and `Office cleaning`, `rent`. */
function isAbout({ agreement }: Look, pool: readonly Look[], lines: readonly Pick<InvoiceLine, 'description'>[]): boolean {
  const others = new Set(pool.filter((other) => other.agreement.id !== agreement.id).flatMap((other) => wordsOf(other.agreement.name)));
  const telling = wordsOf(agreement.name).filter((word) => word.length >= shortestWord && !others.has(word));
  const found = lines.flatMap(({ description }) => wordsOf(description));
  return telling.some((word) => found.some((other) => other === word || (word.length >= shortestPart && other.includes(word))));
}
