/** Joins what shares a key: documents of one issuer or one layout must lie on one side. Gives a group name for each item. */
export function groupsBy<T>(items: readonly T[], keysOf: (item: T) => readonly string[]): string[] {
  const parents = new Map<string, string>();
  const rootOf = (key: string): string => {
    const parent = parents.get(key) ?? key;
    if (parent === key) return key;
    const root = rootOf(parent);
    parents.set(key, root);
    return root;
  };
  for (const item of items) {
    const [first, ...others] = keysOf(item);
    for (const other of others) if (first !== undefined) parents.set(rootOf(other), rootOf(first));
  }
  return items.map((item) => rootOf(keysOf(item)[0] ?? ''));
}

/** Shares groups out to folds of about equal size, the large ones first; the same groups give the same folds. */
export function foldsOf(groups: readonly string[], count: number): number[] {
  const sizes = new Map<string, number>();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const filled = Array.from({ length: count }, () => 0);
  const foldOf = new Map<string, number>();
  for (const [group, size] of [...sizes].toSorted(([a, many], [b, few]) => few - many || (a < b ? -1 : 1))) {
    const fold = filled.indexOf(Math.min(...filled));
    foldOf.set(group, fold);
    filled[fold] = (filled[fold] as number) + size;
  }
  return groups.map((group) => foldOf.get(group) as number);
}
