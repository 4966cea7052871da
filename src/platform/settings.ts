import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { parseModelBudget } from '#domain/documents';
import { isCurrency } from '#domain/money';
import { parseLimitChanges } from './outside-calls/limits.ts';

/** One setting: what it means, what is right, and what holds without it. */
export interface Setting<Value> {
  readonly schema: z.ZodType<Value, string>;
  /** Completes the sentence "must be …". */
  readonly expects: string;
  readonly about: string;
  /** As one would write it; null when there is none. */
  readonly fallback: string | null;
  readonly isSecret?: boolean;
  /** Shown in the reference instead of a fallback that depends on the machine. */
  readonly fallbackShown?: string;
}

const roles = ['server', 'connectors', 'intelligence', 'orchestration'] as const;
/** A part that a process may play when work is spread over several. */
export type Role = (typeof roles)[number];
const logLevels = ['silent', 'error', 'warn', 'info', 'debug', 'trace'] as const;
const truths: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  on: true,
  '1': true,
  false: false,
  no: false,
  off: false,
  '0': false,
};

const text = z.string().trim().min(1);
const certificate = z.string().regex(/^-----BEGIN CERTIFICATE-----\s/);
const wholeNumber = (least: number, most: number): z.ZodType<number, string> =>
  z
    .string()
    .regex(/^\d+$/)
    .transform(Number)
    .refine((value) => value >= least && value <= most);
const address = (...protocols: readonly string[]): z.ZodType<string, string> =>
  z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol) && new URL(value).hostname !== '');
const price = z.string().regex(/^\d{1,6}(\.\d{1,6})?$/);
const yesOrNo = z
  .string()
  .refine((value) => value.toLowerCase() in truths)
  .transform((value) => truths[value.toLowerCase()] === true);

/** A model server in the house often has no certificate; across the internet nothing goes in the clear. */
const inTheHouse = /^(?:localhost|\[::1\]|127\.[\d.]+|10\.[\d.]+|192\.168\.[\d.]+|172\.(?:1[6-9]|2\d|3[01])\.[\d.]+|[a-z\d-]+)$/;

/** A process of 0.4 to 1.6 GB each, so a machine of many cores does not get as many readers by itself. */
const mostReaders = 64;

function setting<Value>(definition: Setting<Value>): Setting<Value> {
  return definition;
}

/** Where all state lies when nothing else is said. */
export const defaultDataFolder = '.deskhand';

/** All settings. docs/reference/configuration.md is generated from this table. */
export const settings = {
  DESKHAND_DATA_DIR: setting({
    schema: text,
    expects: 'a folder',
    about: 'Folder that holds all state: database, files, secret. Relative to where Deskhand is started.',
    fallback: defaultDataFolder,
  }),
  DESKHAND_BLOB_DIR: setting({
    schema: text,
    expects: 'a folder',
    about: 'Folder that holds documents and files, when it lies outside the data folder: servers that share a database share it too.',
    fallback: null,
  }),
  DESKHAND_BACKUP_DIR: setting({
    schema: text,
    expects: 'a folder, best on another disk',
    about:
      'Folder of backups: the embedded database sends its log there all the time, and documents are copied there as they come (docs/operations.md).',
    fallback: null,
  }),
  DESKHAND_HOST: setting({
    schema: z.string().regex(/^[A-Za-z0-9.:-]+$/),
    expects: 'an IP address or host name of this machine; 0.0.0.0 for all',
    about: 'Address that the server listens on.',
    fallback: '127.0.0.1',
  }),
  DESKHAND_PORT: setting({
    schema: wholeNumber(0, 65_535),
    expects: 'a whole number from 0 to 65535; 0 takes a free one',
    about: 'Port that the server listens on.',
    fallback: '3000',
  }),
  DESKHAND_PUBLIC_URL: setting({
    schema: address('http:', 'https:'),
    expects: 'an address such as https://deskhand.example.com',
    about: 'Address under which people reach Deskhand, when it differs from host and port (behind a proxy).',
    fallback: null,
  }),
  DESKHAND_DATABASE_URL: setting({
    schema: address('postgres:', 'postgresql:'),
    expects: 'an address such as postgres://user:password@host:5432/deskhand',
    about:
      'Postgres server of your own (version 15 or newer; the user needs CREATEROLE and must own the database). `DATABASE_URL` means the same. Without it, Deskhand runs its own.',
    fallback: null,
    isSecret: true,
  }),
  DESKHAND_SECRET: setting({
    schema: z.string().min(32),
    expects: 'at least 32 random characters, such as from "openssl rand -base64 32"',
    about: 'Secret from which passwords of database roles and signatures come. Without it, one is made and kept in the data folder.',
    fallback: null,
    isSecret: true,
  }),
  DESKHAND_LOG_LEVEL: setting({
    schema: z.enum(logLevels),
    expects: `one of ${logLevels.join(', ')}`,
    about: 'How much is logged. `trace` is the only level that may show personal data and document text.',
    fallback: 'info',
  }),
  DESKHAND_SAMPLE_OFFICE: setting({
    schema: yesOrNo,
    expects: 'true or false',
    about: 'Whether the first start creates the sample office with its mailbox.',
    fallback: 'true',
  }),
  DESKHAND_READERS: setting({
    schema: wholeNumber(1, mostReaders),
    expects: `a whole number from 1 to ${mostReaders}`,
    about: 'Processes that read documents at the same time. A scan takes up to 1.6 GB of memory while it is read.',
    fallback: String(Math.min(mostReaders, Math.max(1, availableParallelism()))),
    fallbackShown: 'number of cores',
  }),
  DESKHAND_WORK_LIMIT: setting({
    schema: wholeNumber(1, 100_000),
    expects: 'a whole number from 1 to 100000',
    about:
      'Messages and documents worked on at the same time, over all organizations and servers; give each server the same. An organization has limits of its own below it.',
    fallback: '64',
  }),
  DESKHAND_RUN_RETENTION_DAYS: setting({
    schema: wholeNumber(1, 36_500),
    expects: 'a whole number of days from 1 to 36500',
    about:
      'How long ended workflow runs are kept, with their steps, and settled work of the outbox; what they did stays in the audit log. About 4 KB a run.',
    fallback: '90',
  }),
  DESKHAND_ENGINE: setting({
    schema: z.enum(['dbos', 'temporal']),
    expects: 'dbos or temporal',
    about: 'What carries workflows: the embedded engine on Postgres, or a Temporal cluster (docs/guides/run-on-temporal.md).',
    fallback: 'dbos',
  }),
  DESKHAND_ROLES: setting({
    schema: z
      .string()
      .transform((value) => value.split(','))
      .pipe(z.array(z.enum(roles)).min(1)),
    expects: `some of ${roles.join(', ')} with commas between them; on Temporal only`,
    about: 'What this process does: the API, sources and relay (`server`), and the workers of which rooms.',
    fallback: roles.join(','),
  }),
  DESKHAND_TEMPORAL_ADDRESS: setting({
    schema: z.string().regex(/^[A-Za-z0-9.-]+:\d+$/),
    expects: 'host and port such as temporal.firm.example:7233',
    about: 'Frontend of the Temporal cluster.',
    fallback: '127.0.0.1:7233',
  }),
  DESKHAND_TEMPORAL_NAMESPACE: setting({
    schema: z.string().regex(/^[A-Za-z0-9._-]+$/),
    expects: 'a namespace such as deskhand',
    about: 'Namespace on the cluster; it must exist, and keep ended runs for as long as they should be seen.',
    fallback: 'default',
  }),
  DESKHAND_TEMPORAL_TLS: setting({
    schema: yesOrNo,
    expects: 'true or false',
    about: 'Whether the cluster is spoken to over TLS.',
    fallback: 'false',
  }),
  DESKHAND_TEMPORAL_API_KEY: setting({
    schema: text,
    expects: 'an API key of the cluster',
    about: 'Key that the cluster knows us by (Temporal Cloud). It needs DESKHAND_TEMPORAL_TLS.',
    fallback: null,
    isSecret: true,
  }),
  DESKHAND_TEMPORAL_CA: setting({
    schema: certificate,
    expects: 'a certificate in PEM (-----BEGIN CERTIFICATE-----); DESKHAND_TEMPORAL_CA_FILE names a file with it',
    about: "Authority that signed the cluster's certificate, where it is not one that everybody trusts.",
    fallback: null,
  }),
  DESKHAND_TEMPORAL_CERTIFICATE: setting({
    schema: certificate,
    expects: 'a certificate in PEM (-----BEGIN CERTIFICATE-----); DESKHAND_TEMPORAL_CERTIFICATE_FILE names a file with it',
    about: 'Certificate that the cluster knows us by (mutual TLS).',
    fallback: null,
  }),
  DESKHAND_TEMPORAL_CERTIFICATE_KEY: setting({
    schema: text,
    expects: 'the private key of DESKHAND_TEMPORAL_CERTIFICATE in PEM; DESKHAND_TEMPORAL_CERTIFICATE_KEY_FILE names a file with it',
    about: 'Key of DESKHAND_TEMPORAL_CERTIFICATE.',
    fallback: null,
    isSecret: true,
  }),
  DESKHAND_EARLIER_SECRET: setting({
    schema: z.string().min(32),
    expects: 'the DESKHAND_SECRET of before',
    about: 'Still decrypts what Temporal holds, and opens secrets of authenticator apps, from before DESKHAND_SECRET was changed.',
    fallback: null,
    isSecret: true,
  }),
  DESKHAND_INBOX_FOLDER: setting({
    schema: text,
    expects: 'a folder',
    about: 'Folder to watch: each file that appears in it is taken in.',
    fallback: null,
  }),
  DESKHAND_IMAP_URL: setting({
    schema: address('imaps:', 'imap:').refine((value) => new URL(value).username !== ''),
    expects: 'an address such as imaps://user:password@host/INBOX, with special characters percent-encoded',
    about: 'Mailbox to read. `imap://` is taken with STARTTLS only, except on this machine.',
    fallback: null,
    isSecret: true,
  }),
  DESKHAND_SMTP_URL: setting({
    schema: address('smtps:', 'smtp:'),
    expects: 'an address such as smtps://user:password@host, with special characters percent-encoded',
    about:
      'Server that sends questions about invoices (docs/guides/ask-a-supplier.md). `smtp://` is taken with STARTTLS only, except on this machine. Without it, people send them from their own program.',
    fallback: null,
    isSecret: true,
  }),
  DESKHAND_MAIL_FROM: setting({
    schema: z.email(),
    expects: 'an address such as invoices@firm.example',
    about: 'Whom these mails come from, and where answers go: the mailbox that Deskhand reads.',
    fallback: null,
  }),
  DESKHAND_PAYMENT_FORMAT: setting({
    schema: z.enum(['by-account', 'csv']),
    expects: 'by-account or csv',
    about:
      'Format of bank files. by-account: ACH (NACHA) from an account of the United States, pain.001 from all others. csv: for banks that take nothing else.',
    fallback: 'by-account',
  }),
  DESKHAND_ACH_COMPANY_ID: setting({
    schema: z.string().regex(/^[A-Za-z0-9]{10}$/),
    expects: 'ten letters or digits',
    about: 'What the bank of an American account knows the payer by; it stands in every ACH file. Without it none is written.',
    fallback: null,
  }),
  DESKHAND_BANK_URL: setting({
    schema: address('https:', 'http:').refine(
      (value) => new URL(value).protocol === 'https:' || ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(value).hostname),
    ),
    expects: 'an address such as https://bank-gateway.firm.example; http:// on this machine only',
    about:
      'Bank gateway that takes released payment runs (docs/guides/connect-a-bank.md). Without it, a person downloads the file and hands it in.',
    fallback: null,
  }),
  DESKHAND_BANK_TOKEN: setting({
    schema: text,
    expects: 'the bearer token of the bank gateway',
    about: 'Token that the bank gateway knows us by.',
    fallback: null,
    isSecret: true,
  }),
  DESKHAND_OUTSIDE_LIMITS: setting({
    schema: z
      .string()
      .transform(parseLimitChanges)
      .refine((changes) => changes !== null),
    expects: 'parts such as bank.timeoutMs=60000,imap.perMinute=10 of the limits in docs/operations.md, above 0',
    about: 'Changes what outside systems are spared: concurrency, waiting, perMinute, timeoutMs, openAfter, restMs, tries.',
    fallback: null,
  }),
  DESKHAND_CALLBACK_HOSTS: setting({
    schema: z
      .string()
      .regex(/^[A-Za-z0-9.:-]+(,[A-Za-z0-9.:-]+)*$/)
      .transform((value) => value.split(',')),
    expects: 'host names with commas between them, such as airflow.example.com,localhost:8080',
    about: 'Hosts that may be told by HTTP how a pipeline step ended. No other host is ever called for a pipeline.',
    fallback: null,
  }),
  DESKHAND_CALLBACK_SECRET: setting({
    schema: z.string().regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/),
    expects: 'whsec_ and at least 24 random bytes in base64 (Standard Webhooks)',
    about: 'Signs those calls; the receiver checks the signature with the same secret.',
    fallback: null,
    isSecret: true,
  }),
  DESKHAND_AWS_REGION: setting({
    schema: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/),
    expects: 'an AWS region such as eu-central-1',
    about: 'Lets Step Functions be answered by task token; credentials as the AWS SDK finds them.',
    fallback: null,
  }),
  DESKHAND_AWS_ENDPOINT: setting({
    schema: address('http:', 'https:'),
    expects: 'an address such as https://vpce-1234.states.eu-central-1.vpce.amazonaws.com',
    about: "Another address than AWS' own, for a private endpoint or an emulation.",
    fallback: null,
  }),
  DESKHAND_LLM_URL: setting({
    schema: address('https:', 'http:').refine((value) => new URL(value).protocol === 'https:' || inTheHouse.test(new URL(value).hostname)),
    expects: 'an address such as https://models.firm.example/v1; http:// in the house only',
    about:
      'OpenAI-compatible server that may be asked about values in doubt, where an organization switches it on (docs/guides/language-model.md). Without it, nothing is ever sent to a language model.',
    fallback: null,
  }),
  DESKHAND_LLM_MODEL: setting({
    schema: text,
    expects: "the model's name on that server",
    about: 'Model that is asked.',
    fallback: null,
  }),
  DESKHAND_LLM_KEY: setting({
    schema: text,
    expects: 'the API key of that server',
    about: 'Key that the server knows us by.',
    fallback: null,
    isSecret: true,
  }),
  DESKHAND_LLM_PICTURES: setting({
    schema: yesOrNo,
    expects: 'true or false',
    about: 'Whether pictures of the first and the last page go along, for models that take them.',
    fallback: 'false',
  }),
  DESKHAND_LLM_INPUT_PRICE: setting({
    schema: price,
    expects: 'a price of a million tokens such as 0.15',
    about: 'What a million tokens of questions cost.',
    fallback: null,
  }),
  DESKHAND_LLM_OUTPUT_PRICE: setting({
    schema: price,
    expects: 'a price of a million tokens such as 0.60',
    about: 'What a million tokens of answers cost.',
    fallback: null,
  }),
  DESKHAND_LLM_CURRENCY: setting({
    schema: z.string().refine(isCurrency),
    expects: 'an ISO 4217 code such as USD',
    about: 'Currency of these prices and of a budget in money.',
    fallback: 'USD',
  }),
  DESKHAND_LLM_BUDGET: setting({
    schema: z
      .string()
      .transform(parseModelBudget)
      .refine((budget) => budget !== null),
    expects: 'a number of tokens such as "2000000 tokens", or an amount such as 20.00',
    about: 'What each organization may use of the model in a calendar month at most; it may set itself less.',
    fallback: '1000000 tokens',
  }),
  DESKHAND_OTLP_ENDPOINT: setting({
    schema: address('http:', 'https:'),
    expects: 'an address such as http://localhost:4318',
    about: 'OpenTelemetry collector that receives traces (OTLP over HTTP). Without it, traces stay in the process.',
    fallback: null,
  }),
} as const satisfies Record<string, Setting<unknown>>;

export type SettingName = keyof typeof settings;
