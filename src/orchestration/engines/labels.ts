/** What an engine files a run under, from the workflow's input where it has one. */
export interface RunLabels {
  readonly organizationId: string | null;
  readonly invoiceId: string | null;
  readonly supplierId: string | null;
  readonly traceParent: string | null;
}

export function labelsOf(input: unknown): RunLabels {
  const given = (typeof input === 'object' && input !== null ? input : {}) as Readonly<Record<string, unknown>>;
  const text = (name: keyof RunLabels): string | null => {
    const value = given[name];
    return typeof value === 'string' ? value : null;
  };
  return {
    organizationId: text('organizationId'),
    invoiceId: text('invoiceId'),
    supplierId: text('supplierId'),
    traceParent: text('traceParent'),
  };
}
