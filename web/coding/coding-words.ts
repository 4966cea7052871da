import type { CodedLine, CodeList } from '../../src/interfaces/api/contract.ts';

export type CodeKind = CodeList['items'][number]['kind'];
export const codeKinds: readonly CodeKind[] = ['account', 'costCentre', 'project', 'taxCode'];
export const kindNames: Readonly<Record<CodeKind, string>> = {
  account: 'Account',
  costCentre: 'Cost centre',
  project: 'Project',
  taxCode: 'Tax code',
};

/** `4930 Office supplies`; the number alone where the list does not have it any more. */
export function sayCode(codes: CodeList['items'], kind: CodeKind, number: string): string {
  const code = codes.find((one) => one.kind === kind && one.number === number);
  return code === undefined ? number : `${number} ${code.name}`;
}

/** Who says where a line is booked. */
export function sayWho({ by, member, fault }: CodedLine): string {
  if (by === 'person') return `Said by ${member?.name ?? 'a person'}`;
  if (by === 'history') return 'As booked before';
  return fault ?? 'Not sure yet: please say it';
}

/** The reasons of what history tells of a line, each sentence once. */
export function reasonsOf({ predictions }: CodedLine): { kind: CodeKind; text: string }[] {
  return predictions
    .filter(({ reason, code }) => reason !== null && code !== null)
    .map(({ kind, code, confidence, reason }) => ({
      kind,
      text: `${kindNames[kind]} ${code ?? ''}, ${Math.floor(confidence * 100)} % sure. ${reason ?? ''}`,
    }));
}
