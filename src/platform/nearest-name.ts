// More changed letters than this is another word, not a slip of the keyboard.
const mostChanges = 4;

/** The known name that was probably meant, or null. Distance by Levenshtein. */
export function nearestName(name: string, known: readonly string[]): string | null {
  const ranked = known
    .map((candidate) => ({ candidate, changes: changesBetween(name, candidate) }))
    .toSorted((a, b) => a.changes - b.changes);
  const best = ranked[0];
  return best !== undefined && best.changes <= mostChanges ? best.candidate : null;
}

function changesBetween(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}
