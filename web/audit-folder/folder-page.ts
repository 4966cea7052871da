// The script of `index.html` in an auditor's folder (src/orchestration/audit-folder/folder-page.ts puts it there, after
// the check itself and with its types taken off). It imports nothing and asks no network; all text goes in as text.

interface Fault {
  readonly path: string;
  readonly message: string;
}
interface Place {
  readonly sequence: number;
  readonly hash: string;
}
export interface Content {
  readonly organization: { readonly name: string };
  readonly period: { readonly name: string; readonly from: string; readonly until: string; readonly timeZone: string };
  readonly exportedAt: string;
  readonly exportedBy: string;
  readonly chain: { readonly before: Place; readonly after: Place };
  readonly missing: readonly Fault[];
  readonly invoices: readonly Invoice[];
}
interface Invoice {
  readonly id: string;
  readonly documentId: string;
  readonly number: string | null;
  readonly supplier: string | null;
  readonly issuedOn: string | null;
  readonly gross: string | null;
  readonly currency: string | null;
  readonly status: string;
  readonly paymentRunId: string | null;
}
interface Run {
  readonly run: { readonly released_by: string | null; readonly released_at: string | null };
  readonly signatures: readonly StepUp[];
  readonly codes: readonly StepUp[];
  readonly signingKeys: readonly { readonly id: string; readonly name: string }[];
}
interface StepUp {
  readonly signing_key_id: string;
  readonly digest: string;
  readonly time_step?: number;
}
interface Finding {
  readonly isIntact: boolean;
  readonly manifestSha256: string | null;
  readonly files: number;
  readonly entries: number;
  readonly faults: readonly Fault[];
}
/** From src/domain/audit-folder/check-folder.ts, which stands before this text in the page. */
declare function checkFolder(
  source: { paths: string[]; read(path: string): Promise<Uint8Array>; sha256(bytes: Uint8Array): Promise<string> },
  expected: string | null,
): Promise<Finding>;

interface Value {
  readonly value: string | null;
  readonly standing: string;
  readonly reason: string;
  readonly evidence: { readonly page: number; readonly box: readonly number[]; readonly text: string } | null;
}
interface Extraction {
  readonly fields: Readonly<Record<string, Value>>;
  readonly proof: { readonly equations: readonly { readonly text: string; readonly holds: boolean }[] };
}
interface ReadPage {
  readonly number: number;
  readonly width: number;
  readonly height: number;
  readonly words: readonly { readonly text: string; readonly box: readonly number[] }[];
}
type Row = Readonly<Record<string, unknown>>;
interface Evidence {
  readonly invoice: { readonly assessment: { readonly agreement?: { readonly agreementId: string } } | null };
  readonly approvals: readonly Row[];
  readonly tasks: readonly Row[];
  readonly gatePasses: readonly Row[];
  readonly corrections: readonly Row[];
  readonly payments: readonly Row[];
}

interface Thread {
  readonly recipient: string;
  readonly to_name: string;
  readonly to_address: string;
  readonly asked_by: string | null;
  readonly asked_at: string;
  readonly outcome: string | null;
  readonly policy: { readonly policy_version: number; readonly because: string } | null;
  readonly mails: readonly ThreadMail[];
}
interface ThreadMail {
  readonly direction: 'out' | 'in';
  readonly subject: string;
  readonly body: string;
  readonly written_at: string;
  readonly purpose: string | null;
  readonly delivery: string | null;
  readonly sent_at: string | null;
  readonly event_id: string | null;
  readonly from_address: string | null;
  readonly doubt: string | null;
  readonly answer: { readonly kind: string; readonly sentence: string | null; readonly why: string | null } | null;
  readonly settled: string | null;
  readonly settled_by: string | null;
  readonly settled_at: string | null;
}

let chosen = new Map<string, File>();

const content = JSON.parse(byId('content').textContent) as Content;

showHead();
showInvoices('');
byId('folder').addEventListener('change', () => void check());
byId('expected').addEventListener('change', () => void check());
byId('find').addEventListener('input', () => showInvoices(inputOf('find').value));

function showHead(): void {
  const { organization, period, exportedAt, exportedBy, chain } = content;
  byId('title').textContent = `Auditor’s folder · ${organization.name} · ${period.name}`;
  byId('about').textContent =
    `${period.from} to ${period.until} (${period.timeZone}), exported on ${exportedAt.slice(0, 10)} by ${exportedBy}: ` +
    `${content.invoices.length} invoices, entries ${chain.before.sequence + 1} to ${chain.after.sequence} of the log.`;
  byId('missing').replaceChildren(...content.missing.map(({ path, message }) => element('li', `${path}: ${message}`)));
}

async function check(): Promise<void> {
  const files = [...(inputOf('folder').files ?? [])];
  if (files.length === 0) return;
  say('unchecked', `Checking ${files.length} files …`, []);
  // The browser names files with the chosen folder first.
  chosen = new Map(files.map((file) => [file.webkitRelativePath.split('/').slice(1).join('/'), file]));
  const expected = inputOf('expected').value.trim();
  try {
    const finding = await checkFolder({ paths: [...chosen.keys()], read: readFile, sha256 }, expected === '' ? null : expected);
    const count = `${finding.files} files and ${finding.entries} entries of the log`;
    if (finding.isIntact) say('intact', `Intact: ${count} are as they were exported.`, []);
    else say('broken', `Broken: ${finding.faults.length} of what was checked is not as it was exported.`, finding.faults);
    byId('fingerprints').replaceChildren(
      element('dt', 'Fingerprint of the list (compare it with the export’s own output, or its entry in the audit log)'),
      element('dd', finding.manifestSha256 ?? 'none'),
      element('dt', 'Head of the log before and after'),
      element('dd', `${content.chain.before.hash} → ${content.chain.after.hash}`),
    );
  } catch (thrown) {
    say('broken', `The folder could not be read: ${String(thrown)}`, []);
  }
}

function say(state: 'unchecked' | 'intact' | 'broken', verdict: string, faults: readonly Fault[]): void {
  byId('verdict').textContent = verdict;
  byId('verdict').dataset['state'] = state;
  byId('faults').replaceChildren(...faults.map(({ path, message }) => element('li', `${path}: ${message}`)));
}

async function readFile(path: string): Promise<Uint8Array> {
  const file = chosen.get(path);
  return file === undefined ? new Uint8Array() : new Uint8Array(await file.arrayBuffer());
}

async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes.slice());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function showInvoices(wanted: string): void {
  const words = wanted.toLowerCase();
  const found = content.invoices.filter((invoice) =>
    [invoice.id, invoice.number, invoice.supplier, invoice.gross, invoice.status].some((text) => text?.toLowerCase().includes(words)),
  );
  byId('invoices').replaceChildren(
    ...found.slice(0, 500).map((invoice) => {
      const open = element('button', invoice.number ?? invoice.id);
      open.addEventListener('click', () => void showInvoice(invoice));
      const amount = `${invoice.gross ?? ''} ${invoice.currency ?? ''}`;
      return row(open, invoice.supplier ?? '', invoice.issuedOn ?? '', amount, invoice.status);
    }),
  );
}

async function showInvoice(invoice: Invoice): Promise<void> {
  const place = byId('invoice');
  const folder = `documents/${invoice.documentId}`;
  if (chosen.size === 0) return place.replaceChildren(element('p', 'Choose the folder first; the documents lie there.'));
  const evidence = await readJson<Evidence>(`invoices/${invoice.id}/invoice.json`);
  const extraction = await readJson<Extraction>(`${folder}/extraction.json`);
  const reading = await readJson<{ pages: ReadPage[] }>(`${folder}/reading.json`);
  const run = await readJson<Run>(`payment-runs/${invoice.paymentRunId ?? ''}/run.json`);
  const threads = (await readJson<readonly Thread[]>(`invoices/${invoice.id}/questions.json`)) ?? [];
  const people = new Map(
    (await readJson<readonly { id: string; name: string }[]>('office/members.json'))?.map(({ id, name }) => [id, name]),
  );
  const agreementId = evidence?.invoice.assessment?.agreement?.agreementId;
  const agreement = agreementId === undefined ? null : await readJson<Row>(`agreements/${agreementId}.json`);
  const original = [...chosen.keys()].find((path) => path.startsWith(`${folder}/original.`));
  const link = element('a', 'The document as it came');
  if (original !== undefined) link.setAttribute('href', original);
  const values = Object.entries(extraction?.fields ?? {}).filter(([, { value }]) => value !== null);
  place.replaceChildren(
    element('h2', `${invoice.number ?? invoice.id} · ${invoice.supplier ?? ''}`),
    link,
    element('h3', 'What was read, and where'),
    table(
      ...values.map(([name, { value, standing, evidence: at, reason }]) => row(nameOf(name), value ?? '', standing, placeOf(at), reason)),
    ),
    element('h3', 'Proof card'),
    table(...(extraction?.proof.equations ?? []).map(({ text, holds }) => row(text, holds ? 'holds' : 'does not hold'))),
    ...(reading?.pages ?? []).map((page) => drawPage(page, values)),
    ...threads.flatMap((thread) => showThread(thread, people)),
    ...section('agreements', agreement === null ? [] : [agreement]),
    ...(['approvals', 'tasks', 'gatePasses', 'corrections', 'payments'] as const).flatMap((name) => section(name, evidence?.[name] ?? [])),
    ...(run === null || run.run.released_at === null ? [] : [element('h3', 'Release'), element('p', sayRelease(run, people))]),
  );
  place.scrollIntoView();
}

/** Which kind of proof stands behind the release, and what that kind is worth. */
function sayRelease({ run, signatures, codes, signingKeys }: Run, people: ReadonlyMap<string, string>): string {
  const who = people.get(run.released_by ?? '') ?? run.released_by ?? '';
  const at = `Released by ${who} at ${run.released_at ?? ''}`;
  const nameIn = ({ signing_key_id: id }: StepUp): string => signingKeys.find((key) => key.id === id)?.name ?? id;
  const [signature] = signatures ?? [];
  if (signature !== undefined)
    return `${at}, signed with the passkey “${nameIn(signature)}”: the signature is over the digest ${signature.digest} itself and can be checked with the public key in the run’s file.`;
  const [code] = codes ?? [];
  if (code !== undefined)
    return `${at}, with a code of the authenticator app “${nameIn(code)}” (time step ${code.time_step ?? ''}): the code proves that its holder was there; that it was given for the digest ${code.digest} is the server’s own record.`;
  return `${at}, without passkey or code.`;
}

const shortNames: Readonly<Record<string, string>> = { iban: 'IBAN', poNumber: 'Purchase order', supplierTaxId: 'Supplier’s tax number' };

/** `grossTotal` is read as "Gross total". */
function nameOf(field: string): string {
  const words = field.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return shortNames[field] ?? `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** One question by mail: who asked whom and why, each mail, what was read in an answer, and who said what follows. */
function showThread({ recipient, policy, mails, ...thread }: Thread, people: ReadonlyMap<string, string>): Node[] {
  const nameOfMember = (id: string | null): string => (id === null ? 'Deskhand' : (people.get(id) ?? id));
  const whom = thread.to_name === '' ? thread.to_address : `${thread.to_name} <${thread.to_address}>`;
  const why = policy === null ? '' : ` by itself, under policy version ${policy.policy_version}. ${policy.because}`;
  return [
    element('h3', `Asked by mail: ${whom}`),
    element('p', `${nameOfMember(thread.asked_by)} asked on ${sayTime(thread.asked_at)}${why}`),
    element('p', `The ${recipient} was asked. ${thread.outcome === null ? 'It was open at the export.' : `It ended: ${thread.outcome}.`}`),
    ...mails.flatMap((mail) => showMail(mail, nameOfMember)),
  ];
}

function showMail(mail: ThreadMail, nameOfMember: (id: string | null) => string): Node[] {
  const text = element('pre', `${mail.subject}\n\n${mail.body}`);
  if (mail.direction === 'out') {
    const sent = mail.sent_at === null ? '' : ` ${sayTime(mail.sent_at)}`;
    return [element('p', `${mail.purpose === 'remind' ? 'Reminder' : 'Question'}: ${mail.delivery ?? ''}${sent}`), text];
  }
  const read = mail.answer?.sentence ?? mail.answer?.why ?? 'nothing';
  const settled =
    mail.settled === null
      ? 'Nothing followed from it.'
      : `${nameOfMember(mail.settled_by)} said: ${mail.settled}, ${sayTime(mail.settled_at)}.`;
  const came = element('a', 'The mail as it came');
  const file = `messages/${mail.event_id ?? ''}/original.eml.txt`;
  if (chosen.has(file)) came.setAttribute('href', file);
  return [
    element(
      'p',
      `Answer from ${mail.from_address ?? 'nobody'}, ${sayTime(mail.written_at)}.${mail.doubt === null ? '' : ` In doubt: ${mail.doubt}`}`,
    ),
    text,
    element('p', `Read in it (${mail.answer?.kind ?? 'nothing'}): ${read} ${settled}`),
    came,
  ];
}

/** `2026-03-02 09:00 UTC`. */
function sayTime(instant: string | null): string {
  return instant === null ? '' : `${new Date(instant).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

const sectionTitles = {
  agreements: 'Agreement that it was held against',
  approvals: 'Approvals',
  tasks: 'Questions and decisions',
  gatePasses: 'Fraud gates that two people passed',
  corrections: 'Corrections',
  payments: 'Payment',
} as const;

function section(name: keyof typeof sectionTitles, rows: readonly Row[]): Node[] {
  if (rows.length === 0) return [];
  return [element('h3', sectionTitles[name]), ...rows.map((entry) => element('pre', JSON.stringify(entry, null, 1)))];
}

/** The words of the page where they stand, and a frame around each value. */
function drawPage({ number, width, height, words }: ReadPage, values: readonly (readonly [string, Value])[]): Node {
  const page = drawn('svg', { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': `Page ${number} as it was read` });
  for (const { text, box } of words) {
    const [left = 0, top = 0, right = 0, bottom = 0] = box;
    const size = {
      x: left,
      y: bottom - (bottom - top) * 0.2,
      textLength: Math.max(right - left, 1),
      'font-size': Math.max(bottom - top, 1),
    };
    const word = drawn('text', { ...size, lengthAdjust: 'spacingAndGlyphs', fill: '#222' });
    word.textContent = text;
    page.append(word);
  }
  for (const [name, { evidence }] of values) {
    if (evidence?.page !== number) continue;
    const [left = 0, top = 0, right = 0, bottom = 0] = evidence.box;
    const frame = drawn('rect', { x: left, y: top, width: right - left, height: bottom - top, fill: '#2b6cff22', stroke: '#2b6cff' });
    const title = drawn('title', {});
    title.textContent = name;
    frame.append(title);
    page.append(frame);
  }
  return page;
}

function placeOf(evidence: Value['evidence']): string {
  return evidence === null ? '' : `page ${evidence.page} (${evidence.box.map(Math.round).join(', ')}): ${evidence.text}`;
}

async function readJson<Shape>(path: string): Promise<Shape | null> {
  if (!chosen.has(path)) return null;
  try {
    return JSON.parse(new TextDecoder().decode(await readFile(path))) as Shape;
  } catch {
    // Changed into something that is no JSON; the check has named it.
    return null;
  }
}

function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new TypeError(`The page has no part ${id}.`);
  return found;
}

function inputOf(id: string): HTMLInputElement {
  return byId(id) as HTMLInputElement;
}

function element(name: string, text: string): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

function drawn(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

function table(...rows: HTMLElement[]): HTMLElement {
  const wide = element('div', '');
  wide.className = 'wide';
  // Wider than a phone: the keys reach it too.
  wide.tabIndex = 0;
  const body = element('table', '');
  body.append(...rows);
  wide.append(body);
  return wide;
}

function row(...cells: readonly (string | Node)[]): HTMLElement {
  const made = element('tr', '');
  made.append(
    ...cells.map((cell) => {
      const place = element('td', '');
      place.append(cell);
      return place;
    }),
  );
  return made;
}
