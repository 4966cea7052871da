import { harmlessReasons } from '#domain/questions';

/** Columns of the table `questions`: what Deskhand may ask without a person. */
export const questionInputs = {
  about: { name: 'About', kind: { kind: 'word', words: harmlessReasons } },
  /** Its number in the supplier list. */
  supplier: { name: 'Supplier', kind: { kind: 'word', words: null } },
} as const;

export const questionOutputs = { to: { name: 'Ask' }, perDay: { name: 'In a day, at most' } } as const;
