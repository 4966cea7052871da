import type { Alternative, Evidence, ExtractedField, Origin, Standing } from '#domain/documents';
import { bareText } from '../text/fold-text.ts';
import { emptyField, filledField } from '../field.ts';

/** What a proposer suggests for one field: a value, how likely it is by itself (0–1), where it stands and why. */
export interface Candidate {
  readonly value: string;
  readonly score: number;
  readonly evidence: Evidence | null;
  readonly reason: string;
  readonly origin?: Origin;
}

/** Candidates of one value joined: seen twice is surer than once. The best first. */
export function ranked(candidates: readonly Candidate[]): Candidate[] {
  const groups = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const key = bareText(candidate.value) || candidate.value;
    groups.set(key, [...(groups.get(key) ?? []), candidate]);
  }
  return [...groups.values()]
    .map((group) => {
      const sorted = group.toSorted((a, b) => b.score - a.score);
      const best = sorted[0] as Candidate;
      const doubt = sorted.slice(1, 4).reduce((left, other) => left * (1 - 0.35 * Math.max(0, other.score)), 1 - best.score);
      return { ...best, score: Math.max(best.score, 1 - doubt) };
    })
    .toSorted((a, b) => b.score - a.score);
}

/** The field that the best candidate makes, the others kept as alternatives; none below the floor is taken. */
export function chooseField(
  candidates: readonly Candidate[],
  options: { readonly floor: number; readonly none: string; readonly standing?: Standing },
): ExtractedField {
  const all = ranked(candidates);
  const best = all[0];
  if (best === undefined || best.score < options.floor) return emptyField(options.none, alternativesFrom(all));
  const rival = all[1]?.score ?? 0;
  const confidence = Math.min(0.97, best.score) * (rival > best.score - 0.1 ? 0.75 : rival > best.score - 0.25 ? 0.9 : 1);
  return filledField(best.value, {
    confidence,
    standing: options.standing ?? (confidence >= 0.8 ? 'consistent' : 'unproven'),
    origin: best.origin ?? 'grammar',
    evidence: best.evidence,
    reason: best.reason,
    alternatives: alternativesFrom(all.slice(1)),
  });
}

export function alternativesFrom(candidates: readonly Candidate[]): Alternative[] {
  return candidates
    .filter((candidate) => candidate.score > 0.1)
    .slice(0, 4)
    .map(({ value, score, evidence, reason }) => ({ value, confidence: Math.min(score, 0.5), evidence, reason }));
}
