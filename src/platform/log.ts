import { isSpanContextValid, trace } from '@opentelemetry/api';
import { type Logger, pino } from 'pino';

/**
 * One JSON line per event: `log.info({ event: 'invoice.received', invoiceId }, 'invoice received')`. Ids that all lines
 * of a part share are bound once with `log.child({ … })`.
 */
export type Log = Logger;

export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug' | 'trace';

/** Keys whose values are personal data, document text or secrets; they show at `trace` only (STYLE.md section 6). */
const privateKeys: ReadonlySet<string> = new Set([
  'address',
  'authorization',
  'bic',
  'body',
  'content',
  'cookie',
  'creditor',
  'description',
  'email',
  'fileName',
  'from',
  'iban',
  'name',
  'note',
  'password',
  'phone',
  'query',
  'secret',
  'senderAddress',
  'senderName',
  'subject',
  'supplierName',
  'text',
  'title',
  'to',
  'token',
]);

const hiding = Object.fromEntries([...privateKeys].map((key) => [key, (value: unknown) => hidden(value)]));

// Deeper structures are somebody's whole object, which has no place in a log line.
const maxDepth = 5;

export interface LogOptions {
  readonly level: LogLevel;
  /** Where lines go. @default standard error, so that a command's output stays clean */
  readonly destination?: { write(line: string): void };
}

/** Creates the root log. Trace and span id of the active span are on each line. */
export function createLog({ level, destination }: LogOptions): Log {
  const showsAll = level === 'trace';
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      messageKey: 'message',
      mixin: activeSpan,
      // The event's name first, where the eye looks.
      mixinMergeStrategy: (line, extra) => ({ event: (line as { event?: unknown }).event, ...line, ...extra }),
      formatters: {
        level: (label) => ({ level: label }),
        log: (line) => (showsAll ? line : (redact(line, 0) as Record<string, unknown>)),
      },
      // Bound values (`child`) pass through serializers only.
      serializers: { err: describeError, ...(showsAll ? {} : hiding) },
    },
    destination ?? pino.destination({ dest: 2, sync: true }),
  );
}

function activeSpan(): object {
  const context = trace.getActiveSpan()?.spanContext();
  return context !== undefined && isSpanContextValid(context) ? { traceId: context.traceId, spanId: context.spanId } : {};
}

function redact(value: unknown, depth: number): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Error) return describeError(value);
  if (value instanceof Date) return value.toISOString();
  if (depth === maxDepth) return '[deep]';
  if (Array.isArray(value)) return value.map((entry) => redact(entry, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, privateKeys.has(key) ? hidden(entry) : redact(entry, depth + 1)]),
  );
}

function hidden(value: unknown): unknown {
  return value === null || value === undefined ? value : '[private]';
}

/** Code, kind and stack; the details of a database error (row values) stay out. */
function describeError(thrown: unknown): unknown {
  if (!(thrown instanceof Error)) return thrown;
  const { name, message, stack } = thrown;
  const code = 'code' in thrown ? thrown.code : undefined;
  const cause = thrown.cause === undefined ? undefined : describeError(thrown.cause);
  return { type: name, code, message, stack, cause };
}
