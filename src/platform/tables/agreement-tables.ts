import type { CreatedAt, Day, DefaultJson, Numeric, OrNull } from './column-types.ts';

/** Tables about what is paid without an order. */
export interface AgreementTables {
  agreements: AgreementsTable;
}

interface AgreementsTable {
  id: string;
  organization_id: string;
  supplier_id: string;
  kind: 'contract' | 'payment-plan' | 'recurring-bill';
  name: string;
  reference: string | null;
  rhythm: 'months' | 'days' | 'dates';
  every: number | null;
  instalments: DefaultJson<{ readonly dueOn: string; readonly amount: string }[]>;
  amount: Numeric;
  currency: string;
  band_amount: Numeric | null;
  band_percent: Numeric | null;
  total: Numeric | null;
  first_on: Day;
  valid_until: Day | null;
  grace_days: number;
  created_by: string;
  created_at: CreatedAt;
  confirmed_by: OrNull<string>;
  confirmed_at: OrNull<Date>;
  ended_by: OrNull<string>;
  ended_at: OrNull<Date>;
  ended_because: OrNull<string>;
}
