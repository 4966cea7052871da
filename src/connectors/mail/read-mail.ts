import { MailParser, type HeaderLines } from 'mailparser';
import type { MessageSender } from '#domain/messages';
import { plainTextOfHtml } from './html-text.ts';
import { setAsideReason } from './set-aside.ts';
import { trimHeaders } from './trim-headers.ts';

/** One attachment or inline file of a mail. */
export interface MailAttachment {
  readonly fileName: string | null;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  /** Content-ID without brackets. */
  readonly contentId: string | null;
  readonly charset: string | null;
  readonly isRelated: boolean;
}

/** One level of a mail: forwarded mails stay attachments of type message/rfc822. */
export interface ParsedMail {
  readonly subject: string | null;
  readonly sender: MessageSender;
  readonly replyTo: string | null;
  /** Topmost header of that name, unfolded. */
  readonly authenticationResults: string | null;
  readonly messageId: string | null;
  readonly sentAt: Date | null;
  /** Reason of a stand-in, see set-aside.ts. */
  readonly setAside: string | null;
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly MailAttachment[];
  /** Why reading stopped early; what was read until then is here all the same. */
  readonly fault: Error | null;
  readonly areHeadersTrimmed: boolean;
}

/**
 * Reads one RFC 5322 message. Never throws for bad input: a parser that gives up leaves `fault`.
 *
 * @param headerBytes - header block above this size is cut down to the lines that carry structure.
 */
export async function readMail(bytes: Uint8Array, headerBytes: number): Promise<ParsedMail> {
  const trimmed = trimHeaders(bytes, headerBytes);
  const run = await runWithRecovery(trimmed.bytes);
  const header = (name: string): unknown => run.headers.get(name);
  const from = header('from') ?? header('sender');
  return {
    subject: textOf(header('subject')),
    sender: senderOf(from),
    replyTo: senderOf(header('reply-to')).address,
    authenticationResults: topmost(run.lines, 'authentication-results'),
    messageId: textOf(header('message-id')),
    // The parser puts today where a date is missing or broken; the line itself tells the truth.
    sentAt: dateOf(run.lines),
    setAside: setAsideReason(textOf(header('x-deskhand-set-aside'))),
    text: run.text.trim() === '' ? plainTextOfHtml(run.html, 100_000) : run.text,
    html: run.html,
    attachments: run.attachments,
    fault: run.fault,
    areHeadersTrimmed: trimmed.isTrimmed,
  };
}

interface ParserRun {
  headers: Map<string, unknown>;
  lines: HeaderLines;
  text: string;
  html: string;
  readonly attachments: MailAttachment[];
  fault: Error | null;
}

/**
 * A parser that gives up (more than 1,000 MIME nodes) drops what it had read. Reading ever shorter beginnings of the mail
 * saves the documents before the trap. Cut before a boundary line, so that no document is cut in two.
 */
async function runWithRecovery(bytes: Uint8Array): Promise<ParserRun> {
  const first = await runParser(bytes);
  if (first.fault === null) return first;
  for (let share = 2; share <= 64; share *= 2) {
    const end = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).lastIndexOf('\n--', Math.floor(bytes.byteLength / share));
    if (end < 0) break;
    const run = await runParser(bytes.subarray(0, end + 1));
    if (run.fault === null) return { ...run, fault: first.fault };
  }
  return first;
}

function runParser(bytes: Uint8Array): Promise<ParserRun> {
  const run: ParserRun = { headers: new Map(), lines: [], text: '', html: '', attachments: [], fault: null };
  // ignoreEmbedded belongs to the splitter inside; the types of the parser don't know it.
  const options = {
    ignoreEmbedded: true,
    skipImageLinks: true,
    skipTextToHtml: true,
    skipTextLinks: true,
    // The parser's converter is quadratic in places: 3 MB of pictures took over a minute. Longer bodies get plainTextOfHtml.
    maxHtmlLengthToParse: 128 * 1024,
    checksumAlgo: false,
  };
  const parser = new MailParser(options as ConstructorParameters<typeof MailParser>[0]);
  return new Promise((resolve) => {
    const stop = (fault: Error | null): void => {
      run.fault ??= fault;
      resolve(run);
    };
    parser.on('headers', (headers) => (run.headers = headers as Map<string, unknown>));
    parser.on('headerLines', (lines) => (run.lines = lines));
    parser.on('data', (data) => {
      if (data.type === 'text') {
        run.text = data.text ?? '';
        run.html = typeof data.html === 'string' ? data.html : '';
        return;
      }
      collectAttachment(data as unknown as AttachmentEvent, run.attachments);
    });
    parser.on('error', stop);
    parser.on('end', () => stop(null));
    parser.end(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  });
}

interface AttachmentEvent {
  readonly content: NodeJS.ReadableStream;
  readonly filename?: string | false;
  readonly contentType?: string;
  readonly cid?: string;
  readonly related?: boolean;
  readonly headers?: Map<string, unknown>;
  release(): void;
}

function collectAttachment(event: AttachmentEvent, attachments: MailAttachment[]): void {
  const chunks: Buffer[] = [];
  const finish = (): void => {
    attachments.push({
      fileName: typeof event.filename === 'string' ? event.filename : null,
      mediaType: (event.contentType ?? 'application/octet-stream').toLowerCase(),
      bytes: Buffer.concat(chunks),
      contentId: event.cid ?? null,
      charset: charsetOf(event.headers?.get('content-type')),
      isRelated: event.related === true,
    });
    event.release();
  };
  event.content.on('data', (chunk: Buffer) => chunks.push(chunk));
  event.content.on('end', finish);
  event.content.on('error', finish);
}

function charsetOf(contentType: unknown): string | null {
  const params = (contentType as { params?: Record<string, unknown> } | undefined)?.params;
  return typeof params?.['charset'] === 'string' ? params['charset'] : null;
}

function senderOf(from: unknown): MessageSender {
  const value = (from as { value?: readonly { name?: string; address?: string }[] } | undefined)?.value?.[0];
  return { name: textOf(value?.name), address: textOf(value?.address) };
}

/** Servers write above what they find, so the first is the last server's. */
function topmost(lines: HeaderLines, key: string): string | null {
  const line = lines.find((candidate) => candidate.key === key)?.line;
  return line === undefined ? null : textOf(line.slice(line.indexOf(':') + 1).replaceAll(/\s+/g, ' '));
}

function dateOf(lines: HeaderLines): Date | null {
  const line = lines.find((candidate) => candidate.key === 'date')?.line;
  if (line === undefined) return null;
  const date = new Date(
    line
      .slice(line.indexOf(':') + 1)
      .replace(/\([^)]*\)/g, '')
      .trim(),
  );
  return Number.isNaN(date.getTime()) ? null : date;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 1000) : null;
}
