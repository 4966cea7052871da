/** Minutes that each step takes a person where nothing does it for them, as data: an organization says its own. */
export interface MinutesByHand {
  /** Type an invoice in. */
  readonly read: number;
  /** Compare it with order and receipts. */
  readonly match: number;
  /** Find who approves it, and get their yes. */
  readonly approve: number;
  /** Enter the payment at the bank. */
  readonly pay: number;
}

/** Until an organization says otherwise: what an office of ten that types everything needs, on the low side. */
export const usualMinutesByHand: MinutesByHand = { read: 4, match: 3, approve: 2, pay: 1 };

/** @param stored - `minutesByHand` of the organization's task policy; what is left out, or no number, is as usual. */
export function minutesByHandOf(stored: unknown): MinutesByHand {
  const own = (stored ?? {}) as Partial<Record<keyof MinutesByHand, unknown>>;
  const minutes = (step: keyof MinutesByHand): number => {
    const value = own[step];
    return typeof value === 'number' && value >= 0 ? value : usualMinutesByHand[step];
  };
  return { read: minutes('read'), match: minutes('match'), approve: minutes('approve'), pay: minutes('pay') };
}
