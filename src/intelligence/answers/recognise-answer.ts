import type { AnswerContext } from '#domain/ports';
import { likelyLanguages, type AnswerKind, type QuestionLanguage, type RecipientKind, type RecognisedAnswer } from '#domain/questions';
import { namedDay } from './named-day.ts';
import { ownWords } from './own-words.ts';
import type { AnswerRules } from './rules/answer-rules.ts';
import { english } from './rules/english.ts';
import { french } from './rules/french.ts';
import { german } from './rules/german.ts';
import { spanish } from './rules/spanish.ts';
import { clausesOf, folded, sentencesOf } from './sentences.ts';

const rulesOf: Readonly<Record<QuestionLanguage, AnswerRules>> = { en: english, de: german, fr: french, es: spanish };

/**
 * What an answer to a question about an invoice says, by readable rules in four languages: with the sentence it rests on,
 * or nothing. A question, a condition, a doubt and a contradiction say nothing; a denied credit note is a refusal.
 *
 * @param text - of the mail; the mail it quotes and its signature are cut off first.
 */
export function recogniseAnswer(text: string, context: AnswerContext): RecognisedAnswer {
  const own = ownWords(text.slice(0, mostCharacters));
  const likely = likelyLanguages(own).map((language) => rulesOf[language]);
  if (likely.some(({ automatic }) => automatic.test(folded(own))))
    return { kind: 'automatic', sentence: null, until: null, why: 'A machine answered; nobody has read the question yet.' };
  const asked = folded(context.asked.join(' ').replaceAll(/\s+/g, ' '));
  const sentences = sentencesOf(own).filter(
    (sentence) => (sentence.length <= longestSentence && !asked.includes(folded(sentence))) || sentence.length < shortestQuotation,
  );
  const findings = sentences.flatMap((sentence) => findingsIn(sentence, likely, context));
  const kind = settle(findings);
  if (typeof kind !== 'string') return { kind: 'unclear', sentence: null, until: null, why: kind.why };
  const rests = findings.filter((finding) => finding.kind === kind && !finding.isDoubted);
  const days = rests.map(({ sentence, rules }) => namedDay(folded(sentence), rules, context.receivedOn));
  return { kind, sentence: rests[0]?.sentence.slice(0, 300) ?? null, until: days.find((day) => day !== null) ?? null, why: null };
}

// Answers stand at the top, and patterns take time by the square of a sentence: nobody keeps us busy with a mail.
const mostCharacters = 20_000;
const longestSentence = 800;

// "Yes." and the like are in every mail.
const shortestQuotation = 25;

interface Finding {
  readonly kind: AnswerKind;
  readonly sentence: string;
  /** Asked, conditional or hedged. */
  readonly isDoubted: boolean;
  readonly rules: AnswerRules;
}

function findingsIn(sentence: string, likely: readonly AnswerRules[], { from }: AnswerContext): Finding[] {
  const isAsked = /\?["'”»)]*\s*$/.test(sentence) || sentence.startsWith('¿');
  const plain = sentence.toLowerCase().replaceAll('’', "'");
  const isDoubted = isAsked || likely.some(({ doubt }) => doubt.test(plain));
  return likely.flatMap((rules) => {
    const inClauses = clausesOf(sentence).flatMap((clause) => kindsIn(folded(clause), rules, from));
    const kinds = inClauses.length > 0 ? inClauses : kindsIn(folded(sentence), rules, from);
    return kinds.map((kind) => ({ kind, sentence, isDoubted, rules }));
  });
}

function kindsIn(clause: string, rules: AnswerRules, from: RecipientKind): AnswerKind[] {
  const bare = clause.replace(/[.!?\s]+$/, '');
  const isDenied = rules.denial.test(bare);
  return rules.evidence.flatMap(({ kind, says, by, unless, isDenial, denied }) => {
    if ((by !== undefined && !by.includes(from)) || !says.test(bare) || unless?.test(bare) === true) return [];
    if (!isDenied || isDenial === true) return [kind];
    return denied === undefined ? [] : [denied];
  });
}

/** What outweighs what: who sends a credit note has refused to change the invoice, and who names a day promises it. */
const outweighs: Readonly<Partial<Record<AnswerKind, readonly AnswerKind[]>>> = {
  'corrected-invoice': ['credit-note', 'more-goods', 'refuses', 'promise'],
  'credit-note': ['more-goods', 'refuses', 'promise'],
  'order-change': ['refuses', 'promise'],
  'more-goods': ['stands', 'promise'],
  refuses: ['stands', 'promise'],
  stands: ['promise'],
};

function settle(findings: readonly Finding[]): AnswerKind | { readonly why: string } {
  const said = new Set(findings.filter(({ isDoubted }) => !isDoubted).map(({ kind }) => kind));
  const doubted = new Set(findings.filter(({ isDoubted }) => isDoubted).map(({ kind }) => kind));
  if (said.size === 0)
    return {
      why:
        doubted.size > 0
          ? 'It asks, doubts or sets a condition; nothing in it is a clear word.'
          : 'No sentence of it says what is done about the invoice.',
    };
  const left = [...said].filter((kind) => ![...said].some((other) => outweighs[other]?.includes(kind) === true));
  const [only] = left;
  if (left.length !== 1 || only === undefined) return { why: 'It says two things that do not go together.' };
  const isContested = [...doubted].some((kind) => kind !== only && kind !== 'promise' && outweighs[only]?.includes(kind) !== true);
  return isContested ? { why: 'It says one thing, and asks or doubts another.' } : only;
}
