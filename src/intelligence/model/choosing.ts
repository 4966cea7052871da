import type { FieldName } from '#domain/documents';
import { f1, isRight } from './field-predictions.ts';
import type { Judged, Prediction } from './field-predictions.ts';

/** When the model's word counts more than the rules'. */
export interface ChoosingManner {
  /** Below this score nothing is taken. */
  readonly floor: number;
  /** How much likelier another value must be than the rules'; above 1 it only fills what they left open. */
  readonly margin: number;
}

/** Where model and rules differ: who was right, counted by issuer and layout. */
interface Duel {
  readonly wins: number;
  readonly losses: number;
  readonly f1ByRules: number;
  readonly f1ByModel: number;
}

export interface Chooser {
  readonly manner: ChoosingManner;
  readonly predictions: readonly Prediction[];
  readonly grounds: {
    readonly isChosen: boolean;
    /** `real`: surely better on real issuers. `synthetic`: clearly better on drawn layouts, and not worse on real ones. */
    readonly by: 'real' | 'synthetic' | null;
    readonly real: Duel;
    readonly synthetic: Duel;
  };
}

const floors = [0.2, 0.3, 0.4, 0.5, 0.6];
const margins = [0, 0.25, 0.5, 2];

/** What the model takes from a document's candidates. */
export function chosenFrom({ rule, candidates, ...one }: Judged, { floor, margin }: ChoosingManner): Prediction {
  const [best] = candidates;
  const isOverruled = best !== undefined && best.score >= (rule?.score ?? 0) + (rule === null ? 0 : margin);
  const taken = isOverruled ? best : rule;
  return taken === null || taken.score < floor ? { ...one, byModel: null, score: 0 } : { ...one, byModel: taken.value, score: taken.score };
}

/** The manner that does best on real and drawn papers it has not seen, each counting half, and whether it may be used. */
export function bestChooser(name: FieldName, judged: readonly Judged[]): Chooser {
  const tried = margins.flatMap((margin) =>
    floors.map((floor): Chooser => {
      const predictions = judged.map((one) => chosenFrom(one, { floor, margin }));
      return { manner: { floor, margin }, predictions, grounds: groundsOf(name, predictions) };
    }),
  );
  const gain = ({ grounds: { real, synthetic } }: Chooser): number => real.f1ByModel + synthetic.f1ByModel;
  const allowed = tried.filter(({ grounds }) => grounds.isChosen);
  return (allowed.length > 0 ? allowed : tried).reduce((best, next) => (gain(next) > gain(best) ? next : best));
}

function groundsOf(name: FieldName, predictions: readonly Prediction[]): Chooser['grounds'] {
  const real = duel(
    name,
    predictions.filter(({ document }) => !document.isSynthetic),
  );
  const synthetic = duel(
    name,
    predictions.filter(({ document }) => document.isSynthetic),
  );
  const isBetter = isSurely(real, oneInTwenty) && real.f1ByModel > real.f1ByRules;
  const isNoWorse = real.losses <= real.wins && real.f1ByModel >= real.f1ByRules;
  const isClearly = isSurely(synthetic, oneInThousand) && synthetic.f1ByModel >= synthetic.f1ByRules + 0.02;
  const by = isBetter ? 'real' : isNoWorse && isClearly ? 'synthetic' : null;
  return { isChosen: by !== null, by, real, synthetic };
}

const oneInTwenty = 1.64;
const oneInThousand = 3.09;

/** One-sided sign test: where the two differ, the model must win more often than luck would have it. */
function isSurely({ wins, losses }: Duel, quantile: number): boolean {
  return wins - losses > quantile * Math.sqrt(wins + losses);
}

/** Each issuer and layout speaks once, for the side that was right there more often: its papers resemble each other. */
function duel(name: FieldName, predictions: readonly Prediction[]): Duel {
  const leads = new Map<string, number>();
  for (const { document, byModel, byRules, truth } of predictions) {
    const lead = Number(isRight(name, byModel, truth)) - Number(isRight(name, byRules, truth));
    leads.set(document.group, (leads.get(document.group) ?? 0) + lead);
  }
  const all = [...leads.values()];
  return {
    wins: all.filter((lead) => lead > 0).length,
    losses: all.filter((lead) => lead < 0).length,
    f1ByRules: f1(name, predictions, 'byRules'),
    f1ByModel: f1(name, predictions, 'byModel'),
  };
}
