const MS_PER_MINUTE = 60_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether this is a time zone that the platform knows, such as `Europe/Berlin`. */
export function isTimeZone(name: string): boolean {
  try {
    return formats.has(name) || formatOf(name).resolvedOptions().timeZone !== '';
  } catch (unknown) {
    if (unknown instanceof RangeError) return false;
    throw unknown;
  }
}

/** The calendar day that it is there at this instant. */
export function dayIn(timeZone: string, instant: Date): string {
  return new Date(instant.getTime() + offsetMs(timeZone, instant.getTime())).toISOString().slice(0, 10);
}

/**
 * The instant at which the clock there shows this minute of this day. When the clock is put forward over it, the same
 * distance after midnight; when it shows the minute twice, the first time.
 */
export function instantOf(timeZone: string, day: string, minute: number): Date {
  const asIfUtc = Date.parse(`${day}T00:00:00Z`) + minute * MS_PER_MINUTE;
  // The offset of the guess may be that of the other side of a change; the earlier instant that fits is right.
  const guesses = [asIfUtc - offsetMs(timeZone, asIfUtc - 86_400_000), asIfUtc - offsetMs(timeZone, asIfUtc + 86_400_000)];
  const fitting = guesses.filter((guess) => guess + offsetMs(timeZone, guess) === asIfUtc);
  return new Date(fitting.length > 0 ? Math.min(...fitting) : Math.max(...guesses));
}

// Clocks are changed on a quarter of an hour; asking what the clock shows takes 10 µs, and lists ask thousands of times.
const quarterMs = 15 * MS_PER_MINUTE;
const offsets = new Map<string, number>();
const maximumKept = 20_000;

/** How far its clock is ahead of UTC. */
function offsetMs(timeZone: string, instantMs: number): number {
  const quarter = Math.floor(instantMs / quarterMs);
  const key = `${timeZone} ${quarter}`;
  const kept = offsets.get(key);
  if (kept !== undefined) return kept;
  if (offsets.size >= maximumKept) offsets.clear();
  const offset = offsetAt(timeZone, quarter * quarterMs);
  offsets.set(key, offset);
  return offset;
}

function offsetAt(timeZone: string, instantMs: number): number {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(instantMs)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return shown - Math.floor(instantMs / 1000) * 1000;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timeZone, made);
  return made;
}
