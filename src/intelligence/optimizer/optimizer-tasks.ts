/** What the optimizer's own process does. */
import highsModule from 'highs';
import { choiceProgram } from './choice-program.ts';
import type { ChoiceTask, ChoiceResult } from './optimizer.ts';

// Its types speak of CommonJS, where the function lies one step deeper than in the module that Node loads.
const loadHighs = highsModule as unknown as (typeof highsModule)['default'];

export const tasks = {
  async choose({ problem, seconds }: ChoiceTask): Promise<ChoiceResult> {
    const highs = await loadHighs();
    const solution = highs.solve(choiceProgram(problem), {
      time_limit: seconds,
      mip_rel_gap: 0,
      mip_feasibility_tolerance: 1e-9,
      output_flag: false,
    });
    if (solution.Status !== 'Optimal' && solution.Status !== 'Time limit reached') return null;
    const columns: Readonly<Record<string, { readonly Primal?: number }>> = solution.Columns;
    const chosen = problem.groups.map((options, group) =>
      options.findIndex((_option, place) => (columns[`x${group}_${place}`]?.Primal ?? 0) > 0.5),
    );
    return chosen.includes(-1) ? null : { chosen, isBest: solution.Status === 'Optimal' };
  },
};
