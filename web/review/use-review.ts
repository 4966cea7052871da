import { useCallback, useMemo, useState } from 'react';
import type { CorrectionBody, FieldName, FieldView, InvoiceDetail } from '../../src/interfaces/api/contract.ts';
import { headerFields, lineFields, type FieldKey, type LineFieldName } from './field-names.ts';
import { isDoubt, suretyOf, type Surety } from './standing.ts';

type LineValues = Record<LineFieldName, string | null>;
export interface DraftLine {
  /** Index of the line as read, or `new-1`. */
  readonly id: string;
  readonly values: LineValues;
}

interface Draft {
  /** Version of the invoice that the person looked at when the first change was made. */
  readonly baseVersion: number | null;
  readonly fields: Partial<Record<FieldName, string | null>>;
  readonly lines: readonly DraftLine[] | null;
  readonly accepted: ReadonlySet<FieldKey>;
}

const untouched: Draft = { baseVersion: null, fields: {}, lines: null, accepted: new Set() };

export interface Review {
  readonly invoice: InvoiceDetail;
  readonly isEditable: boolean;
  readonly lines: readonly DraftLine[];
  /** All doubts of this version in the order to look at them, and those still open. */
  readonly doubts: readonly FieldKey[];
  readonly openDoubts: readonly FieldKey[];
  readonly changeCount: number;
  readonly baseVersion: number;
  readonly correction: CorrectionBody;
  valueOf: (key: FieldKey) => string | null;
  fieldOf: (key: FieldKey) => FieldView | undefined;
  suretyNow: (key: FieldKey) => Surety;
  set: (key: FieldKey, value: string | null) => void;
  accept: (key: FieldKey) => void;
  addLine: () => void;
  removeLine: (id: string) => void;
  /** After saving: what was accepted stays accepted. */
  saved: () => void;
  discard: () => void;
  /** Somebody else was faster: keep the changes, on top of what is there now. */
  rebase: (version: number) => void;
}

/** What a person changes or accepts before saving. The invoice itself stays as it is. */
export function useReview(invoice: InvoiceDetail, isEditable: boolean): Review {
  const [draft, setDraft] = useState<Draft>(untouched);
  const edit = useCallback(
    (change: (draft: Draft) => Partial<Draft>) =>
      setDraft((before) => ({ ...before, baseVersion: before.baseVersion ?? invoice.version, ...change(before) })),
    [invoice.version],
  );
  const read = useMemo(() => linesOf(invoice), [invoice]);
  const lines = draft.lines ?? read;
  const doubts = useMemo(() => doubtsOf(invoice), [invoice]);
  const fieldOf = (key: FieldKey): FieldView | undefined => findField(invoice, key);
  const valueOf = (key: FieldKey): string | null => {
    const [, id, column] = key.split('.');
    if (id !== undefined) return lines.find((line) => line.id === id)?.values[column as LineFieldName] ?? null;
    return key in draft.fields ? (draft.fields[key as FieldName] ?? null) : (fieldOf(key)?.value ?? null);
  };
  const isChanged = (key: FieldKey): boolean => valueOf(key) !== (fieldOf(key)?.value ?? null);
  const suretyNow = (key: FieldKey): Surety => {
    const field = fieldOf(key);
    // What was typed or taken from the page stands, also where it is what was read.
    if (draft.accepted.has(key) || key in draft.fields || isChanged(key) || field === undefined) return 'confirmed';
    return suretyOf(key, field);
  };
  return {
    invoice,
    isEditable,
    lines,
    doubts,
    openDoubts: doubts.filter(
      (key) => isDoubt(suretyNow(key)) && (!key.startsWith('lines.') || lines.some((line) => key.startsWith(`lines.${line.id}.`))),
    ),
    changeCount: Object.keys(draft.fields).length + (draft.lines === null ? 0 : 1),
    baseVersion: draft.baseVersion ?? invoice.version,
    correction: correctionOf(draft),
    valueOf,
    fieldOf,
    suretyNow,
    set: (key, value) => edit((before) => withValue(before, read, key, value)),
    accept: (key) => edit((before) => ({ ...withValue(before, read, key, valueOf(key)), accepted: new Set(before.accepted).add(key) })),
    addLine: () => edit((before) => ({ lines: [...(before.lines ?? read), emptyLine(before.lines ?? read)] })),
    removeLine: (id) => edit((before) => ({ lines: (before.lines ?? read).filter((line) => line.id !== id) })),
    saved: () =>
      setDraft((before) => ({ ...untouched, accepted: new Set([...before.accepted].filter((key) => key.startsWith('lines.'))) })),
    discard: () => setDraft(untouched),
    rebase: (version) => setDraft((before) => ({ ...before, baseVersion: version })),
  };
}

function findField(invoice: InvoiceDetail, key: FieldKey): FieldView | undefined {
  const [, id, column] = key.split('.');
  return id === undefined ? invoice.fields[key as FieldName] : invoice.lines[Number(id)]?.[column as LineFieldName];
}

function linesOf(invoice: InvoiceDetail): DraftLine[] {
  return invoice.lines.map((line, index) => ({
    id: String(index),
    values: Object.fromEntries(lineFields.map((name) => [name, line[name].value])) as LineValues,
  }));
}

/** Contradicted first, then what to look at; header before lines. */
function doubtsOf(invoice: InvoiceDetail): FieldKey[] {
  const keys: FieldKey[] = [
    ...headerFields,
    ...invoice.lines.flatMap((_, index) => lineFields.map((name): FieldKey => `lines.${index}.${name}`)),
  ];
  const surety = (key: FieldKey): Surety => {
    const field = findField(invoice, key);
    return field === undefined ? 'absent' : suretyOf(key, field);
  };
  return [...keys.filter((key) => surety(key) === 'contradicted'), ...keys.filter((key) => surety(key) === 'look')];
}

function withValue(draft: Draft, read: readonly DraftLine[], key: FieldKey, value: string | null): Partial<Draft> {
  const [, id, column] = key.split('.');
  if (id === undefined) return { fields: { ...draft.fields, [key]: value } };
  const lines = (draft.lines ?? read).map((line) =>
    line.id === id ? { ...line, values: { ...line.values, [column as LineFieldName]: value } } : line,
  );
  return { lines };
}

function emptyLine(lines: readonly DraftLine[]): DraftLine {
  const values = Object.fromEntries(lineFields.map((name) => [name, null])) as LineValues;
  return { id: `new-${lines.length}`, values };
}

function correctionOf(draft: Draft): CorrectionBody {
  return { fields: draft.fields, ...(draft.lines === null ? {} : { lines: draft.lines.map((line) => line.values) }) };
}
