// Runs in two places from this one text: in `deskhand audit check`, and inside the folder's own page, which gets this
// file with its types taken off. So it imports nothing, and touches nothing but its arguments.

/** What the check reads from: a folder on disk, or the files that a person chose in the browser. */
export interface FolderSource {
  /** Paths below the folder, with `/`. */
  readonly paths: readonly string[];
  read(path: string): Promise<Uint8Array>;
  /** Lower-case hex. */
  sha256(bytes: Uint8Array): Promise<string>;
}

export interface FolderFault {
  /** The file that is not as it was exported. */
  readonly path: string;
  /** One plain sentence. */
  readonly message: string;
}

export interface FolderFinding {
  readonly isIntact: boolean;
  /** SHA-256 of `manifest.json`: the one number that stands for the whole folder. Null when there is no manifest. */
  readonly manifestSha256: string | null;
  /** Files and log entries that were looked at. */
  readonly files: number;
  readonly entries: number;
  /** In the order of the folder; empty when intact. */
  readonly faults: readonly FolderFault[];
  /** What was already gone when the folder was written. */
  readonly missing: readonly FolderFault[];
}

/** Place in the audit log: the entry's number and its hash. */
export interface ChainPlace {
  readonly sequence: number;
  readonly hash: string;
}

/** `manifest.json`. */
export interface FolderManifest {
  readonly version: 1;
  readonly organization: { readonly id: string; readonly name: string };
  readonly period: { readonly name: string; readonly from: string; readonly until: string; readonly timeZone: string };
  readonly exportedAt: string;
  readonly exportedBy: string;
  /** The log right before the first entry in the folder, and at the last one. */
  readonly chain: { readonly before: ChainPlace; readonly after: ChainPlace };
  readonly missing: readonly FolderFault[];
  readonly files: readonly { readonly path: string; readonly sizeBytes: number; readonly sha256: string }[];
}

/** One line of `audit/entries.jsonl`. */
export interface FolderEntry {
  readonly organizationId: string;
  readonly sequence: number;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly subjects: readonly string[];
  readonly details: Readonly<Record<string, unknown>>;
  readonly previousHash: string;
  readonly hash: string;
}

/**
 * Holds a folder against its own manifest and hash chain: every file byte for byte, every entry of the log in its place,
 * and what the log says of mails, approvals, bank files and their releases against the files themselves.
 *
 * @param expectedManifestSha256 - as the export printed it and the audit log keeps it; finds a folder rewritten as a whole.
 */
export async function checkFolder(source: FolderSource, expectedManifestSha256: string | null = null): Promise<FolderFinding> {
  const nothing = { isIntact: false, manifestSha256: null, files: 0, entries: 0, missing: [] };
  if (!source.paths.includes('manifest.json'))
    return { ...nothing, faults: [{ path: 'manifest.json', message: 'The list of files is missing. Is this the exported folder?' }] };
  const manifestBytes = await source.read('manifest.json');
  const manifestSha256 = await source.sha256(manifestBytes);
  const manifest = parseManifest(manifestBytes);
  if (manifest === null)
    return {
      ...nothing,
      manifestSha256,
      faults: [{ path: 'manifest.json', message: 'The list of files cannot be read: it was changed.' }],
    };
  const faults: FolderFault[] = [];
  if (expectedManifestSha256 !== null && expectedManifestSha256.toLowerCase() !== manifestSha256)
    faults.push({ path: 'manifest.json', message: `Its fingerprint is ${manifestSha256}, not the one that was recorded at the export.` });
  faults.push(...(await checkFiles(source, manifest)));
  const chain = await checkChain(source, manifest);
  faults.push(...chain.faults);
  if (chain.faults.length === 0) faults.push(...(await checkAnchors(source, manifest, chain.entries)));
  return {
    isIntact: faults.length === 0,
    manifestSha256,
    files: manifest.files.length,
    entries: chain.entries.length,
    faults,
    missing: manifest.missing,
  };
}

async function checkFiles(source: FolderSource, manifest: FolderManifest): Promise<FolderFault[]> {
  const faults: FolderFault[] = [];
  const present = new Set(source.paths);
  for (const { path, sizeBytes, sha256 } of manifest.files) {
    if (!present.has(path)) {
      faults.push({ path, message: 'This file is missing.' });
      continue;
    }
    const bytes = await source.read(path);
    if (bytes.byteLength !== sizeBytes) {
      faults.push({ path, message: `This file was changed: it has ${bytes.byteLength} bytes instead of ${sizeBytes}.` });
    } else if ((await source.sha256(bytes)) !== sha256) faults.push({ path, message: 'This file was changed after the export.' });
  }
  const listed = new Set(['manifest.json', ...manifest.files.map(({ path }) => path)]);
  const added = source.paths.filter((path) => !listed.has(path));
  return [...faults, ...added.map((path) => ({ path, message: 'This file does not belong to the export.' }))];
}

const entriesPath = 'audit/entries.jsonl';

async function checkChain(
  source: FolderSource,
  manifest: FolderManifest,
): Promise<{ readonly entries: readonly FolderEntry[]; readonly faults: readonly FolderFault[] }> {
  if (!source.paths.includes(entriesPath)) return { entries: [], faults: [] };
  const { before, after } = manifest.chain;
  const entries: FolderEntry[] = [];
  const broken = (message: string): { entries: FolderEntry[]; faults: FolderFault[] } => ({
    entries,
    faults: [{ path: entriesPath, message }],
  });
  let { sequence, hash: previousHash } = before;
  for (const line of textOf(await source.read(entriesPath)).split('\n')) {
    if (line === '') continue;
    const entry = parseEntry(line);
    const expected = sequence + 1;
    if (entry === null) return broken(`The log breaks at entry ${expected}: its line cannot be read.`);
    if (entry.sequence !== expected) return broken(`The log breaks: entry ${expected} is missing, ${entry.sequence} follows instead.`);
    if (entry.previousHash !== previousHash) return broken(`The log breaks at entry ${expected}: it does not follow the one before it.`);
    const { hash, ...link } = entry;
    if ((await source.sha256(bytesOf(canonicalJson(link)))) !== hash)
      return broken(`The log breaks at entry ${expected}: it was changed after it was written.`);
    entries.push(entry);
    sequence = expected;
    previousHash = hash;
  }
  if (sequence === after.sequence && previousHash === after.hash) return { entries, faults: [] };
  return broken(`The log ends at entry ${sequence}, but was exported up to entry ${after.sequence} with the hash ${after.hash}.`);
}

/** What the log says a file was, by action: its folder, and where the hash stands. */
const anchors: Readonly<Record<string, { readonly folder: string; readonly detail: string; readonly noun: string }>> = {
  'message.received': { folder: 'messages', detail: 'sha256', noun: 'The mail or file as it came' },
  'payment-run.released': { folder: 'payment-runs', detail: 'fileSha256', noun: 'The bank file as it was released' },
  'bank-file.imported': { folder: 'bank-messages', detail: 'sha256', noun: 'The answer of the bank as it was imported' },
};

async function checkAnchors(source: FolderSource, manifest: FolderManifest, entries: readonly FolderEntry[]): Promise<FolderFault[]> {
  const faults: FolderFault[] = [];
  const hashesOf = new Map<string, Set<string>>();
  for (const { path, sha256 } of manifest.files) {
    const folder = path.split('/').slice(0, 2).join('/');
    hashesOf.set(folder, (hashesOf.get(folder) ?? new Set()).add(sha256));
  }
  const gone = new Set(manifest.missing.map(({ path }) => path.split('/').slice(0, 2).join('/')));
  for (const entry of entries) {
    const { sequence, action, subjects, details } = entry;
    const anchor = anchors[action];
    const folder = `${anchor?.folder ?? 'invoices'}/${subjects[0] ?? ''}`;
    if (gone.has(folder)) continue;
    const recorded = anchor === undefined ? null : details[anchor.detail];
    if (anchor !== undefined && typeof recorded === 'string' && hashesOf.get(folder)?.has(recorded) !== true)
      faults.push({ path: folder, message: `${anchor.noun} (entry ${sequence}) is not here.` });
    faults.push(...(await checkRecorded({ source, hashesOf, gone }, entry)));
    if (action === 'invoice.approved' && !(await holdsApproval(source, `${folder}/invoice.json`, details['digest'])))
      faults.push({ path: `${folder}/invoice.json`, message: `It lacks the approval that entry ${sequence} of the log records.` });
    if (action === 'payment-run.released' && !(await holdsStepUp(source, `${folder}/run.json`, details)))
      faults.push({
        path: `${folder}/run.json`,
        message: `It lacks the ${details['signedWith'] === 'authenticator' ? 'code of an authenticator app' : 'signature of a passkey'} that entry ${sequence} of the log records.`,
      });
  }
  return faults;
}

async function holdsApproval(source: FolderSource, path: string, digest: unknown): Promise<boolean> {
  if (!source.paths.includes(path)) return false;
  const invoice = parseJson(textOf(await source.read(path))) as { approvals?: { digest: string }[] } | null;
  return invoice?.approvals?.some((approval) => approval.digest === digest) ?? false;
}

interface StepUp {
  readonly signing_key_id: string;
  readonly digest: string;
  readonly time_step?: number;
}

/** Whether the run holds what its release was signed with, for the digest and by the key that the log names; entries without one ask for none. */
async function holdsStepUp(source: FolderSource, path: string, details: FolderEntry['details']): Promise<boolean> {
  const { signedWith, signingKeyId, digest, timeStep } = details;
  if (typeof signedWith !== 'string') return true;
  if (!source.paths.includes(path)) return false;
  const run = parseJson(textOf(await source.read(path))) as { signatures?: StepUp[]; codes?: StepUp[] } | null;
  const isIt = (one: StepUp): boolean => one.signing_key_id === signingKeyId && one.digest === digest;
  return signedWith === 'authenticator'
    ? (run?.codes?.some((one) => isIt(one) && one.time_step === timeStep) ?? false)
    : (run?.signatures?.some(isIt) ?? false);
}

interface Evidence {
  readonly source: FolderSource;
  /** SHA-256 of the files of each folder. */
  readonly hashesOf: ReadonlyMap<string, ReadonlySet<string>>;
  /** Folders of which something was lost before the export. */
  readonly gone: ReadonlySet<string>;
}
type RecordedEntry = Pick<FolderEntry, 'sequence' | 'at' | 'actor' | 'action' | 'subjects' | 'details'>;

/** What the log records of mails, gates and agreements must stand in the files as it was recorded. */
async function checkRecorded(evidence: Evidence, entry: RecordedEntry): Promise<FolderFault[]> {
  const { action, subjects, details } = entry;
  if (action.startsWith('question.')) return await checkThread(evidence, entry);
  if (action.startsWith('agreement.')) return await checkAgreement(evidence.source, entry);
  const invoiceId = subjects[1] ?? '';
  if (action !== 'task.decided' || details['decision'] !== 'pass' || typeof details['noteSha256'] !== 'string') return [];
  const path = `invoices/${invoiceId}/invoice.json`;
  const invoice = await readJsonFile<{ gatePasses?: { member_id: string; reason: string }[] }>(evidence.source, path);
  for (const pass of invoice?.gatePasses ?? [])
    if (pass.member_id === entry.actor && (await evidence.source.sha256(bytesOf(pass.reason))) === details['noteSha256']) return [];
  return [{ path, message: `It lacks who let a gate pass, or why, as entry ${entry.sequence} of the log records.` }];
}

interface ThreadQuestion {
  readonly id: string;
  readonly recipient: string;
  readonly to_name: string;
  readonly asked_at: string;
  readonly to_address: string;
  readonly asked_by: string | null;
  readonly policy: { readonly policy_version: number; readonly because: string } | null;
  readonly mails: readonly ThreadMail[];
}
interface ThreadMail {
  readonly id: string;
  readonly subject: string;
  readonly body: string;
  readonly delivery: string | null;
  readonly event_id: string | null;
  readonly from_address: string | null;
  readonly doubt: string | null;
  readonly answer: unknown;
  readonly settled: string | null;
  readonly settled_by: string | null;
  readonly settled_at: string | null;
  readonly sent_at: string | null;
}

/** An entry from before its texts were recorded names no mail, and is not held against any. */
async function checkThread({ source, hashesOf, gone }: Evidence, entry: RecordedEntry): Promise<FolderFault[]> {
  const { sequence, action, subjects, details } = entry;
  const mailId = details['mailId'] ?? details['answerId'];
  if (typeof mailId !== 'string') return [];
  const path = `invoices/${subjects[2] ?? ''}/questions.json`;
  const fault = (message: string): FolderFault[] => [{ path, message }];
  const questions = await readJsonFile<ThreadQuestion[]>(source, path);
  const question = questions?.find(({ id }) => id === subjects[0]);
  const mail = question?.mails.find(({ id }) => id === mailId);
  if (question === undefined || mail === undefined) return fault(`It lacks the mail that entry ${sequence} of the log records.`);
  const text =
    action === 'question.answered'
      ? readAnswer({ from: mail.from_address, subject: mail.subject, body: mail.body, doubt: mail.doubt, recognised: mail.answer })
      : writtenMail({ to: question.to_address, subject: mail.subject, body: mail.body });
  const recorded = details['textSha256'];
  if (typeof recorded === 'string' && (await source.sha256(bytesOf(text))) !== recorded)
    return fault(`The text of a mail, or whom it was to or from, is not as entry ${sequence} of the log records it.`);
  const isAsRecorded = decidedParts[action]?.(question, mail, entry) ?? true;
  if (!isAsRecorded)
    return fault(`Who asked or decided, when, and what became of a mail is not as entry ${sequence} of the log records it.`);
  const message = `messages/${mail.event_id ?? ''}`;
  const content = details['contentSha256'];
  const isHere = typeof content !== 'string' || gone.has(message) || hashesOf.get(message)?.has(content) === true;
  return isHere ? [] : [{ path: message, message: `The mail that answered (entry ${sequence}) is not here as it came.` }];
}

/** Beside its text: what the entry of each action says of a question and its mail. */
const decidedParts: Readonly<Record<string, (question: ThreadQuestion, mail: ThreadMail, entry: RecordedEntry) => boolean>> = {
  'question.asked': ({ policy, ...question }, _mail, { actor, at, details }) =>
    (question.asked_by ?? 'deskhand') === actor &&
    isSameInstant(question.asked_at, at) &&
    question.recipient === details['recipient'] &&
    question.to_name === details['toName'] &&
    (policy?.policy_version ?? null) === (details['policyVersion'] ?? null) &&
    (policy?.because ?? null) === (details['because'] ?? null),
  'question.sent': (_question, mail, { at, details }) => mail.delivery === details['delivery'] && isSameInstant(mail.sent_at, at),
  'question.not-sent': (_question, mail) => mail.delivery === 'refused',
  'question.answer-settled': (_question, mail, { actor, at, details }) =>
    mail.settled === details['effect'] && mail.settled_by === actor && isSameInstant(mail.settled_at, at),
};

function isSameInstant(one: string | null, other: string): boolean {
  return one !== null && Date.parse(one) === Date.parse(other);
}

async function checkAgreement(source: FolderSource, { sequence, actor, action, subjects, details }: RecordedEntry): Promise<FolderFault[]> {
  const path = `agreements/${subjects[0] ?? ''}.json`;
  const agreement = await readJsonFile<Readonly<Record<string, unknown>>>(source, path);
  const by = { 'agreement.written': 'created_by', 'agreement.confirmed': 'confirmed_by', 'agreement.ended': 'ended_by' }[action];
  if (by === undefined) return [];
  const amount = details['amount'];
  const isSame =
    agreement?.[by] === actor &&
    agreement['name'] === String(details['name']).trim() &&
    (action !== 'agreement.written' || agreement['currency'] === details['currency']) &&
    (action !== 'agreement.written' || details['rhythm'] === 'dates' || amount == null || Number(agreement['amount']) === Number(amount));
  return isSame ? [] : [{ path, message: `The agreement is not as entry ${sequence} of the log records it.` }];
}

/** What the log keeps the SHA-256 of, when a mail is written. */
export function writtenMail(mail: { readonly to: string; readonly subject: string; readonly body: string }): string {
  return canonicalJson({ to: mail.to, subject: mail.subject, body: mail.body });
}

/** What the log keeps the SHA-256 of, when a mail answers: the mail, the doubt about it, and what was read in it. */
export function readAnswer(answer: {
  readonly from: string | null;
  readonly subject: string;
  readonly body: string;
  readonly doubt: string | null;
  readonly recognised: unknown;
}): string {
  const { from, subject, body, doubt, recognised } = answer;
  return canonicalJson({ from, subject, body, doubt, recognised });
}

async function readJsonFile<Shape>(source: FolderSource, path: string): Promise<Shape | null> {
  return source.paths.includes(path) ? (parseJson(textOf(await source.read(path))) as Shape | null) : null;
}

/** RFC 8785: keys in the order of their UTF-16 code units, no white space. Same text as the log's own. */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`;
}

function parseManifest(bytes: Uint8Array): FolderManifest | null {
  const manifest = parseJson(textOf(bytes)) as Partial<FolderManifest> | null;
  const isWhole =
    manifest?.version === 1 && Array.isArray(manifest.files) && Array.isArray(manifest.missing) && manifest.chain?.before !== undefined;
  return isWhole ? (manifest as FolderManifest) : null;
}

function parseEntry(line: string): FolderEntry | null {
  const entry = parseJson(line) as Partial<FolderEntry> | null;
  return typeof entry?.sequence === 'number' && Array.isArray(entry.subjects) && typeof entry.details === 'object'
    ? (entry as FolderEntry)
    : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: the caller names the file.
    return null;
  }
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
