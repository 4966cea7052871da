import { parse } from 'libpg-query';

/** What is wrong with a migration that runs while servers of the release before go on working. */
export interface Violation {
  readonly line: number;
  readonly rule: string;
}

/** A node of Postgres' own parse tree. */
type Node = Readonly<Record<string, unknown>>;

interface Statement {
  readonly kind: string;
  readonly node: Node;
  readonly line: number;
}

/** What the file makes itself: nobody uses it yet, so it may be done with as one likes. */
interface Made {
  readonly tables: ReadonlySet<string>;
  readonly others: ReadonlySet<string>;
}

const contractLine = /^-- contract-phase: after (\d{4}), \S.*$/m;
const outsideLine = /^-- outside-transaction: \S.*$/m;

/**
 * Checks one migration by Postgres' own grammar.
 *
 * @param name - of the file, `0010_what.sql`.
 * @throws what the parser says of a file that is no SQL
 */
export async function violationsOf(name: string, sql: string): Promise<readonly Violation[]> {
  const statements = await statementsOf(sql);
  const made = madeBy(statements);
  const taken = statements.flatMap((statement) => brokenPromises(statement, made).map((rule) => ({ line: statement.line, rule })));
  return [...declarations(name, sql), ...(contractLine.test(sql) ? [] : taken), ...blocking(sql, statements, made)];
}

async function statementsOf(sql: string): Promise<readonly Statement[]> {
  const { stmts = [] } = (await parse(sql)) as { stmts?: { stmt: Record<string, Node>; stmt_location?: number }[] };
  // Positions are in bytes.
  const bytes = new TextEncoder().encode(sql);
  return stmts.map(({ stmt, stmt_location: start = 0 }) => {
    const [kind = '', node = {}] = Object.entries(stmt)[0] ?? [];
    const before = new TextDecoder().decode(bytes.slice(0, start));
    const space = /^(\s|--[^\n]*\n)*/.exec(sql.slice(before.length))?.[0] ?? '';
    return { kind, node, line: (before + space).split('\n').length };
  });
}

function madeBy(statements: readonly Statement[]): Made {
  const tables = statements
    .filter(({ kind }) => kind === 'CreateStmt' || kind === 'CreateTableAsStmt')
    .map(({ node }) => relation((node['relation'] ?? child(node['into'])['rel']) as Node));
  const others = statements.flatMap(({ kind, node }) => {
    if (kind === 'CreatePolicyStmt') return [`policy ${text(node['policy_name'])}`];
    if (kind === 'CreateTrigStmt') return [`trigger ${text(node['trigname'])}`];
    if (kind === 'CreateFunctionStmt') return [`function ${names(node['funcname']).join('.')}`];
    if (kind === 'IndexStmt') return [`index ${text(node['idxname'])}`];
    if (kind === 'ViewStmt') return [`view ${relation(node['view'] as Node)}`];
    return [];
  });
  return { tables: new Set(tables), others: new Set(others) };
}

/** The file's own word on what it takes away, and on why it runs in steps. */
function declarations(name: string, sql: string): readonly Violation[] {
  const line = (start: string): number => sql.split('\n').findIndex((one) => one.startsWith(start)) + 1;
  const found: Violation[] = [];
  const since = contractLine.exec(sql)?.[1];
  if (line('-- contract-phase') > 0 && (since === undefined || since >= name.slice(0, 4)))
    found.push({
      line: line('-- contract-phase'),
      rule: 'write `-- contract-phase: after NNNN, why`, where releases that know the earlier migration NNNN do without what goes',
    });
  if (line('-- outside-transaction') > 0 && !outsideLine.test(sql))
    found.push({ line: line('-- outside-transaction'), rule: 'write `-- outside-transaction: why`' });
  return found;
}

/** Takes away or changes what the release before uses: allowed one release later, with a contract-phase line. */
function brokenPromises({ kind, node }: Statement, made: Made): readonly string[] {
  switch (kind) {
    case 'DropStmt':
      return dropped(node, made);
    case 'RenameStmt':
      return renames.has(text(node['renameType'])) && !isMade(node['relation'], made)
        ? ['renames what the release before calls by its old name: add the new one beside it']
        : [];
    case 'AlterObjectSchemaStmt':
      return ['moves what the release before looks for elsewhere'];
    case 'AlterTableStmt':
      return isMade(node['relation'], made) ? [] : list(node['cmds']).flatMap((command) => alteration(child(command['AlterTableCmd'])));
    case 'GrantStmt':
      return node['is_grant'] === true || !touchesOld(node, made) ? [] : ['takes a right that the release before may need'];
    case 'DeleteStmt':
    case 'TruncateStmt':
      return ['deletes rows that the release before may need'];
    case 'AlterEnumStmt':
      return node['oldVal'] === undefined ? [] : ['renames a value that the release before writes'];
    case 'DoStmt':
      return ['hides what it does from this check: write plain statements'];
    default:
      return [];
  }
}

const renames: ReadonlySet<string> = new Set([
  'OBJECT_TABLE',
  'OBJECT_COLUMN',
  'OBJECT_VIEW',
  'OBJECT_MATVIEW',
  'OBJECT_SCHEMA',
  'OBJECT_FUNCTION',
  'OBJECT_TYPE',
  'OBJECT_SEQUENCE',
  'OBJECT_ROLE',
]);

/** Something may go when the same file makes it anew. */
function dropped(node: Node, made: Made): readonly string[] {
  const what = text(node['removeType']).replace('OBJECT_', '').toLowerCase();
  return list(node['objects']).flatMap((object) => {
    const path = pathOf(object);
    if (made.others.has(`${what} ${path.at(-1) ?? ''}`) || made.others.has(`${what} ${path.join('.')}`)) return [];
    return [`drops the ${what} ${path.join('.')}, which the release before may use`];
  });
}

/** Changes of a table that exists; what is not listed is refused, so that nothing new slips through. */
function alteration(command: Node): readonly string[] {
  const [subtype, name] = [text(command['subtype']), text(command['name'])];
  switch (subtype) {
    case 'AT_AddColumn':
      return addedColumn(child(child(command['def'])['ColumnDef']));
    case 'AT_AddConstraint':
      return addedConstraint(child(child(command['def'])['Constraint']));
    case 'AT_ColumnDefault':
      return command['def'] === undefined ? [`drops the default of ${name}, which the release before may rely on`] : [];
    case 'AT_DropColumn':
      return [`drops the column ${name}, which the release before may use`];
    case 'AT_AlterColumnType':
      return [`changes the type of ${name} in place: add a column of the new type beside it`];
    case 'AT_SetNotNull':
      return [`forbids null in ${name}, which the release before may write`];
    case 'AT_DropConstraint':
    case 'AT_DropNotNull':
    case 'AT_ValidateConstraint':
    case 'AT_SetStatistics':
    case 'AT_SetRelOptions':
    case 'AT_ResetRelOptions':
      return [];
    default:
      return [`does ${subtype}, of which this check does not know that the release before can live with it`];
  }
}

function addedColumn(column: Node): readonly string[] {
  const name = text(column['colname']);
  const constraints = list(column['constraints']).map((one) => child(one['Constraint']));
  const has = (kind: string): Node | undefined => constraints.find((one) => one['contype'] === kind);
  const found: string[] = [];
  const fallback = has('CONSTR_DEFAULT');
  if (has('CONSTR_NOTNULL') !== undefined && fallback === undefined)
    found.push(`adds ${name} as not null without a default: the release before writes rows without it`);
  if (fallback !== undefined && isComputed(fallback['raw_expr']))
    found.push(`adds ${name} with a default that differs by row, which rewrites the table: set the default in a second statement`);
  if (['CONSTR_GENERATED', 'CONSTR_IDENTITY'].some((kind) => has(kind) !== undefined) || isSerial(column))
    found.push(`adds ${name} with values of its own, which rewrites the table`);
  if (['CONSTR_UNIQUE', 'CONSTR_PRIMARY', 'CONSTR_FOREIGN', 'CONSTR_CHECK'].some((kind) => has(kind) !== undefined))
    found.push(`adds ${name} together with a constraint: add the constraint apart, as not valid (or by an index made concurrently)`);
  return found;
}

function addedConstraint(constraint: Node): readonly string[] {
  const [kind, name] = [text(constraint['contype']), text(constraint['conname'])];
  if (constraint['skip_validation'] === true || constraint['indexname'] !== undefined) return [];
  return kind === 'CONSTR_UNIQUE' || kind === 'CONSTR_PRIMARY'
    ? [`adds ${name} and builds its index under a lock: make the index concurrently, then add the constraint using it`]
    : [`adds ${name} without not valid: add it not valid, and validate it in the next migration`];
}

// The same for all rows of a statement, so Postgres stores them once for the whole table.
const stable: ReadonlySet<string> = new Set(['now', 'transaction_timestamp', 'statement_timestamp', 'current_setting']);

function isComputed(expression: unknown): boolean {
  if (typeof expression !== 'object' || expression === null) return false;
  const call = (expression as Node)['FuncCall'];
  if (call !== undefined && !stable.has(names(child(call)['funcname']).at(-1) ?? '')) return true;
  return Object.values(expression).some(isComputed);
}

function isSerial(column: Node): boolean {
  return /^(small|big)?serial\d?$/.test(names(child(column['typeName'])['names']).at(-1) ?? '');
}

/** Holds tables for longer than a moment. Said of contract-phase files too. */
function blocking(sql: string, statements: readonly Statement[], made: Made): readonly Violation[] {
  const isOutside = outsideLine.test(sql);
  const added = new Set(statements.filter(({ kind }) => kind === 'AlterTableStmt').flatMap(({ node }) => addsConstraint(node)));
  const found = statements.flatMap(({ kind, node, line }) => {
    const rule = (said: string): Violation[] => [{ line, rule: said }];
    if (kind === 'IndexStmt' && !isMade(node['relation'], made)) {
      if (node['concurrent'] !== true || !isOutside)
        return rule('builds an index while nobody can write: create it concurrently, in a file with `-- outside-transaction: why`');
      if (!isDroppedBefore(statements, text(node['idxname']), line))
        return rule('may leave half an index behind: `drop index concurrently if exists` it in the statement before');
    }
    if (kind === 'AlterTableStmt' && list(node['cmds']).some((command) => added.has(validated(command, node))))
      return rule('validates a constraint under the lock that added it: validate it in the next migration');
    return [];
  });
  return isOutside ? [...found, ...notRepeatable(sql, statements)] : found;
}

function addsConstraint(node: Node): readonly string[] {
  return list(node['cmds'])
    .map((command) => child(command['AlterTableCmd']))
    .filter((command) => command['subtype'] === 'AT_AddConstraint')
    .map((command) => `${relation(node['relation'] as Node)} ${text(child(child(command['def'])['Constraint'])['conname'])}`);
}

function validated(command: Node, node: Node): string {
  const { subtype, name } = child(command['AlterTableCmd']);
  return subtype === 'AT_ValidateConstraint' ? `${relation(node['relation'] as Node)} ${text(name)}` : '';
}

function isDroppedBefore(statements: readonly Statement[], index: string, line: number): boolean {
  return statements.some(
    ({ kind, node, line: earlier }) =>
      kind === 'DropStmt' &&
      earlier < line &&
      node['missing_ok'] === true &&
      list(node['objects']).some((one) => pathOf(one).at(-1) === index),
  );
}

/** The migrator takes such a file apart at semicolons that end a line, and repeats it whole when it was cut off. */
function notRepeatable(sql: string, statements: readonly Statement[]): readonly Violation[] {
  const parts = sql.replaceAll(/^\s*--.*$/gm, '').split(/;[ \t]*$/m);
  const found = statements
    .filter(({ kind, node }) => !(node['concurrent'] === true && (kind === 'IndexStmt' || kind === 'DropStmt')))
    .map(({ line }) => ({ line, rule: 'does not belong into a file outside a transaction: only indexes, made and dropped concurrently' }));
  return parts.filter((part) => part.trim() !== '').length === statements.length
    ? found
    : [...found, { line: 1, rule: 'end each statement with a semicolon at the end of its line, and no other line with one' }];
}

function isMade(named: unknown, made: Made): boolean {
  return made.tables.has(relation(child(named)));
}

function touchesOld(grant: Node, made: Made): boolean {
  return !list(grant['objects']).every((object) => isMade(object['RangeVar'], made));
}

/** With its schema, where it is not the public one. */
function relation(named: Node | undefined): string {
  const schema = text(named?.['schemaname']);
  return `${schema === '' || schema === 'public' ? '' : `${schema}.`}${text(named?.['relname'])}`;
}

/** The name of a dropped object, which the tree writes in three ways. */
function pathOf(object: Node): readonly string[] {
  if (object['List'] !== undefined) return names(child(object['List'])['items']);
  if (object['ObjectWithArgs'] !== undefined) return names(child(object['ObjectWithArgs'])['objname']);
  if (object['TypeName'] !== undefined) return names(child(object['TypeName'])['names']);
  return names([object]);
}

function names(value: unknown): readonly string[] {
  return list(value).map((one) => text(child(one['String'])['sval']));
}

function list(value: unknown): readonly Node[] {
  return Array.isArray(value) ? (value as readonly Node[]) : [];
}

function child(value: unknown): Node {
  return typeof value === 'object' && value !== null ? (value as Node) : {};
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
