import type { AgreementBill, CallReport } from '#domain/accounts-payable';
import type { Tables } from '#platform';
import type { Selectable } from 'kysely';
import type { TaskFacts } from '../tasks/tasks.ts';

export interface TaskDecision {
  readonly taskId: string;
  readonly decision: string;
  readonly note?: string | undefined;
  readonly supplierId?: string | undefined;
  readonly newSupplier?: NewSupplier | undefined;
  readonly purchaseOrderId?: string | undefined;
  /** Of an agreement: which of its bills. */
  readonly bill?: AgreementBill | undefined;
  /** Of a call to the supplier about an account. */
  readonly call?: CallReport | undefined;
}
export interface NewSupplier {
  readonly name: string;
  readonly vatId: string | null;
  readonly country: string;
  readonly iban: string | null;
  readonly netDays: number;
}
export type TaskRow = Omit<Selectable<Tables['tasks']>, 'facts'> & { readonly facts: TaskFacts };
