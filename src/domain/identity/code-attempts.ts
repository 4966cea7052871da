/** Wrong codes in a row until no more are taken for a while. */
const wrongUntilLocked = 5;
/** The first lock; each further one in a row is twice as long, up to a day. */
const firstLockMinutes = 15;
const longestLockMinutes = 24 * 60;

/**
 * For how long no code of a person is taken after a wrong one. Three of a million codes are right at any moment: somebody
 * who guesses day and night gets 100 tries into the first two weeks, three chances in ten thousand.
 *
 * @param wrong - wrong codes since the last right one, this one counted.
 * @returns minutes; 0 while there are tries left.
 */
export function lockMinutesAfter(wrong: number): number {
  if (wrong === 0 || wrong % wrongUntilLocked !== 0) return 0;
  return Math.min(firstLockMinutes * 2 ** (wrong / wrongUntilLocked - 1), longestLockMinutes);
}

/** How many more wrong codes bring no lock yet. */
export function triesLeftAfter(wrong: number): number {
  return wrongUntilLocked - (wrong % wrongUntilLocked);
}
