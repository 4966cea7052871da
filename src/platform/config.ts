import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ModelBudget, ModelPrices } from '#domain/documents';
import { DeskhandError } from '#domain/errors';
import { platformErrors } from './errors.ts';
import type { LogLevel } from './log.ts';
import type { LimitChanges } from './outside-calls/limits.ts';
import { nearestName } from './nearest-name.ts';
import { Secret } from './secret.ts';
import { type Setting, type Role, type SettingName, defaultDataFolder, settings } from './settings.ts';

/** Settings as the product uses them; paths are absolute. */
export interface Config {
  readonly dataFolder: string;
  readonly blobFolder: string;
  readonly backupFolder: string | null;
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string | null;
  readonly databaseUrl: Secret | null;
  readonly secret: Secret | null;
  readonly logLevel: LogLevel;
  readonly hasSampleOffice: boolean;
  readonly readers: number;
  readonly workLimit: number;
  readonly runRetentionDays: number;
  readonly engine: 'dbos' | 'temporal';
  readonly roles: readonly Role[];
  readonly temporal: {
    readonly address: string;
    readonly namespace: string;
    readonly isTls: boolean;
    readonly apiKey: Secret | null;
    readonly ca: string | null;
    readonly certificate: string | null;
    readonly certificateKey: Secret | null;
  };
  readonly earlierSecret: Secret | null;
  readonly inboxFolder: string | null;
  readonly imapUrl: Secret | null;
  readonly smtpUrl: Secret | null;
  readonly mailFrom: string | null;
  readonly paymentFormat: 'by-account' | 'csv';
  readonly achCompanyId: string | null;
  readonly bankUrl: string | null;
  readonly bankToken: Secret | null;
  readonly outsideLimits: LimitChanges;
  readonly callbackHosts: readonly string[];
  readonly callbackSecret: Secret | null;
  readonly awsRegion: string | null;
  readonly awsEndpoint: string | null;
  /** Null where no language model is set up. */
  readonly languageModel: {
    readonly url: string;
    readonly model: string;
    readonly key: Secret | null;
    readonly takesPictures: boolean;
    readonly prices: ModelPrices | null;
    /** Of each organization. */
    readonly budget: ModelBudget;
  } | null;
  readonly otlpEndpoint: string | null;
}

/** A setting that cannot be used, in words for a person. */
export interface ConfigFault {
  readonly name: string;
  /** `[secret]` for a secret; null when there is none. */
  readonly value: string | null;
  /** What would be right. */
  readonly expected: string;
}

export interface ConfigSources {
  /** Where relative paths begin. */
  readonly workingFolder: string;
}

interface Given {
  readonly name: string;
  readonly value: string;
  /** For the fault's message: "environment" or the file. */
  readonly source: string;
}

const fileName = 'deskhand.config.json';
// Not settings of ours by name, but read by us.
const aliases: Readonly<Record<string, SettingName>> = { DATABASE_URL: 'DESKHAND_DATABASE_URL' };
const fileVariable = 'DESKHAND_CONFIG';

/**
 * Reads all settings: the environment first, then `NAME_FILE` (a file that holds the value, for secrets), then
 * `deskhand.config.json` in the data folder or the file that DESKHAND_CONFIG names. An empty value counts as none.
 *
 * @throws DH_PLATFORM_CONFIG_INVALID listing every fault at once; `details.faults` holds them.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>, sources: ConfigSources): Config {
  const faults: ConfigFault[] = [];
  const given = new Map<SettingName, Given>();
  collectEnvironment(environment, sources, given, faults);
  const dataFolder = path.resolve(sources.workingFolder, given.get('DESKHAND_DATA_DIR')?.value ?? defaultDataFolder);
  collectFile(environment, sources, dataFolder, given, faults);

  const read = <Value>(name: SettingName, definition: Setting<Value>): Value =>
    parseSetting(name, definition, given.get(name), faults) as Value;
  const orNull = <Value>(name: SettingName, definition: Setting<Value>): Value | null =>
    given.has(name) ? parseSetting(name, definition, given.get(name), faults) : null;
  const resolve = (folder: string | null): string | null => (folder === null ? null : path.resolve(sources.workingFolder, folder));
  const config: Config = {
    dataFolder: resolve(read('DESKHAND_DATA_DIR', settings.DESKHAND_DATA_DIR)) ?? dataFolder,
    blobFolder: resolve(orNull('DESKHAND_BLOB_DIR', settings.DESKHAND_BLOB_DIR)) ?? path.join(dataFolder, 'blobs'),
    backupFolder: resolve(orNull('DESKHAND_BACKUP_DIR', settings.DESKHAND_BACKUP_DIR)),
    host: read('DESKHAND_HOST', settings.DESKHAND_HOST),
    port: read('DESKHAND_PORT', settings.DESKHAND_PORT),
    publicUrl: orNull('DESKHAND_PUBLIC_URL', settings.DESKHAND_PUBLIC_URL),
    databaseUrl: secretOf(orNull('DESKHAND_DATABASE_URL', settings.DESKHAND_DATABASE_URL)),
    secret: secretOf(orNull('DESKHAND_SECRET', settings.DESKHAND_SECRET)),
    logLevel: read('DESKHAND_LOG_LEVEL', settings.DESKHAND_LOG_LEVEL),
    hasSampleOffice: read('DESKHAND_SAMPLE_OFFICE', settings.DESKHAND_SAMPLE_OFFICE),
    readers: read('DESKHAND_READERS', settings.DESKHAND_READERS),
    workLimit: read('DESKHAND_WORK_LIMIT', settings.DESKHAND_WORK_LIMIT),
    runRetentionDays: read('DESKHAND_RUN_RETENTION_DAYS', settings.DESKHAND_RUN_RETENTION_DAYS),
    engine: read('DESKHAND_ENGINE', settings.DESKHAND_ENGINE),
    roles: read('DESKHAND_ROLES', settings.DESKHAND_ROLES),
    temporal: {
      address: read('DESKHAND_TEMPORAL_ADDRESS', settings.DESKHAND_TEMPORAL_ADDRESS),
      namespace: read('DESKHAND_TEMPORAL_NAMESPACE', settings.DESKHAND_TEMPORAL_NAMESPACE),
      isTls: read('DESKHAND_TEMPORAL_TLS', settings.DESKHAND_TEMPORAL_TLS),
      apiKey: secretOf(orNull('DESKHAND_TEMPORAL_API_KEY', settings.DESKHAND_TEMPORAL_API_KEY)),
      ca: orNull('DESKHAND_TEMPORAL_CA', settings.DESKHAND_TEMPORAL_CA),
      certificate: orNull('DESKHAND_TEMPORAL_CERTIFICATE', settings.DESKHAND_TEMPORAL_CERTIFICATE),
      certificateKey: secretOf(orNull('DESKHAND_TEMPORAL_CERTIFICATE_KEY', settings.DESKHAND_TEMPORAL_CERTIFICATE_KEY)),
    },
    earlierSecret: secretOf(orNull('DESKHAND_EARLIER_SECRET', settings.DESKHAND_EARLIER_SECRET)),
    inboxFolder: resolve(orNull('DESKHAND_INBOX_FOLDER', settings.DESKHAND_INBOX_FOLDER)),
    imapUrl: secretOf(orNull('DESKHAND_IMAP_URL', settings.DESKHAND_IMAP_URL)),
    smtpUrl: secretOf(orNull('DESKHAND_SMTP_URL', settings.DESKHAND_SMTP_URL)),
    mailFrom: orNull('DESKHAND_MAIL_FROM', settings.DESKHAND_MAIL_FROM),
    paymentFormat: read('DESKHAND_PAYMENT_FORMAT', settings.DESKHAND_PAYMENT_FORMAT),
    achCompanyId: orNull('DESKHAND_ACH_COMPANY_ID', settings.DESKHAND_ACH_COMPANY_ID),
    bankUrl: orNull('DESKHAND_BANK_URL', settings.DESKHAND_BANK_URL),
    bankToken: secretOf(orNull('DESKHAND_BANK_TOKEN', settings.DESKHAND_BANK_TOKEN)),
    outsideLimits: orNull('DESKHAND_OUTSIDE_LIMITS', settings.DESKHAND_OUTSIDE_LIMITS) ?? {},
    callbackHosts: orNull('DESKHAND_CALLBACK_HOSTS', settings.DESKHAND_CALLBACK_HOSTS) ?? [],
    callbackSecret: secretOf(orNull('DESKHAND_CALLBACK_SECRET', settings.DESKHAND_CALLBACK_SECRET)),
    awsRegion: orNull('DESKHAND_AWS_REGION', settings.DESKHAND_AWS_REGION),
    awsEndpoint: orNull('DESKHAND_AWS_ENDPOINT', settings.DESKHAND_AWS_ENDPOINT),
    languageModel: readLanguageModel(read, orNull, faults),
    otlpEndpoint: orNull('DESKHAND_OTLP_ENDPOINT', settings.DESKHAND_OTLP_ENDPOINT),
  };
  if (config.bankUrl !== null && config.bankToken === null) {
    faults.push({
      name: 'DESKHAND_BANK_TOKEN',
      value: null,
      expected: 'set, because DESKHAND_BANK_URL is: no file leaves without a token',
    });
  }
  if (config.smtpUrl !== null && config.mailFrom === null) {
    faults.push({
      name: 'DESKHAND_MAIL_FROM',
      value: null,
      expected: 'set, because DESKHAND_SMTP_URL is: answers need an address to go to',
    });
  }
  faults.push(...faultsOfRoles(config), ...faultsOfTls(config.temporal));
  if (faults.length > 0) throw invalid(faults);
  return config;
}

type Read = <Value>(name: SettingName, definition: Setting<Value>) => Value;
type ReadOrNull = <Value>(name: SettingName, definition: Setting<Value>) => Value | null;

/** The settings of the language model, which belong together. */
function readLanguageModel(read: Read, orNull: ReadOrNull, faults: ConfigFault[]): Config['languageModel'] {
  const url = orNull('DESKHAND_LLM_URL', settings.DESKHAND_LLM_URL);
  const model = orNull('DESKHAND_LLM_MODEL', settings.DESKHAND_LLM_MODEL);
  const input = orNull('DESKHAND_LLM_INPUT_PRICE', settings.DESKHAND_LLM_INPUT_PRICE);
  const output = orNull('DESKHAND_LLM_OUTPUT_PRICE', settings.DESKHAND_LLM_OUTPUT_PRICE);
  const currency = read('DESKHAND_LLM_CURRENCY', settings.DESKHAND_LLM_CURRENCY);
  const budget = read('DESKHAND_LLM_BUDGET', settings.DESKHAND_LLM_BUDGET);
  const key = secretOf(orNull('DESKHAND_LLM_KEY', settings.DESKHAND_LLM_KEY));
  const takesPictures = read('DESKHAND_LLM_PICTURES', settings.DESKHAND_LLM_PICTURES);
  const missing = (name: SettingName, why: string): void => void faults.push({ name, value: null, expected: `set, because ${why}` });
  if (url !== null && model === null) missing('DESKHAND_LLM_MODEL', 'DESKHAND_LLM_URL is');
  if (url === null && model !== null) missing('DESKHAND_LLM_URL', 'DESKHAND_LLM_MODEL is');
  if (input === null && output !== null) missing('DESKHAND_LLM_INPUT_PRICE', 'DESKHAND_LLM_OUTPUT_PRICE is');
  if (output === null && (input !== null || (budget !== null && 'micros' in budget)))
    missing('DESKHAND_LLM_OUTPUT_PRICE', input === null ? 'a budget in money needs prices' : 'DESKHAND_LLM_INPUT_PRICE is');
  if (url === null || model === null || budget === null) return null;
  const prices = input === null || output === null ? null : { input, output, currency };
  return { url, model, key, takesPictures, prices, budget };
}

function faultsOfRoles({ engine, roles, databaseUrl, secret }: Config): ConfigFault[] {
  if (engine === 'dbos') {
    if (roles.length === 4) return [];
    return [
      { name: 'DESKHAND_ROLES', value: roles.join(','), expected: 'left out, because the embedded engine runs in the server itself' },
    ];
  }
  if (roles.includes('server')) return [];
  const shared = { DESKHAND_DATABASE_URL: databaseUrl, DESKHAND_SECRET: secret };
  return Object.entries(shared)
    .filter(([, value]) => value === null)
    .map(([name]) => ({ name, value: null, expected: "set, because a worker shares the server's" }));
}

function faultsOfTls({ isTls, apiKey, ca, certificate, certificateKey }: Config['temporal']): ConfigFault[] {
  const faults: ConfigFault[] = [];
  if (!isTls && [apiKey, ca, certificate, certificateKey].some((value) => value !== null)) {
    faults.push({
      name: 'DESKHAND_TEMPORAL_TLS',
      value: 'false',
      expected: 'true, because a key or certificate for the Temporal cluster is set, and neither may cross the network in the clear',
    });
  }
  if ((certificate === null) !== (certificateKey === null)) {
    const missing = certificate === null ? 'DESKHAND_TEMPORAL_CERTIFICATE' : 'DESKHAND_TEMPORAL_CERTIFICATE_KEY';
    faults.push({ name: missing, value: null, expected: 'set, because a certificate and its key belong together' });
  }
  return faults;
}

/** One row per setting, for `docs/reference/configuration.md` and `deskhand doctor`. */
export function describeConfig(): readonly {
  readonly name: string;
  readonly about: string;
  readonly expects: string;
  readonly fallback: string | null;
  readonly isSecret: boolean;
}[] {
  return Object.entries<Setting<unknown>>(settings).map(([name, { about, expects, fallback, fallbackShown, isSecret }]) => ({
    name,
    about,
    expects,
    fallback: fallbackShown ?? fallback,
    isSecret: isSecret === true,
  }));
}

function collectEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  { workingFolder }: ConfigSources,
  given: Map<SettingName, Given>,
  faults: ConfigFault[],
): void {
  for (const [variable, value] of Object.entries(environment)) {
    if (value === undefined || value === '' || variable === fileVariable) continue;
    const direct = settingOf(variable);
    const viaFile = variable.endsWith('_FILE') ? settingOf(variable.slice(0, -'_FILE'.length)) : null;
    if (direct !== null) give({ name: variable, value, source: 'environment' }, direct, given, faults);
    else if (viaFile !== null)
      give({ ...readValueFile(variable, value, workingFolder, faults), source: 'environment' }, viaFile, given, faults);
    else if (variable.startsWith('DESKHAND_')) faults.push(unknownName(variable, 'the environment'));
  }
}

function settingOf(variable: string): SettingName | null {
  return variable in settings ? (variable as SettingName) : (aliases[variable] ?? null);
}

function give(value: Given, setting: SettingName, given: Map<SettingName, Given>, faults: ConfigFault[]): void {
  const before = given.get(setting);
  if (before !== undefined && before.value !== value.value) {
    faults.push({
      name: `${before.name} and ${value.name}`,
      value: null,
      expected: 'only one of the two, because they say different things',
    });
  }
  if (value.value !== '') given.set(setting, value);
}

function readValueFile(name: string, file: string, workingFolder: string, faults: ConfigFault[]): { name: string; value: string } {
  try {
    return { name, value: readFileSync(path.resolve(workingFolder, file), 'utf8').trim() };
  } catch (cause) {
    faults.push({ name, value: file, expected: `a file that can be read (${(cause as Error).message})` });
    return { name, value: '' };
  }
}

function collectFile(
  environment: Readonly<Record<string, string | undefined>>,
  { workingFolder }: ConfigSources,
  dataFolder: string,
  given: Map<SettingName, Given>,
  faults: ConfigFault[],
): void {
  const named = environment[fileVariable] ?? '';
  const file = named === '' ? path.join(dataFolder, fileName) : path.resolve(workingFolder, named);
  if (!existsSync(file)) {
    if (named !== '') faults.push({ name: fileVariable, value: named, expected: 'a file that exists' });
    return;
  }
  for (const [name, value] of Object.entries(parseFile(file, faults))) {
    const setting = settingOf(name);
    if (setting === null) faults.push(unknownName(name, file));
    else if (!['string', 'number', 'boolean'].includes(typeof value))
      faults.push({ name, value: shown(setting, JSON.stringify(value)), expected: 'a text, a number, true or false' });
    else if (!given.has(setting)) given.set(setting, { name, value: String(value), source: file });
  }
}

function parseFile(file: string, faults: ConfigFault[]): Record<string, unknown> {
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (content !== null && typeof content === 'object' && !Array.isArray(content)) return content as Record<string, unknown>;
    faults.push({ name: file, value: null, expected: 'one JSON object of settings, such as {"DESKHAND_PORT": 3000}' });
  } catch (cause) {
    // The parser's message quotes the text, which may hold a secret.
    const reason = cause instanceof SyntaxError ? 'its text is not JSON' : (cause as Error).message;
    faults.push({ name: file, value: null, expected: `a JSON file that can be read (${reason})` });
  }
  return {};
}

function parseSetting<Value>(name: SettingName, definition: Setting<Value>, given: Given | undefined, faults: ConfigFault[]): Value | null {
  const value = given?.value ?? definition.fallback;
  if (value === null) return null;
  const result = definition.schema.safeParse(value);
  if (result.success) return result.data;
  const where = given === undefined || given.source === 'environment' ? '' : ` (in ${given.source})`;
  faults.push({ name: `${given?.name ?? name}${where}`, value: shown(name, value), expected: definition.expects });
  return null;
}

function shown(name: SettingName, value: string): string {
  const definition: Setting<unknown> = settings[name];
  return definition.isSecret === true ? '[secret]' : value;
}

function secretOf(value: string | null): Secret | null {
  return value === null ? null : new Secret(value);
}

/** The value stays out: under a mistyped name it may be a secret. */
function unknownName(name: string, source: string): ConfigFault {
  const near = nearestName(name, Object.keys(settings));
  const advice = near === null ? 'a setting of docs/reference/configuration.md' : `${near}, if that is what is meant`;
  return { name, value: null, expected: `${advice}; ${source} has a name that Deskhand does not know` };
}

function invalid(faults: readonly ConfigFault[]): DeskhandError {
  const lines = faults.map(({ name, value, expected }) => `  ${name}${value === null ? '' : ` is "${value}"`}: must be ${expected}.`);
  const count = faults.length === 1 ? 'A setting is' : `${faults.length} settings are`;
  return new DeskhandError(platformErrors.configInvalid, `${count} wrong:\n${lines.join('\n')}`, { details: { faults } });
}
