/** Every gate, by the name under which it is measured and its severity may be set. */
export const gateNames = [
  'look-alike-sender',
  'reply-to',
  'sender-authentication',
  'first-mail',
  'first-payment',
  'near-limit',
  'round-amount',
  'unusual-amount',
  'unusual-date',
  'iban-country',
  'number-sequence',
  'split-invoices',
] as const;
export type GateName = (typeof gateNames)[number];

/** `hold`: nothing is paid until two people let it pass. `warn`: a person approves it with these words before them. */
export type GateSeverity = 'hold' | 'warn';

/** What a gate found, in figures and one plain sentence or two. */
export interface GateFinding {
  readonly gate: GateName;
  readonly severity: GateSeverity;
  readonly expected: string | null;
  readonly found: string | null;
  readonly message: string;
}
