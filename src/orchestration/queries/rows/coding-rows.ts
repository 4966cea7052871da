import { codeKinds } from '#domain/accounts-payable';
import type { CodedLine } from '../../invoices/coding.ts';
import type { CodedLineView } from '../views-coding.ts';
import { personOf, type People } from './people.ts';

/** Members who coded lines themselves. */
export function codersOf(lines: readonly CodedLine[]): string[] {
  return lines.flatMap(({ by }) => (by === null || by === 'history' ? [] : [by]));
}

export function toCodedLines(lines: readonly CodedLine[], people: People): CodedLineView[] {
  return lines.map(({ line, description, amount, parts, by, fault, prediction }) => ({
    line,
    description,
    amount,
    parts: parts.map((part) => ({ ...part })),
    by: by === null || by === 'history' ? by : 'person',
    member: by === null || by === 'history' ? null : personOf(people, by),
    fault,
    predictions: codeKinds.map((kind) => {
      const { code, confidence, isSure, ground } = prediction[kind];
      return { kind, code, confidence, isSure, reason: ground?.sentence ?? null, references: [...(ground?.references ?? [])] };
    }),
  }));
}
