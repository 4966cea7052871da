import type { ContractChapter } from '../bench.ts';
import { activityCases, eachCases } from './activities.ts';
import { childCases, renewalCases, startCases } from './composition.ts';
import { changeCases, restartCases, valueCases } from './durability.ts';
import { operatingCases } from './operating.ts';
import { signalCases } from './signals.ts';
import { timeCases } from './time.ts';

/** Everything that `src/orchestration/flow.ts` promises, as cases; the order of docs/reference/engines.md. */
export const contract: readonly ContractChapter[] = [
  startCases,
  activityCases,
  eachCases,
  signalCases,
  timeCases,
  childCases,
  renewalCases,
  valueCases,
  operatingCases,
  restartCases,
  changeCases,
];
