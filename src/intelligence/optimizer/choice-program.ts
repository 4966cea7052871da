import type { ChoiceProblem } from '#domain/ports';

/**
 * A choice problem as a binary program in CPLEX LP format: `xGROUP_PLACE` is 1 where that option is chosen. Numbers stand
 * in hundredths, so that a solver's tolerance of 1e-6 is far below one of the caller's units.
 */
export function choiceProgram({ groups, capacities }: ChoiceProblem): string {
  const names = groups.map((options, group) => options.map((_option, place) => `x${group}_${place}`));
  const worths = groups.flatMap((options, group) => options.map(({ worth }, place) => term(worth, names[group]?.[place] ?? '')));
  const one = names.map((group, index) => ` g${index}: ${group.join(' + ')} = 1`);
  const within = capacities.map((capacity, index) => {
    const used = groups.flatMap((options, group) =>
      options.flatMap(({ uses }, place) => ((uses[index] ?? 0) === 0 ? [] : [term(uses[index] ?? 0, names[group]?.[place] ?? '')])),
    );
    // A constraint without a variable is no LP.
    return used.length === 0 ? '' : ` c${index}: ${used.join('\n  ')} <= ${hundredth(capacity)}`;
  });
  return [
    'Maximize',
    ` worth: ${worths.join('\n  ')}`,
    'Subject To',
    ...one,
    ...within,
    'Binary',
    ...names.map((group) => ` ${group.join(' ')}`),
    'End',
    '',
  ].join('\n');
}

function term(factor: number, name: string): string {
  return `${factor < 0 ? '-' : '+'} ${hundredth(Math.abs(factor))} ${name}`;
}

function hundredth(value: number): string {
  return String(value / 100);
}
