import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type { Day, Numeric, OrNull } from './column-types.ts';

/** Tables about where invoices are booked. */
export interface CodingTables {
  codes: CodesTable;
  past_bookings: PastBookingsTable;
}

/** One number of the organization's lists. */
interface CodesTable {
  organization_id: string;
  kind: 'account' | 'costCentre' | 'project' | 'taxCode';
  number: string;
  name: string;
  is_active: Generated<boolean>;
  tax_rate: OrNull<Numeric>;
}
/** A line as it was booked. */
interface PastBookingsTable {
  id: GeneratedAlways<string>;
  organization_id: string;
  supplier_id: string;
  reference: string;
  line: number;
  part: Generated<number>;
  description: string;
  tax_rate: OrNull<Numeric>;
  account: string;
  cost_centre: OrNull<string>;
  project: OrNull<string>;
  tax_code: OrNull<string>;
  booked_on: Day;
  invoice_id: OrNull<string>;
  recorded_at: ColumnType<Date, Date | string | undefined, never>;
}
