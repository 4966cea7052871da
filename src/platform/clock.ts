import type { Clock } from '#domain/ports';

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date() };
