import type { FieldView, InvoiceDetail } from '../../src/interfaces/api/contract.ts';
import { headerFields, lineFields, sayKey, type FieldKey } from './field-names.ts';
import { suretyOf, type Surety } from './standing.ts';

/** Where on the page a field was found. */
export interface LitBox {
  readonly key: FieldKey;
  readonly page: number;
  readonly box: readonly [number, number, number, number];
  readonly label: string;
  readonly surety: Surety;
}

export const boxColors: Readonly<Record<Surety, string>> = {
  confirmed: '#1c7a46',
  proven: '#1c7a46',
  fits: '#3f4fb0',
  look: '#946000',
  contradicted: '#b3352d',
  absent: '#83827c',
};

export function litBoxes(invoice: InvoiceDetail, suretyNow: (key: FieldKey, field: FieldView) => Surety = suretyOf): LitBox[] {
  const header = headerFields.map((key): [FieldKey, FieldView] => [key, invoice.fields[key]]);
  const lines = invoice.lines.flatMap((line, index) =>
    lineFields.map((name): [FieldKey, FieldView] => [`lines.${index}.${name}`, line[name]]),
  );
  return [...header, ...lines].flatMap(([key, field]) =>
    field.evidence === null
      ? []
      : [{ key, page: field.evidence.page, box: field.evidence.box, label: sayKey(key), surety: suretyNow(key, field) }],
  );
}
