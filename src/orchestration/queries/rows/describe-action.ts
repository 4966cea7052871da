type Details = Readonly<Record<string, unknown>>;
type Describe = (details: Details, actor: string) => string;

/** Every action of the audit log as one plain sentence. What is not here yet still reads: `Did recount the stock`. */
const sentences: Readonly<Record<string, Describe>> = {
  'message.received': ({ kind }) =>
    kind === 'mail' ? 'A mail arrived and was kept as it came.' : 'A file arrived and was kept as it came.',
  'message.unpacked': ({ documents }) => `The message was opened: ${countOf(documents, 'document')}.`,
  'message.delivered-twice': () => 'The same mail was delivered again; it counts once.',
  'message.handled': ({ classification }) => `The message was handled${after(' as ', classification)}.`,
  'document.read': ({ documentType, source, pages }) =>
    `The document was read${after(' from ', sourceInWords(source))}${pageCountOf(pages)}${after(' and taken for: ', documentType)}.`,
  'document.unreadable': ({ problems }) => `The document could not be read: ${listOf(problems, 'reason unknown')}.`,
  'document.filed': ({ documentType }) => `The document was filed${after(' as ', documentType)}.`,
  'invoice.recorded': ({ documentType, source, pages }) =>
    source === 'person'
      ? 'A person entered it by hand.'
      : `${documentType === 'credit_note' ? 'A credit note' : 'An invoice'} was read${after(' from ', sourceInWords(source))}${pageCountOf(pages)} and recorded.`,
  'invoice.assessed': ({ outcome, reasons, coveredBy }) =>
    `${describeAssessment(outcome, reasons)}${typeof coveredBy === 'string' ? ` ${coveredBy}` : ''}`,
  'agreement.written': ({ name }, actor) => `${actor} wrote down the agreement “${words(name)}”.`,
  'agreement.confirmed': ({ name }, actor) => `${actor} confirmed the agreement “${words(name)}” as the second person.`,
  'agreement.ended': ({ name, reason }, actor) => ended(`${actor} ended the agreement “${words(name)}”${after(': ', reason)}`),
  'invoice.corrected': ({ fields }, actor) => `${actor} corrected ${listOf(fields, 'a value')}.`,
  'memory.learned': ({ field }) => `Learnt for later papers of this layout: ${words(field)}.`,
  'memory.set-aside': ({ field }) => `What had been learnt of this layout was wrong here and is no longer used: ${words(field)}.`,
  'language-model.switched': ({ isOn }, actor) => `${actor} switched asking a language model ${isOn === true ? 'on' : 'off'}.`,
  'memory.revoked': ({ field }, actor) => `${actor} took back what had been learnt of this layout: ${words(field)}.`,
  'approval.asked': ({ step, of, role }) => `Approval ${words(step)} of ${words(of)} was asked of the ${words(role)}.`,
  'invoice.approved': ({ how }) =>
    how === 'automatic' ? 'Approved without a person, as the policy allows.' : 'All approvals are given: the invoice is approved.',
  'invoice.rejected': (_, actor) => `${actor} rejected the invoice.`,
  'task.opened': ({ title }) => `A person was asked${after(': ', title)}.`,
  'task.cancelled': ({ title }) => `A question was taken back${after(': ', title)}.`,
  'task.reminded': ({ title }) => `A person was reminded${after(': ', title)}.`,
  'task.claimed': (_, actor) => `${actor} took it.`,
  'task.released': ({ to }, actor) => `${actor} gave it back${after(' to the ', to)}.`,
  'task.assigned': (_, actor) => `${actor} gave it to one person.`,
  'task.escalated': ({ to }) => `Nobody decided in time: it was handed up to the ${words(to)}.`,
  'task.waiting': ({ waitedFor, until }, actor) =>
    `${actor} waits for an answer${after(' of ', waitedFor)}, until ${words(until)} at the latest.`,
  'task.resumed': ({ reason }, actor) => `The clock runs again (${actor}): ${words(reason)}.`,
  'delegation.created': ({ startsOn, endsOn }, actor) => `${actor} named a stand-in from ${words(startsOn)} to ${words(endsOn)}.`,
  'delegation.revoked': (_, actor) => `${actor} ended a stand-in.`,
  'task.decided': ({ decision, title }, actor) => describeDecision(decision, title, actor),
  'bank-account.called': ({ phone, spoke_with: spokeWith, outcome }, actor) =>
    outcome === 'not-reached'
      ? `${actor} called the supplier${after(' at ', phone)} about the bank account and reached nobody.`
      : `${actor} called the supplier${after(' at ', phone)} and spoke with ${words(spokeWith)}, who ${outcome === 'confirmed' ? 'confirmed the bank account' : 'said that the bank account is not theirs'}.`,
  'bank-account.verified': ({ payableFrom }, actor) =>
    `${actor} confirmed the supplier’s bank account as the second person${typeof payableFrom === 'string' ? `; it may be paid from ${payableFrom.slice(0, 16).replace('T', ' ')} UTC on` : ''}.`,
  'bank-account.refused': (_, actor) => `${actor} refused the bank account.`,
  'payment.scheduled': ({ amount, currency, executeOn }) =>
    `The payment${amount === undefined ? '' : ` of ${words(amount)} ${words(currency)}`} was scheduled${after(' for ', executeOn)}.`,
  'payment.cancelled': (_, actor) => `${actor} cancelled the payment.`,
  'payment-run.proposed': (_, actor) => `${actor} put the payment into a payment run.`,
  'payment-run.released': ({ signingKeyId, signedWith }, actor) =>
    `${actor} ${releasedHow(signingKeyId, signedWith)} the payment run; the bank file was written.`,
  'signing-key.added': ({ kind, name }, actor) => `${actor} added ${keyNoun(kind)}${after(': ', name)}.`,
  'signing-key.revoked': ({ kind, reason }, actor) => ended(`${actor} took ${keyNoun(kind)} away${after(': ', reason)}`),
  'signing-code.refused': ({ reason }, actor) =>
    reason === 'used-before'
      ? `${actor} gave a code of an authenticator app a second time; it was refused.`
      : `${actor} gave a wrong code; nothing was done.`,
  'signing-code.locked': ({ minutes }, actor) =>
    `Too many wrong codes in a row: none is taken from ${actor} for ${words(minutes)} minutes.`,
  'payment-run.cancelled': (_, actor) => `${actor} cancelled the payment run.`,
  'payment-run.sent-again': ({ attempt }) => `The same bank file was sent again: sending ${words(attempt)}.`,
  'payment-run.answer-unknown': ({ note }) => ended(`The bank file left, but nobody knows whether it arrived${after(': ', note)}`),
  'payment-run.accepted': ({ bankReference }, actor) =>
    actor === 'Deskhand'
      ? `The bank accepted the payment run${after(' as ', bankReference)}.`
      : ended(`${actor} answers for it that the bank has the payment run${after(': ', bankReference)}`),
  'payment-run.refused': ({ note }) => ended(`The bank refused the payment run${after(': ', note)}`),
  'payment-run.taken-back': ({ reason }, actor) =>
    `${ended(`${actor} took the payment run back${after(': ', reason)}`)} Its payments are scheduled again.`,
  'payment.bank-accepted': () => 'The bank took the payment for execution.',
  'payment.bank-rejected': ({ note }) => ended(`The bank rejected the payment${after(': ', note)}`),
  'payment.bank-returned': ({ on, note }) => ended(`The payment came back${after(' on ', on)}${after(': ', note)}`),
  'payment.settled': ({ on, outcome }, actor) =>
    outcome === undefined
      ? `The bank booked the payment${after(' on ', on)}, to the cent.`
      : `${actor} accepted what the bank booked${after(' on ', on)} for the payment.`,
  'payment.paid-otherwise': ({ note }, actor) => ended(`${actor} says that it was paid another way${after(': ', note)}`),
  'bank-file.imported': ({ kind, settled, rejected, returned }, actor) =>
    `${actor} handed in a bank’s ${words(kind)}: ${words(settled)} settled, ${words(rejected)} rejected, ${words(returned)} returned.`,
  'question.asked': ({ toName, to, recipient, policyVersion, because }, actor) =>
    `${actor} asked ${named(toName, to)}, the ${words(recipient)}${policyVersion === undefined ? '' : `, by itself under policy version ${words(policyVersion)}`}.${after(' ', because)}`,
  'question.sent': ({ toName, to, delivery, purpose }, actor) =>
    delivery === 'by-hand'
      ? `${actor} sent the ${purpose === 'remind' ? 'reminder' : 'question'} to ${named(toName, to)}.`
      : `The ${purpose === 'remind' ? 'reminder' : 'question'} to ${named(toName, to)} was sent.`,
  'question.not-sent': ({ to, why }) => ended(`The question to ${words(to)} was not sent${after(': ', why)}`),
  'question.answered': ({ toName, from, isDoubted }) =>
    isDoubted === true
      ? `A mail from ${words(from)} says that it answers the question; it is in doubt.`
      : `An answer came from ${named(toName, from)}.`,
  'question.answer-settled': ({ effect, until }, actor) =>
    `${actor} read the answer${effect === 'set-aside' ? '' : ` and said: ${words(effect)}${after(' until ', until)}`}.`,
  'question.unanswered': ({ toName, to }) => `No answer came from ${named(toName, to)} in time.`,
  'question.escalated': ({ toName, to }) => `Still no answer from ${named(toName, to)}; whoever asked was told.`,
  'audit.exported': ({ period, files }, actor) => `${actor} took out the auditor’s folder of ${words(period)}: ${words(files)} files.`,
  'master-data.imported': ({ kind, records }, actor) => `${actor} imported ${words(records)} ${words(kind)}.`,
  'work.dead-letter': ({ attempts }) => `It could not begin after ${words(attempts)} tries; a person was told.`,
  'automation.paused': ({ scope, reason }, actor) => `${actor} paused the ${words(scope)}’s automation${after(': ', reason)}.`,
  'automation.resumed': ({ scope }, actor) => `${actor} let the ${words(scope)}’s automation go on.`,
  'work.failed': ({ code }) => `Something went wrong here; a person was told${after(' (', code)}).`,
};

export function describeAction(action: string, details: Details, actor: string): string {
  const describe = sentences[action];
  if (describe !== undefined) return describe(details, actor);
  const [noun = action, verb = ''] = action.split('.');
  return `Did ${`${verb} ${noun}`.trim().replaceAll('-', ' ')}.`;
}

/** Releases from before there were authenticator apps say no kind: it was a passkey. */
function releasedHow(signingKeyId: unknown, signedWith: unknown): string {
  if (typeof signingKeyId !== 'string') return 'released';
  return signedWith === 'authenticator'
    ? 'gave a code of an authenticator app for what was shown and released'
    : 'signed what was shown with a passkey and released';
}

function keyNoun(kind: unknown): string {
  return kind === 'authenticator' ? 'an authenticator app' : 'a passkey';
}

const plainDecisions: Readonly<Record<string, string>> = { approve: 'approved', reject: 'rejected', accept: 'accepted' };

/** `Bo approved 1,877.50 EUR · Kontor AG RE-1001.`, `Ana accepted: Price differs from the order · …` */
function describeDecision(decision: unknown, title: unknown, actor: string): string {
  const verb = plainDecisions[String(decision)];
  if (verb === undefined || typeof title !== 'string') return `${actor} decided “${words(decision)}”${after(' on ', title)}.`;
  return title.startsWith('Approve ') ? `${actor} ${verb} ${title.slice('Approve '.length)}.` : `${actor} ${verb}: ${title}.`;
}

function describeAssessment(outcome: unknown, reasons: unknown): string {
  if (outcome === 'clean') return 'Compared with order, receipts and supplier: nothing speaks against it.';
  return `Compared with order, receipts and supplier; a person is asked about: ${listOf(reasons, 'a difference')}.`;
}

function sourceInWords(source: unknown): unknown {
  if (source === 'ocr') return 'the picture';
  return source === 'xml' ? 'its XML' : source === undefined ? undefined : 'its text';
}

function after(prefix: string, value: unknown): string {
  return value === undefined || value === null || value === '' ? '' : `${prefix}${words(value)}`;
}

/** What comes from the bank or a person may end its sentence itself. */
function ended(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

function pageCountOf(pages: unknown): string {
  return typeof pages === 'number' && pages > 0 ? ` (${pages === 1 ? '1 page' : `${pages} pages`})` : '';
}

function countOf(value: unknown, noun: string): string {
  const count = Array.isArray(value) ? value.length : Number(value ?? 0);
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}

function listOf(value: unknown, otherwise: string): string {
  return Array.isArray(value) && value.length > 0 ? value.map(words).join(', ') : otherwise;
}

/** `missing-receipt` and `grossTotal` as people write them; titles and dates stay as they are. */
function words(value: unknown): string {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value ?? '');
  if (!/^[a-z][A-Za-z]*(?:[-_][a-z]+)*$/.test(text)) return text;
  return text.replaceAll(/[-_]/g, ' ').replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** A person or firm, by their address where no name is known. */
function named(name: unknown, address: unknown): string {
  return typeof name === 'string' && name !== '' ? name : words(address);
}
