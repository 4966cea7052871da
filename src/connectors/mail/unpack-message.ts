import type { IncomingMessage, UnpackedMessage } from '#domain/messages';
import { addPart, addProblem, displayName, inMegabytes, startGathering, type Gathering, type Piece } from './gathering.ts';
import { readMail, type MailAttachment, type ParsedMail } from './read-mail.ts';
import { isTnef, readTnef } from './read-tnef.ts';
import { isZip, openZip } from './read-zip.ts';
import { storable } from './storable.ts';
import { isMbox, splitMbox } from './split-mbox.ts';
import { defaultUnpackLimits, type UnpackLimits } from './unpack-limits.ts';

/**
 * Finds all documents in what arrived: attachments, mails forwarded as attachments, zips, winmail.dat, however nested.
 * Never throws for bad input: what is left out is named in `problems`, what is fine is delivered.
 *
 * Parses hostile bytes: call it in a process of its own, as `createUnpacker` does.
 *
 * @param limits - bounds of size, depth and number; each default explains itself in unpack-limits.ts.
 */
export async function unpackMessage(message: IncomingMessage, limits: UnpackLimits = defaultUnpackLimits): Promise<UnpackedMessage> {
  const gathering = startGathering(limits);
  const fileName = displayName(message.fileName, 'unnamed');
  if (message.bytes.byteLength > limits.messageBytes) {
    addProblem(gathering, 'too-large', `"${fileName}" is larger than ${inMegabytes(limits.messageBytes)} and was not opened.`, fileName);
    return finish(null, gathering);
  }
  if (message.kind === 'mail' || isMailName(fileName)) {
    return finish(await openMail(message.bytes, fileName, [], 0, gathering), gathering);
  }
  await place({ fileName, mediaType: 'application/octet-stream', bytes: message.bytes }, [], 0, gathering);
  return finish(null, gathering);
}

function finish(mail: ParsedMail | null, gathering: Gathering): UnpackedMessage {
  const stored = (text: string | null | undefined): string | null => (text === null || text === undefined ? null : storable(text));
  return {
    subject: stored(mail?.subject),
    sender: { name: stored(mail?.sender.name), address: stored(mail?.sender.address) },
    replyTo: stored(mail?.replyTo),
    authenticationResults: stored(mail?.authenticationResults),
    messageId: stored(mail?.messageId),
    sentAt: mail?.sentAt ?? null,
    text: storable(gathering.texts.join('\n\n').slice(0, gathering.limits.textCharacters)),
    calendars: gathering.calendars.map(storable),
    parts: gathering.parts.map((part) => ({
      ...part,
      fileName: storable(part.fileName),
      declaredMediaType: storable(part.declaredMediaType),
      path: part.path.map(storable),
    })),
    problems: gathering.problems.map((problem) => ({
      ...problem,
      message: storable(problem.message),
      fileName: stored(problem.fileName),
    })),
  };
}

/** Sorts one piece: a container is opened, everything else is a document. */
async function place(piece: Piece, path: readonly string[], depth: number, gathering: Gathering): Promise<void> {
  if (gathering.isFull) return;
  const kind = containerKind(piece);
  if (kind === null) return addPart(gathering, piece, path);
  if (depth >= gathering.limits.depth) {
    const text = `"${piece.fileName}" is nested more than ${gathering.limits.depth} levels deep and was not opened. Ask for the document itself.`;
    return addProblem(gathering, 'too-deep', text, piece.fileName);
  }
  switch (kind) {
    case 'mail':
      await openMail(piece.bytes, piece.fileName, path, depth + 1, gathering);
      return;
    case 'mbox':
      return openMbox(piece, path, depth + 1, gathering);
    case 'zip': {
      const entries = await openZip(piece.bytes, piece.fileName, gathering);
      if (entries === null) return keepUnlessDamaged(piece, path, gathering);
      for await (const entry of entries) await place(entry, [...path, piece.fileName], depth + 1, gathering);
      return;
    }
    case 'tnef': {
      const content = readTnef(piece.bytes);
      for (const entry of content.pieces) await place(entry, [...path, piece.fileName], depth + 1, gathering);
      if (content.isDamaged) {
        const text = `"${piece.fileName}" (Outlook's own format) is damaged; what could be read was taken. Ask for the mail as plain text or HTML.`;
        addProblem(gathering, 'winmail-damaged', text, piece.fileName);
      }
    }
  }
}

async function openMbox(piece: Piece, path: readonly string[], depth: number, gathering: Gathering): Promise<void> {
  const { mboxMails } = gathering.limits;
  let count = 0;
  for await (const bytes of splitMbox(piece.bytes)) {
    if (gathering.isFull) return;
    count += 1;
    if (count > mboxMails) {
      const text = `"${piece.fileName}" holds more than ${mboxMails} mails. Only the first ${mboxMails} were opened; put the file into the watched folder to take all.`;
      return addProblem(gathering, 'too-many-parts', text, piece.fileName);
    }
    await openMail(bytes, piece.fileName, [...path, piece.fileName], depth, gathering);
  }
}

function containerKind(piece: Piece): 'mail' | 'mbox' | 'zip' | 'tnef' | null {
  if (isZip(piece.bytes)) return 'zip';
  if (isTnef(piece.bytes)) return 'tnef';
  const isMail = piece.mediaType === 'message/rfc822' || piece.mediaType === 'message/global' || isMailName(piece.fileName);
  if ((isMail || /\.(mbox|mbx)$/i.test(piece.fileName)) && isMbox(piece.bytes)) return 'mbox';
  return isMail ? 'mail' : null;
}

function isMailName(fileName: string): boolean {
  return /\.eml$/i.test(fileName);
}

/** An office document is a zip that stays whole; a damaged zip has its problem already. */
function keepUnlessDamaged(piece: Piece, path: readonly string[], gathering: Gathering): void {
  const isDamaged = gathering.problems.some((problem) => problem.code === 'zip-damaged' && problem.fileName === piece.fileName);
  if (!isDamaged) addPart(gathering, piece, path);
}

async function openMail(
  bytes: Uint8Array,
  fileName: string,
  path: readonly string[],
  depth: number,
  gathering: Gathering,
): Promise<ParsedMail> {
  const { limits } = gathering;
  const mail = await readMail(bytes, limits.headerBytes);
  const subject = displayName(mail.subject, fileName);
  noteMailFaults(mail, subject, gathering);
  const inner = depth === 0 ? path : [...path, `forwarded: ${subject}`];
  if (mail.text.trim() !== '') gathering.texts.push(mail.text.trim().slice(0, limits.textCharacters));
  let unnamed = 0;
  for (const attachment of mail.attachments) {
    if (isClutter(attachment, mail.html) || noteUnreadableKind(attachment, subject, gathering)) continue;
    if (isCalendar(attachment)) {
      gathering.calendars.push(decodeText(attachment));
      continue;
    }
    if (attachment.fileName === null) unnamed += 1;
    const name = displayName(attachment.fileName, `attachment-${unnamed}${extensionOf(attachment.mediaType)}`);
    await place({ fileName: name, mediaType: attachment.mediaType, bytes: attachment.bytes }, inner, depth, gathering);
  }
  return mail;
}

/** Google and others send an invitation twice: as `text/calendar` and as an `application/ics` file beside it. */
function isCalendar({ mediaType, fileName }: ParsedMail['attachments'][number]): boolean {
  return mediaType === 'text/calendar' || mediaType === 'application/ics' || fileName?.toLowerCase().endsWith('.ics') === true;
}

function noteMailFaults(mail: ParsedMail, subject: string, gathering: Gathering): void {
  if (mail.setAside !== null) addProblem(gathering, 'too-large', mail.setAside, null);
  if (mail.areHeadersTrimmed) {
    addProblem(
      gathering,
      'headers-too-large',
      `The mail "${subject}" has an unusually large header. Its documents were taken all the same; look twice at who sent it.`,
    );
  }
  if (mail.fault !== null) {
    addProblem(
      gathering,
      'mail-unreadable',
      `The mail "${subject}" is damaged or built in a way that can't be read to its end. What was found until there was taken.`,
    );
  }
}

/** Signatures, delivery and read reports, and the alternatives for watches and AMP: machinery of mail, no documents. */
const clutterTypes =
  /^(application\/(x-)?(pkcs7|pgp)-signature|text\/(rfc822-headers|watch-html|x-amp-html)|message\/(delivery-status|disposition-notification|feedback-report|global-delivery-status))$/;

/**
 * Machinery of mail, and logos and tracking pixels that the HTML shows. Pictures up to 64 KiB only: a page
 * that a person photographed or pasted has more (the smallest legible receipt in our corpora: 90 kB).
 */
function isClutter(attachment: MailAttachment, html: string): boolean {
  const { mediaType, bytes, contentId } = attachment;
  if (clutterTypes.test(mediaType)) return true;
  if (!mediaType.startsWith('image/') || bytes.byteLength > 64 * 1024) return false;
  if (bytes.byteLength === 0) return true;
  return contentId !== null && (attachment.isRelated || html.includes(`cid:${contentId}`));
}

/** Kinds that hold a document we can't get at; each becomes a problem that says what to ask for. */
function noteUnreadableKind(attachment: MailAttachment, subject: string, gathering: Gathering): boolean {
  const { mediaType } = attachment;
  if (/^application\/(x-)?pkcs7-mime$/.test(mediaType) || mediaType === 'application/pgp-encrypted') {
    addProblem(
      gathering,
      'mail-encrypted',
      `The mail "${subject}" is encrypted or wrapped in a signature (S/MIME or PGP). Ask for it without, or forward the documents.`,
    );
    return true;
  }
  if (mediaType === 'message/partial' || mediaType === 'message/external-body') {
    addProblem(
      gathering,
      'mail-incomplete',
      `The mail "${subject}" holds only a piece of a document, or a pointer to it. Ask for the whole document.`,
    );
    return true;
  }
  return false;
}

function decodeText(attachment: MailAttachment): string {
  try {
    return new TextDecoder(attachment.charset ?? 'utf-8').decode(attachment.bytes);
  } catch {
    // A charset that nobody knows: UTF-8 with replacement characters still shows the ASCII of a calendar.
    return new TextDecoder().decode(attachment.bytes);
  }
}

function extensionOf(mediaType: string): string {
  const known: Readonly<Record<string, string>> = {
    'application/pdf': '.pdf',
    'application/xml': '.xml',
    'text/xml': '.xml',
    'text/html': '.html',
    'text/plain': '.txt',
    'image/jpeg': '.jpg',
    'image/png': '.png',
    'image/tiff': '.tif',
    'message/rfc822': '.eml',
    'application/zip': '.zip',
  };
  return known[mediaType] ?? '';
}
