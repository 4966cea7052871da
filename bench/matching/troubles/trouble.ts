import type { PurchaseOrder, Tolerance } from '#domain/accounts-payable';
import type { Chance } from '../chance.ts';
import type { Deal } from '../deal.ts';
import type { SourceOrder } from '../orders.ts';

/** What a trouble is made of: an open order and the office's limits, both drawn. */
export interface Base {
  readonly chance: Chance;
  readonly sources: readonly SourceOrder[];
  readonly order: PurchaseOrder;
  readonly tolerance: Tolerance;
}

/** One kind of trouble: what is done to an order and its invoice, and what the matcher should say of it. Null where this order cannot carry it. */
export interface Trouble {
  readonly name: string;
  /** The words are what it is about: they stay as it makes them. */
  readonly isAboutWords?: boolean;
  readonly make: (base: Base) => Deal | null;
}
