import type { CodeKind } from '#domain/accounts-payable';

/** One number of the organization's lists. */
export interface CodeView {
  kind: CodeKind;
  number: string;
  name: string;
  isActive: boolean;
  taxRate: string | null;
}

/** Where a line is booked, who says so, and what history would say. */
export interface CodedLineView {
  line: number;
  description: string;
  amount: string;
  parts: ({ percent: string | null; amount: string } & Record<CodeKind, string | null>)[];
  by: 'person' | 'history' | null;
  member: { id: string; name: string } | null;
  fault: string | null;
  predictions: { kind: CodeKind; code: string | null; confidence: number; isSure: boolean; reason: string | null; references: string[] }[];
}
