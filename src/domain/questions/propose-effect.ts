import type { AnswerEffect, AnswerKind, AnswerProposal, RecipientKind, RecognisedAnswer } from './question.ts';

/** Whose word it is, in a sentence. */
const who: Readonly<Record<RecipientKind, string>> = {
  supplier: 'The supplier',
  buyer: 'Whoever ordered',
  receiver: 'Whoever took the goods in',
};

interface Rule {
  readonly effect: AnswerEffect;
  /** After "The supplier". */
  readonly said: string;
  readonly proposed: string;
}

const rules: Readonly<Record<Exclude<AnswerKind, 'unclear' | 'automatic'>, Rule>> = {
  stands: { effect: 'accept', said: 'says that the invoice is right as it is', proposed: 'Accept the difference' },
  'corrected-invoice': { effect: 'reject', said: 'sends a corrected invoice', proposed: 'Reject this one and await the corrected invoice' },
  'credit-note': { effect: 'wait', said: 'sends a credit note', proposed: 'Wait for the credit note' },
  'order-change': {
    effect: 'wait',
    said: 'says that the order changes',
    proposed: 'Wait until the order is changed; the invoice is then matched again',
  },
  'more-goods': {
    effect: 'wait',
    said: 'says that more goods are coming',
    proposed: 'Wait for the goods; a recorded receipt settles it by itself',
  },
  promise: { effect: 'wait', said: 'promises an answer', proposed: 'Wait for it' },
  refuses: { effect: 'set-aside', said: 'refuses', proposed: 'Read it and decide yourself' },
};

/**
 * What is proposed on the strength of an answer; null where nothing is: it was not understood, or what it says is none of the
 * task's choices. A buyer who refuses the invoice is followed; a supplier who refuses to change it is not.
 *
 * @param choices - decisions that the task takes.
 */
export function proposeEffect(answer: RecognisedAnswer, from: RecipientKind, choices: readonly string[]): AnswerProposal | null {
  if (answer.kind === 'unclear' || answer.kind === 'automatic') return null;
  const rule = answer.kind === 'refuses' && from !== 'supplier' ? insiderRefuses : rules[answer.kind];
  const isPossible = rule.effect === 'wait' || rule.effect === 'set-aside' || choices.includes(rule.effect);
  if (!isPossible) return null;
  const until = rule.effect === 'wait' ? answer.until : null;
  return { effect: rule.effect, until, words: `${who[from]} ${rule.said}. ${rule.proposed}${until === null ? '' : ` until ${until}`}?` };
}

const insiderRefuses: Rule = { effect: 'reject', said: 'does not want the invoice paid', proposed: 'Reject the invoice' };
