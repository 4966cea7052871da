import { readFile } from 'node:fs/promises';
import { DeskhandError } from '#domain/errors';
import type { PolicyDetailView, PolicyListView, PolicySavedView, PolicyTablesView } from '../api/contract-policies.ts';
import { interfaceErrors } from '../errors.ts';
import { exitStatus, type CliContext, type ExitStatus, type On, type Act } from './cli-context.ts';
import type { ServerOptions } from './office-commands.ts';
import { describeBacktest } from './policy-words.ts';
import { connect } from './server-client.ts';
import type { PolicyBacktestView } from '../api/contract-policies.ts';

export interface PolicyOptions extends ServerOptions {
  readonly since?: string;
  readonly on?: string;
  readonly note?: string;
}

/** `deskhand policy list|show|check|activate|export|import|backtest`. */
export function addPolicyCommand(on: On, act: Act, context: CliContext): void {
  on('policy', 'tables by which invoices are approved: versions, checks, and what a version would have changed', [
    'policy list',
    'policy show 3',
    'policy export 3 > policy.json',
    'policy check policy.json',
    'policy import policy.json --note "Limit raised to 500"',
    'policy backtest 4 --since 2026-01-01',
    'policy activate 4 --on 2027-01-01',
  ])
    .argument('<action>', 'list, show, check, import, export, backtest or activate')
    .argument('[what]', 'a version; for check and import also a file')
    .option('--since <day>', 'backtest: decisions from this day on, YYYY-MM-DD')
    .option('--on <day>', 'activate: the first day on which it decides (else today)')
    .option('--note <text>', 'import: what is new, for whoever switches it on')
    .action(act((action: string, what: string | undefined, options: PolicyOptions) => policy(context, action, what, options)));
}

async function policy(context: CliContext, action: string, what: string | undefined, options: PolicyOptions): Promise<ExitStatus> {
  const { terminal } = context;
  const server = await connect(context, options);
  const tell = <Answer>(answer: Answer, words: (answer: Answer) => string): void =>
    terminal.write(options.json === true ? `${JSON.stringify(answer, null, 2)}\n` : words(answer));
  switch (action) {
    case 'list':
      tell(await server.get<PolicyListView>('/v1/policies'), describeList);
      return exitStatus.ok;
    case 'show': {
      tell(await server.get<PolicyDetailView>(pathOf(what)), describeVersion);
      return exitStatus.ok;
    }
    case 'export':
      terminal.write(`${JSON.stringify(JSON.parse(await server.text(`${pathOf(what)}/jdm`)), null, 2)}\n`);
      return exitStatus.ok;
    case 'check': {
      const found =
        what !== undefined && isVersion(what)
          ? await server.get<PolicySavedView>(pathOf(what))
          : await server.post<PolicySavedView>('/v1/policies', { ...(await readJdm(what)), note: '', dryRun: true });
      tell(found, describeCheck);
      return isGreen(found) ? exitStatus.ok : exitStatus.needsPerson;
    }
    case 'import': {
      const saved = await server.post<PolicySavedView>('/v1/policies', { ...(await readJdm(what)), note: options.note ?? '' });
      tell(saved, (answer) => `Saved as version ${answer.version ?? ''}; it decides nothing yet.\n${describeCheck(answer)}`);
      return isGreen(saved) ? exitStatus.ok : exitStatus.needsPerson;
    }
    case 'activate': {
      const body = options.on === undefined ? {} : { effectiveOn: options.on };
      const version = await server.post<PolicyDetailView>(`${pathOf(what)}/activation`, body);
      tell(version, (answer) => `Version ${answer.version} (${answer.name}) decides from ${answer.effectiveOn ?? 'today'} on.\n`);
      return exitStatus.ok;
    }
    case 'backtest': {
      if (options.since === undefined) throw new DeskhandError(interfaceErrors.usage, 'Say from which day on: --since 2026-01-01.');
      tell(await server.get<PolicyBacktestView>(`${pathOf(what)}/backtest?since=${encodeURIComponent(options.since)}`), describeBacktest);
      return exitStatus.ok;
    }
    default:
      throw new DeskhandError(interfaceErrors.usage, `"${action}" is none of list, show, check, import, export, backtest, activate.`);
  }
}

function isVersion(what: string): boolean {
  return /^\d{1,9}$/.test(what);
}

function pathOf(what: string | undefined): string {
  if (what === undefined || !isVersion(what))
    throw new DeskhandError(interfaceErrors.usage, 'Name a version by its number, as "deskhand policy list" shows.');
  return `/v1/policies/${what}`;
}

/** @throws DH_INTERFACES_USAGE when the file is no JDM file with the two tables. */
async function readJdm(file: string | undefined): Promise<{ readonly tables: unknown; readonly cases: unknown }> {
  if (file === undefined) throw new DeskhandError(interfaceErrors.usage, 'Name a file, as "deskhand policy export" writes it.');
  let jdm: { readonly nodes?: readonly JdmNode[]; readonly deskhand?: { readonly name?: string; readonly cases?: unknown } };
  try {
    jdm = JSON.parse(await readFile(file, 'utf8')) as typeof jdm;
  } catch (cause) {
    throw new DeskhandError(interfaceErrors.usage, `${file} can't be read as JSON.`, { cause });
  }
  const find = (name: string): JdmNode['content'] =>
    jdm.nodes?.find((node) => node.type === 'decisionTableNode' && node.name === name)?.content;
  const table = (name: string): PolicyTablesView['approvals'] => {
    const content = find(name);
    if (content === undefined) throw new DeskhandError(interfaceErrors.usage, `${file} has no decision table named ${name}.`);
    const { isUnique, inputs, outputs, rules } = content;
    const columns = (all: typeof inputs): typeof inputs => all.map(({ id, name: title, field }) => ({ id, name: title, field }));
    return { hitPolicy: isUnique === true ? 'unique' : 'first', inputs: columns(inputs), outputs: columns(outputs), rules };
  };
  return {
    tables: {
      name: jdm.deskhand?.name ?? 'imported',
      approvals: table('approvals'),
      tolerances: table('tolerances'),
      ...(find('questions') === undefined ? {} : { questions: table('questions') }),
    },
    cases: jdm.deskhand?.cases ?? [],
  };
}

interface JdmNode {
  readonly type?: string;
  readonly name?: string;
  readonly content?: Omit<PolicyTablesView['approvals'], 'hitPolicy'> & { readonly isUnique?: boolean };
}

function isGreen({ problems, results }: Pick<PolicySavedView, 'problems' | 'results'>): boolean {
  return problems.length === 0 && results.every(({ passed }) => passed);
}

function describeList({ items }: PolicyListView): string {
  return items
    .map(({ version, name, state, author, effectiveOn, note }) => {
      const since = effectiveOn === null ? '' : ` from ${effectiveOn}`;
      return `${String(version).padStart(4)}  ${(state + since).padEnd(24)} ${name}${author === null ? '' : `, by ${author.name}`}${note === '' ? '' : `: ${note}`}\n`;
    })
    .join('');
}

function describeVersion(version: PolicyDetailView): string {
  const tables = (['approvals', 'tolerances', 'questions'] as const).map((name) => {
    const { inputs, outputs, rules } = version.tables[name] ?? { inputs: [], outputs: [], rules: [] };
    if (name === 'questions' && rules.length === 0) return '';
    const rows = rules.map((row, index) => {
      const say = (columns: typeof inputs): string =>
        columns.flatMap(({ id, name: title }) => ((row[id] ?? '') === '' ? [] : [`${title} ${row[id] ?? ''}`])).join('; ');
      return `  ${index + 1}. ${say(inputs) || 'any'} → ${say(outputs)}\n`;
    });
    return `${name}\n${rows.join('')}`;
  });
  return `${describeList({ items: [version], mayEdit: false })}${tables.join('')}${describeCheck(version)}`;
}

function describeCheck({ problems, results }: Pick<PolicySavedView, 'problems' | 'results'>): string {
  const wrong = problems.map(({ table, row, message }) => `${table}${row === null ? '' : ` row ${row}`}: ${message}\n`).join('');
  const cases = results.map(
    ({ name, passed, found }) =>
      `${passed ? 'ok    ' : 'FAILED'} ${name}${passed ? '' : `: ${found.automatic ? 'passes without a person' : found.steps.join(', then ')}`}\n`,
  );
  return `${wrong === '' ? 'No problems.\n' : wrong}${cases.join('')}`;
}
