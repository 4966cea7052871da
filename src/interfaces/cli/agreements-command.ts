import { DeskhandError } from '#domain/errors';
import type { Agreement, AgreementBody, AgreementList } from '../api/contract-agreements.ts';
import type { SupplierSummary } from '../api/contract.ts';
import { interfaceErrors } from '../errors.ts';
import { exitStatus, type CliContext, type ExitStatus, type On, type Act } from './cli-context.ts';
import type { ServerOptions } from './office-commands.ts';
import { connect, type ServerClient } from './server-client.ts';
import { paint, table } from './terminal.ts';

interface AgreementOptions extends ServerOptions {
  readonly add?: string;
  readonly kind: AgreementBody['kind'];
  readonly amount?: string;
  readonly currency: string;
  readonly band?: string;
  readonly every: string;
  readonly from?: string;
  readonly until?: string;
  readonly total?: string;
  readonly reference?: string;
  readonly instalment: readonly string[];
  readonly confirm?: string;
  readonly end?: string;
  readonly reason?: string;
}

/** The command about what is paid without an order. */
export function addAgreementsCommand(on: On, act: Act, context: CliContext): void {
  on('agreements', 'what is paid without an order, and bills that are missing; write one down, confirm or end it', [
    'agreements',
    'agreements 70001 --add "Office rent" --amount 1190.00 --band 2% --every "1 month" --from 2026-01-01',
    'agreements 70002 --add "Lift repair" --kind payment-plan --instalment 2026-02-01=400.00 --instalment 2026-05-01=300.00',
    'agreements --confirm agr_123',
    'agreements --end agr_123 --reason "moved out"',
  ])
    .argument('[supplier]', 'number or id')
    .option('--add <name>', 'write one down; a second person confirms it')
    .option('--kind <kind>', 'contract, payment-plan or recurring-bill', 'recurring-bill')
    .option('--amount <amount>', 'gross of one bill')
    .option('--currency <currency>', 'of all its amounts', 'EUR')
    .option('--band <band>', 'how far a bill may lie from it: 2% or 20.00; else it is met to the cent')
    .option('--every <rhythm>', '1 month, 3 months, 1 year, 14 days', '1 month')
    .option('--from <day>', 'when the first bill is expected')
    .option('--until <day>', 'nothing expected later is owed')
    .option('--total <amount>', 'what all bills together never exceed')
    .option('--reference <number>', 'of the contract or customer, as the paper prints it')
    .option('--instalment <day=amount>', 'of a payment plan; may be repeated', (value: string, before: string[]) => [...before, value], [])
    .option('--confirm <id>', 'confirm what somebody else wrote down')
    .option('--end <id>', 'end one today')
    .option('--reason <text>', 'why, for the record')
    .action(act((supplier: string | undefined, options: AgreementOptions) => agreements(context, supplier, options)));
}

/** Lists agreements, or writes one down, confirms or ends one; exit status 1 says that a bill is missing. */
async function agreements(context: CliContext, supplier: string | undefined, options: AgreementOptions): Promise<ExitStatus> {
  const server = await connect(context, options);
  const changed = await change(server, supplier, options);
  if (changed !== null) {
    context.terminal.write(
      options.json === true ? `${JSON.stringify(changed, null, 2)}\n` : `${changed.id}  ${changed.name}: ${standing(changed)}\n`,
    );
    return exitStatus.ok;
  }
  const filter = supplier === undefined ? '' : `?supplierId=${encodeURIComponent(await supplierIdOf(server, supplier))}`;
  const list = await server.get<AgreementList>(`/v1/agreements${filter}`);
  context.terminal.write(options.json === true ? `${JSON.stringify(list, null, 2)}\n` : describe(context, list));
  return list.items.some(({ missing }) => missing.length > 0) ? exitStatus.needsPerson : exitStatus.ok;
}

async function change(server: ServerClient, supplier: string | undefined, options: AgreementOptions): Promise<Agreement | null> {
  const { add, confirm, end, reason } = options;
  if (confirm !== undefined) return await server.post<Agreement>(`/v1/agreements/${encodeURIComponent(confirm)}/confirmation`);
  if (end !== undefined)
    return await server.post<Agreement>(`/v1/agreements/${encodeURIComponent(end)}/end`, reason === undefined ? {} : { reason });
  if (add === undefined) return null;
  if (supplier === undefined)
    throw new DeskhandError(interfaceErrors.usage, 'Say with which supplier: deskhand agreements <supplier> --add …');
  return await server.post<Agreement>('/v1/agreements', bodyOf(await supplierIdOf(server, supplier), add, options));
}

function bodyOf(supplierId: string, name: string, options: AgreementOptions): AgreementBody {
  const { kind, amount, currency, band, every, from, until, total, reference, instalment } = options;
  const rhythm = instalment.length > 0 ? { rhythm: 'dates' as const, instalments: instalment.map(instalmentOf) } : rhythmOf(every);
  const percent = band?.endsWith('%') === true ? band.slice(0, -1).trim() : null;
  return {
    supplierId,
    kind,
    name,
    ...rhythm,
    currency,
    amount: amount ?? null,
    bandPercent: percent,
    bandAmount: percent === null ? (band ?? null) : null,
    firstOn: from ?? null,
    validUntil: until ?? null,
    total: total ?? null,
    reference: reference ?? null,
  };
}

function rhythmOf(text: string): Pick<AgreementBody, 'rhythm' | 'every'> {
  const [, count = '1', unit = ''] = /^(\d{1,4})?\s*(month|quarter|year|week|day)s?$/.exec(text.trim()) ?? [];
  const many = Number(count);
  const units: Readonly<Record<string, Pick<AgreementBody, 'rhythm' | 'every'>>> = {
    month: { rhythm: 'months', every: many },
    quarter: { rhythm: 'months', every: 3 * many },
    year: { rhythm: 'months', every: 12 * many },
    week: { rhythm: 'days', every: 7 * many },
    day: { rhythm: 'days', every: many },
  };
  const rhythm = units[unit];
  if (rhythm === undefined)
    throw new DeskhandError(interfaceErrors.usage, `--every ${text}: write it like “1 month”, “1 quarter” or “14 days”.`);
  return rhythm;
}

function instalmentOf(text: string): { dueOn: string; amount: string } {
  const [dueOn = '', amount = ''] = text.split('=').map((part) => part.trim());
  if (dueOn === '' || amount === '')
    throw new DeskhandError(interfaceErrors.usage, `--instalment ${text}: write it like 2026-02-01=400.00.`);
  return { dueOn, amount };
}

async function supplierIdOf(server: ServerClient, named: string): Promise<string> {
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: { items: SupplierSummary[]; next: string | null } = await server.get(
      `/v1/suppliers?limit=200${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    const found = page.items.find(({ id, number }) => id === named || number === named);
    if (found !== undefined) return found.id;
    cursor = page.next;
  }
  throw new DeskhandError(interfaceErrors.usage, `There is no supplier ${named}.`);
}

function standing({ state, confirmedBy, createdBy, validUntil }: Agreement): string {
  if (state === 'waiting') return `written down by ${createdBy?.name ?? 'somebody'}, waits for a second person`;
  return state === 'ended' ? `ended on ${validUntil ?? ''}` : `confirmed by ${confirmedBy?.name ?? 'somebody'}`;
}

function describe({ terminal }: CliContext, { items, proposals }: AgreementList): string {
  if (items.length === 0 && proposals.length === 0) return 'Nothing is agreed without an order.\n';
  const rows = items.map((item) => [
    item.id,
    item.supplier.name,
    item.name,
    `${item.amount} ${item.currency}`,
    item.rhythm,
    standing(item),
  ]);
  const list = items.length === 0 ? '' : table([['Id', 'Supplier', 'Agreement', 'A bill', 'Comes', ''], ...rows]);
  const missing = items.flatMap(({ name, supplier, missing: bills }) =>
    bills.map(({ label, expectedOn }) =>
      paint(terminal, 'yellow', `Missing: ${name} of ${supplier.name}, ${label}, expected on ${expectedOn}.\n`),
    ),
  );
  const suggested = proposals.map(
    ({ supplier, amount, currency, reason }) => `Perhaps another: ${supplier.name}, about ${amount} ${currency}. ${reason}\n`,
  );
  return [list, ...missing, ...suggested].join('');
}
