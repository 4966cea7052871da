import type { TaskSummary } from '../../src/interfaces/api/contract.ts';

export type Need = 'supplier' | 'new-supplier' | 'purchase-order' | 'note' | 'call' | 'bill';

/** How a choice is offered: what the button says, what follows from it, what else must be said. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly tone: 'yes' | 'no' | 'other';
  /** What happens, in words. */
  readonly effect: string;
  readonly needs?: Need;
  /** Done by correcting fields, not by an answer. */
  readonly isCorrection?: boolean;
}

type Wording = Omit<Choice, 'value'>;

const wordings: Readonly<Record<string, Wording>> = {
  approve: { label: 'Approve', tone: 'yes', effect: 'The payment is scheduled for its due or discount date.' },
  accept: { label: 'Accept as it is', tone: 'yes', effect: 'The difference is accepted in your name and the invoice goes on.' },
  correct: {
    label: 'Correct the fields',
    tone: 'other',
    effect: 'Change what was read wrongly; Deskhand looks again at once.',
    isCorrection: true,
  },
  reject: {
    label: 'Reject',
    tone: 'no',
    effect: 'The invoice ends here: nothing is paid, and its order quantities are free again.',
    needs: 'note',
  },
  assign: {
    label: 'It is a known supplier',
    tone: 'yes',
    effect: 'The printed name is remembered for this supplier, so the next invoice is recognised.',
    needs: 'supplier',
  },
  create: {
    label: 'Put on file as new',
    tone: 'other',
    effect: 'A new supplier is put on file. Its bank account stays proposed until a controller verifies it.',
    needs: 'new-supplier',
  },
  'name-bill': {
    label: 'Say which bill it is',
    tone: 'yes',
    effect: 'It takes the place of this bill under the agreement and is held against what was agreed for it.',
    needs: 'bill',
  },
  'accept-no-bill': {
    label: 'It is none of them, accept it',
    tone: 'other',
    effect: 'The invoice goes on to approval without an agreement; the bills in question stay expected.',
  },
  'name-order': {
    label: 'Name the order',
    tone: 'yes',
    effect: 'The invoice is compared with this order, line by line.',
    needs: 'purchase-order',
  },
  'accept-without-order': {
    label: 'Accept without an order',
    tone: 'other',
    effect: 'The invoice goes on to approval without an order to compare with.',
  },
  'confirm-receipt': {
    label: 'The goods are here',
    tone: 'yes',
    effect: 'The goods count as received in your name and the invoice goes on.',
  },
  wait: { label: 'Wait for the goods', tone: 'other', effect: 'The invoice waits until a goods receipt is on file.' },
  called: {
    label: 'Record the call',
    tone: 'other',
    effect:
      'Your call stays on record. If the account is theirs, a second person is asked to confirm it; if not, nothing is ever paid to it.',
    needs: 'call',
  },
  verify: {
    label: 'Confirm the account',
    tone: 'other',
    effect: 'You are the second person. The account cools off, a day as a rule; then payments to this supplier may go to it.',
  },
  pass: {
    label: 'Let it pass',
    tone: 'other',
    effect: 'Your reason stays on record. Two people, each with a reason, let a held invoice pass.',
    needs: 'note',
  },
  refuse: { label: 'Refuse the account', tone: 'no', effect: 'Nothing is ever paid to this account.', needs: 'note' },
  'same-invoice': { label: 'It is the same', tone: 'yes', effect: 'This copy is set aside; the invoice is paid once.' },
  'different-invoice': { label: 'It is another invoice', tone: 'other', effect: 'Both are paid, each on its own.' },
  'keep-on-file': {
    label: 'Pay to the account on file',
    tone: 'yes',
    effect: 'The account on the invoice is ignored; the verified one is paid.',
  },
  'keep-credit': { label: 'Keep as a credit', tone: 'yes', effect: 'Nothing is paid for it; the credit stays on file.' },
  'link-invoice': { label: 'Link to its invoice', tone: 'yes', effect: 'It reduces what is paid for that invoice.' },
  dismiss: { label: 'Set aside', tone: 'other', effect: 'Nothing more happens with it; the original is kept.' },
  enter: { label: 'Enter by hand', tone: 'yes', effect: 'An empty invoice opens with the page beside it.' },
  retry: { label: 'Try again', tone: 'yes', effect: 'Deskhand takes it up where it stopped.' },
  'ask-again': {
    label: 'Ask the bank again',
    tone: 'yes',
    effect: 'Deskhand asks the bank once more what became of the file. Nothing is sent.',
  },
  'it-arrived': {
    label: 'It arrived',
    tone: 'other',
    effect: 'The payment run counts as accepted, on your word. Say how you know.',
    needs: 'note',
  },
  'it-did-not-arrive': {
    label: 'It did not arrive',
    tone: 'other',
    effect: 'A second person is asked before the file is sent again. Say how you know.',
    needs: 'note',
  },
  'send-again': {
    label: 'Send it again',
    tone: 'no',
    effect: 'The very same file is sent to the bank once more. Only right if the bank does not have it.',
    needs: 'note',
  },
  'mail-left': { label: 'It left', tone: 'yes', effect: 'The mail counts as sent, on your word, and the answer is waited for.' },
  'send-mail-again': {
    label: 'Send it again',
    tone: 'other',
    effect: 'The same mail goes out once more, under the same Message-ID. They may get it twice.',
  },
  'pay-again': {
    label: 'Pay it again',
    tone: 'yes',
    effect: 'It is planned anew, to the account that is verified now, and waits for a payment run that two people make.',
  },
  'paid-otherwise': {
    label: 'It was paid another way',
    tone: 'other',
    effect: 'The invoice counts as paid, on your word. Say how it was paid.',
    needs: 'note',
  },
  'accept-booking': {
    label: 'Let the booking count',
    tone: 'other',
    effect: 'The payment counts as settled by what the bank booked. Say what the bank told you.',
    needs: 'note',
  },
  'keep-open': {
    label: 'The bank puts it right',
    tone: 'yes',
    effect: 'The payment stays open until the bank books what was released. Say whom you spoke to.',
    needs: 'note',
  },
  explained: { label: 'It is explained', tone: 'yes', effect: 'Nothing is changed. Say what it was; the record keeps it.', needs: 'note' },
  done: { label: 'Done', tone: 'yes', effect: 'It leaves your inbox.' },
};

/** The same answer under another name. */
const sameAs: Readonly<Record<string, string>> = {
  'choose-supplier': 'assign',
  'create-supplier': 'create',
  'verify-account': 'verify',
  'refuse-account': 'refuse',
};

/** A choice by its label, where no task is at hand. */
export const sayChoice = (value: string): string => known(sameAs[value] ?? value).label;

/** Answers that settle a duplicate or take the safe way are a yes, though the word is reject. */
export function choicesOf(task: TaskSummary): Choice[] {
  // The first answer is the one that Enter gives.
  const choices = task.choices
    .map((value) => ({ value, ...wordingOf(task, value) }))
    .toSorted((left, right) => Number(right.tone === 'yes') - Number(left.tone === 'yes'));
  const first = choices.find((choice) => choice.tone === 'yes');
  if (first === undefined || task.facts.ifYes == null || task.kind === 'unreadable') return choices;
  return choices.map((choice) => (choice === first ? { ...choice, effect: task.facts.ifYes ?? choice.effect } : choice));
}

function wordingOf(task: TaskSummary, value: string): Wording {
  const name = sameAs[value] ?? value;
  // The words are the pipeline's own; that one of them also means something here is chance.
  if (task.reason === 'pipeline')
    return { label: spoken(name), tone: 'other', effect: 'Your answer goes back to the pipeline that asked.' };
  if (name === 'approve' && (task.facts.warnings ?? []).length > 0) return { ...known(name), needs: 'note' };
  if (task.reason === 'missing-purchase-order' && name === 'assign') return known('name-order');
  if (task.reason === 'missing-purchase-order' && name === 'accept') return known('accept-without-order');
  if (task.reason === 'agreement-bill' && name === 'assign') return known('name-bill');
  if (task.reason === 'agreement-bill' && name === 'accept') return known('accept-no-bill');
  if (task.reason === 'duplicate' && name === 'reject') return known('same-invoice');
  if (task.reason === 'duplicate' && name === 'accept') return known('different-invoice');
  if (task.reason === 'missing-receipt' && name === 'accept') return known('confirm-receipt');
  if (task.reason === 'credit-note' && name === 'accept') return known('keep-credit');
  if (worthless.has(task.reason) && name === 'dismiss') return { ...known(name), tone: 'yes' };
  if (worthless.has(task.reason) && name === 'enter') return { ...known(name), tone: 'other' };
  return known(name);
}

/** Files in which there is nothing to enter. */
const worthless: ReadonlySet<string> = new Set(['not-a-document', 'empty-file']);

/** Questions that may come from a misread value: correcting it settles them without an answer. */
export function isCorrectable(task: TaskSummary): boolean {
  const reasons = [
    'arithmetic',
    'doubtful-value',
    'price',
    'quantity',
    'unordered-item',
    'currency',
    'unknown-supplier',
    'missing-purchase-order',
    'bank-account-changed',
  ];
  return task.kind === 'exception' && (task.choices.includes('correct') || reasons.includes(task.reason));
}

/** The way to the fields, offered beside the answers where it may help. */
export const correction: Choice = { value: 'correct', ...known('correct') };

function known(name: string): Wording {
  return wordings[name] ?? { label: spoken(name), tone: 'other', effect: '' };
}

function spoken(name: string): string {
  const plain = name.replaceAll('-', ' ');
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}
