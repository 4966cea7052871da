import { z } from 'zod';
import { person } from './contract-words.ts';

/** The part of the contract about where invoices are booked. */

const codeKind = z.enum(['account', 'costCentre', 'project', 'taxCode']);
const codes = {
  account: z.string().max(40).nullable(),
  costCentre: z.string().max(40).nullable(),
  project: z.string().max(40).nullable(),
  taxCode: z.string().max(40).nullable(),
};

export const codedLine = z
  .object({
    line: z.number().int().describe('From 1; 0 is the whole invoice, where no lines were read.'),
    description: z.string(),
    amount: z.string(),
    parts: z.array(z.object({ ...codes, percent: z.string().nullable(), amount: z.string() })).describe('Empty while it is not coded.'),
    by: z.enum(['person', 'history']).nullable(),
    member: person.nullable(),
    fault: z.string().nullable().describe('Why what a person said does not fit the line any more.'),
    predictions: z.array(
      z.object({
        kind: codeKind,
        code: z.string().nullable(),
        confidence: z.number().describe('Calibrated: of those with 0.9, nine of ten come true.'),
        isSure: z.boolean(),
        reason: z.string().nullable().describe('The nearest past bookings, in words.'),
        references: z.array(z.string()).describe('Numbers of invoices among them.'),
      }),
    ),
  })
  .meta({ id: 'CodedLine' });

export const codeList = z
  .object({
    items: z.array(
      z.object({ kind: codeKind, number: z.string(), name: z.string(), isActive: z.boolean(), taxRate: z.string().nullable() }),
    ),
  })
  .meta({ id: 'CodeList' });

const share = z.string().regex(/^-?\d{1,12}(\.\d{1,4})?$/, 'must be a number like 12.50');

export const codingBody = z
  .strictObject({
    lines: z
      .array(
        z.strictObject({
          line: z.number().int().min(0).max(100_000),
          parts: z
            .array(z.strictObject({ ...codes, percent: share.nullable().default(null), amount: share.nullable().default(null) }))
            .min(1)
            .max(50),
        }),
      )
      .min(1)
      .max(1000),
  })
  .meta({ id: 'CodingBody' });

export type CodedLine = z.infer<typeof codedLine>;
export type CodeList = z.infer<typeof codeList>;
export type CodingBody = z.infer<typeof codingBody>;
