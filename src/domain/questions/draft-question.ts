import type { ExceptionReason } from '#domain/accounts-payable';
import type { QuestionLanguage, RecipientKind } from './question.ts';
import { english } from './wording/english.ts';
import { french } from './wording/french.ts';
import { german } from './wording/german.ts';
import { spanish } from './wording/spanish.ts';
import type { Side, Topic, Wording } from './wording/wording.ts';

const wordings: Readonly<Record<QuestionLanguage, Wording>> = { en: english, de: german, fr: french, es: spanish };

/**
 * What a reason asks about. Accounts and fraud are missing on purpose: whoever wrote a forged invoice would answer, so these
 * are cleared up by a call to the number on file. An unknown supplier has no address that could be trusted.
 */
const topics: Readonly<Partial<Record<ExceptionReason, Topic>>> = {
  price: 'price',
  quantity: 'quantity',
  unit: 'quantity',
  'missing-receipt': 'receipt',
  'unordered-item': 'item',
  'missing-purchase-order': 'order',
  'order-closed': 'order',
  duplicate: 'duplicate',
  arithmetic: 'total',
  'doubtful-value': 'total',
  currency: 'total',
  'agreement-amount': 'total',
  deposit: 'total',
  'credit-note': 'total',
  'over-credited': 'total',
  'tax-rate': 'total',
};

/** Whether anybody may be written to about it. */
export function isAskable(reason: string): boolean {
  return topicOf(reason) !== undefined;
}

function topicOf(reason: string): Topic | undefined {
  return (topics as Readonly<Record<string, Topic | undefined>>)[reason];
}

/** One difference, as an exception says it, with what the line is. */
export interface Difference {
  readonly line: number | null;
  readonly description: string | null;
  readonly expected: string | null;
  readonly found: string | null;
  readonly difference: string | null;
}

export interface QuestionFacts {
  readonly recipient: RecipientKind;
  /** Person or firm that is greeted. */
  readonly recipientName: string;
  /** Null where the policy asks, without a person. */
  readonly askedBy: string | null;
  readonly organization: string;
  readonly supplierName: string;
  readonly invoiceNumber: string;
  /** `YYYY-MM-DD`. */
  readonly issuedOn: string | null;
  readonly orderNumber: string | null;
  readonly reason: string;
  readonly differences: readonly Difference[];
}

export interface QuestionDraft {
  readonly subject: string;
  /** Plain text. */
  readonly body: string;
}

/** A question with all its facts, for a person to read, change and send. The same facts give the same text. */
export function draftQuestion(facts: QuestionFacts, language: QuestionLanguage): QuestionDraft {
  const words = wordings[language];
  const topic = topicOf(facts.reason) ?? 'total';
  const side: Side = facts.recipient === 'supplier' ? 'supplier' : 'inside';
  const opening = openingOf(facts, words);
  const body = [
    words.greeting(facts.recipientName),
    '',
    words.opening[side](opening),
    '',
    ...facts.differences.map((difference) => sayDifference(difference, topic, words)),
    '',
    words.asks[topic][side],
    '',
    words.closing,
    '',
    ...signature(facts, words),
    '',
  ];
  return { subject: words.subject(opening), body: body.join('\n').replaceAll(/\n{3,}/g, '\n\n') };
}

/** Asks again what was not answered. @param askedOn - `YYYY-MM-DD` of the first mail. */
export function draftReminder(
  facts: Pick<QuestionFacts, 'recipientName' | 'askedBy' | 'organization'>,
  asked: { readonly subject: string; readonly body: string; readonly askedOn: string },
  language: QuestionLanguage,
): QuestionDraft {
  const words = wordings[language];
  const quoted = asked.body
    .trimEnd()
    .split('\n')
    .map((line) => `> ${line}`.trimEnd());
  return {
    subject: /^re:/i.test(asked.subject) ? asked.subject : `Re: ${asked.subject}`,
    body: [
      words.greeting(facts.recipientName),
      '',
      words.reminder(words.day(asked.askedOn)),
      '',
      ...signature(facts, words),
      '',
      ...quoted,
      '',
    ].join('\n'),
  };
}

function signature({ askedBy, organization }: Pick<QuestionFacts, 'askedBy' | 'organization'>, words: Wording): readonly string[] {
  return askedBy === null ? [words.signOff, organization, '', words.byItself] : [words.signOff, askedBy, organization];
}

function openingOf(facts: QuestionFacts, words: Wording): Parameters<Wording['subject']>[0] {
  return {
    name: facts.recipientName,
    invoice: facts.invoiceNumber,
    issuedOn: facts.issuedOn === null ? null : words.day(facts.issuedOn),
    order: facts.orderNumber,
    supplier: facts.supplierName,
  };
}

function sayDifference({ line, description, expected, found, difference }: Difference, topic: Topic, words: Wording): string {
  const what = [line === null ? '' : words.line(line), description === null ? '' : description.replaceAll(/\s+/g, ' ').trim()];
  const name = what.filter((part) => part !== '').join(', ');
  const figures = [
    expected === null ? '' : `${words.expected[topic]} ${sayFact(expected, words)}`,
    found === null ? '' : `${words.found} ${sayFact(found, words)}`,
    difference === null ? '' : `${words.difference} ${sayFact(difference, words)}`,
  ].filter((part) => part !== '');
  return `- ${[name, figures.join(', ')].filter((part) => part !== '').join(': ')}`;
}

/** A figure of an exception (`1,250.50 EUR`, `12 boxes`) as the language writes it; names and numbers of papers stay. */
function sayFact(text: string, words: Wording): string {
  return text
    .replaceAll(/(?<![\p{L}\d/-])\d{1,3}(?:,\d{3})*(?:\.\d+)?(?![\d/-])/gu, (figure) =>
      figure.replaceAll(/[.,]/g, (sign) => (sign === ',' ? words.thousands : words.point)),
    )
    .replaceAll(/(?<=\d[\d.,\u00a0]*\s|EUR\s|\s)[a-z]+\b/g, (word) => words.units[word] ?? word);
}
