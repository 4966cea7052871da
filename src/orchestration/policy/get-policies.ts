import type { Actor } from '#domain/identity';
import { mayDo } from '#domain/identity';
import { inputKinds, withQuestions, writeJdm, type JdmFile } from '#domain/policy';
import type { Transaction } from '#platform';
import { ask } from '../queries/ask.ts';
import type { Office } from '../tasks/office.ts';
import { todayOf } from '../today.ts';
import { loadVersion } from './activate-policy.ts';
import { loadSettings, policyInForce, type PolicyContent } from './policy-in-force.ts';
import { checkContent, refusalOf, type PolicyCheck } from './policy-world.ts';

interface PersonView {
  readonly id: string;
  readonly name: string;
}

/** A version in the list: `active` decides today, `planned` will, `past` did, `draft` never; the settings were before all. */
export interface PolicyVersionView {
  readonly version: number;
  readonly name: string;
  readonly note: string;
  readonly state: 'active' | 'planned' | 'past' | 'draft';
  /** Null for the settings that Deskhand comes with. */
  readonly author: PersonView | null;
  readonly createdAt: string | null;
  readonly effectiveOn: string | null;
  readonly activatedBy: PersonView | null;
}
export interface PolicyVersionDetail extends PolicyVersionView, PolicyContent, PolicyCheck {
  readonly kinds: ReturnType<typeof inputKinds>;
  readonly mayActivate: boolean;
  /** Why this person may not switch it on; null when they may. */
  readonly whyNot: string | null;
}

/** All versions, the newest first; the last is what decided before there were any. */
export async function listPolicies(office: Office, actor: Actor): Promise<{ items: PolicyVersionView[]; mayEdit: boolean }> {
  return await ask(office, actor, 'invoices:read', async (transaction) => ({
    items: await loadViews(transaction, todayOf(office.clock)),
    mayEdit: mayDo(actor, 'policies:edit'),
  }));
}

/** One version with its tables, its test cases and what was found of it. @throws DH_ORCHESTRATION_NOT_FOUND */
export async function getPolicy(office: Office, actor: Actor, version: number): Promise<PolicyVersionDetail> {
  return await ask(office, actor, 'invoices:read', async (transaction) => {
    const views = await loadViews(transaction, todayOf(office.clock));
    const view = views.find((one) => one.version === version);
    const settings = await loadSettings(transaction);
    const isSettings = view?.author === null;
    const content = isSettings ? { tables: settings.tables, cases: [] } : (await loadVersion(transaction, version)).content;
    const check = await checkContent(transaction, content);
    const whyNot = whyNotActivate(actor, view, check);
    const shown = { ...content, tables: withQuestions(content.tables) };
    return { ...(view as PolicyVersionView), ...shown, ...check, kinds: inputKinds(), mayActivate: whyNot === null, whyNot };
  });
}

/** A version as a JDM file. @throws DH_ORCHESTRATION_NOT_FOUND */
export async function exportPolicy(office: Office, actor: Actor, version: number): Promise<JdmFile> {
  const { tables, cases } = await getPolicy(office, actor, version);
  return writeJdm(tables, cases);
}

function whyNotActivate(actor: Actor, view: PolicyVersionView | undefined, check: PolicyCheck): string | null {
  if (view === undefined || view.author === null) return 'It is what decided before there were versions.';
  if (!mayDo(actor, 'policies:activate')) return 'Your role does not switch policies on.';
  if (view.author.id === actor.memberId) return 'You wrote it: another person must switch it on.';
  return refusalOf(check);
}

async function loadViews(transaction: Transaction, today: string): Promise<PolicyVersionView[]> {
  const members = await transaction.selectFrom('members').select(['id', 'name']).execute();
  const person = (id: string): PersonView => ({ id, name: members.find((member) => member.id === id)?.name ?? 'somebody' });
  const versions = await transaction
    .selectFrom('policy_versions')
    .select(['version', 'content', 'note', 'created_by', 'created_at'])
    .orderBy('version', 'desc')
    .execute();
  const activations = await transaction.selectFrom('policy_activations').selectAll().orderBy('id').execute();
  const settings = await loadSettings(transaction);
  const inForce = (await policyInForce(transaction, today)).version;
  const stateOf = (version: number): PolicyVersionView['state'] => {
    const own = activations.filter((activation) => activation.version === version);
    if (version === inForce) return 'active';
    if (own.some(({ effective_on: day }) => day > today)) return 'planned';
    return own.length > 0 || version === settings.version ? 'past' : 'draft';
  };
  const saved = versions.map(({ version, content, note, created_by: author, created_at: createdAt }): PolicyVersionView => {
    const last = activations.findLast((activation) => activation.version === version);
    return {
      version,
      name: (content as PolicyContent).tables.name,
      note,
      state: stateOf(version),
      author: person(author),
      createdAt: createdAt.toISOString(),
      effectiveOn: last?.effective_on ?? null,
      activatedBy: last === undefined ? null : person(last.activated_by),
    };
  });
  const first: PolicyVersionView = {
    version: settings.version,
    name: settings.tables.name,
    note: 'What decided before there were versions.',
    state: stateOf(settings.version),
    author: null,
    createdAt: null,
    effectiveOn: null,
    activatedBy: null,
  };
  return [...saved, first];
}
