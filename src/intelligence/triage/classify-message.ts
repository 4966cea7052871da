import type { UnpackedMessage } from '#domain/messages';
import type { Triage } from '#domain/ports';

/** One kind of message: how it speaks, and what Ana is told. Order matters: the first that fits wins. */
interface Kind {
  readonly classification: string;
  /** In the subject, or in the text when `inText`; English, German, French, Spanish. */
  readonly words: RegExp;
  readonly inText: boolean;
  readonly needsPerson: boolean;
  readonly title: string;
  readonly reason: string;
}

const kinds: readonly Kind[] = [
  {
    classification: 'newsletter',
    words:
      /unsubscribe|abbestellen|abmelden|austragen|se désabonner|désinscri|darse de baja|cancelar (la )?suscripción|view (this email )?in (your )?browser/i,
    inText: true,
    needsPerson: false,
    title: 'Newsletter',
    reason: 'It offers to unsubscribe and carries no document: filed without asking.',
  },
  {
    classification: 'payment-reminder',
    words: /\b(payment )?reminder\b|\boverdue\b|mahnung|zahlungserinnerung|relance|rappel de paiement|recordatorio de pago|impagad/i,
    inText: false,
    needsPerson: true,
    title: 'A supplier reminds us of a payment',
    reason: 'Please see whether the invoice it speaks of is here and on its way. Nothing is paid from a reminder.',
  },
  {
    classification: 'statement',
    words: /statement of account|account statement|kontoauszug|saldenbestätigung|relevé de compte|extracto de cuenta/i,
    inText: false,
    needsPerson: true,
    title: 'A statement of account',
    reason: 'Please compare it with what is open for this supplier. Nothing is paid from a statement.',
  },
  {
    classification: 'bank-details',
    words:
      /new bank (account|details)|bank details have changed|neue bankverbindung|geänderte bankverbindung|nouvelles coordonnées bancaires|nuevos datos bancarios/i,
    inText: true,
    needsPerson: true,
    title: 'A mail about bank details',
    reason:
      'Nothing was changed. If a supplier really moved, call them on a number you already have; the controller then verifies the account.',
  },
  {
    classification: 'question',
    words: /\?/,
    inText: true,
    needsPerson: true,
    title: 'Somebody asks a question',
    reason: 'It came without a document and asks something. Please answer it.',
  },
];

const meeting: Triage = {
  classification: 'meeting-request',
  needsPerson: true,
  title: 'A meeting request',
  reason: 'An invitation came by mail. Please accept or decline it in your calendar; Deskhand answered nothing.',
};
const documents: Triage = {
  classification: 'documents',
  needsPerson: false,
  title: 'A message with documents',
  reason: 'Each document goes its own way.',
};
const other: Triage = {
  classification: 'other',
  needsPerson: true,
  title: 'A message without a document',
  reason: 'Deskhand could not tell what it wants. Please read it.',
};

/** Says what a message is by its parts and words. What it says decides nothing by itself (G7): at most a person is asked. */
export function classifyMessage(message: UnpackedMessage): Triage {
  if (message.parts.length > 0) return documents;
  if (message.calendars.length > 0) return meeting;
  const subject = message.subject ?? '';
  const fits = kinds.find((kind) => kind.words.test(subject) || (kind.inText && kind.words.test(message.text)));
  if (fits === undefined) return other;
  const { classification, needsPerson, title, reason } = fits;
  return { classification, needsPerson, title, reason };
}
