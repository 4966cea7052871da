import type { CashAdviceView } from '../api/contract-cash.ts';
import { exitStatus, type CliContext, type ExitStatus, type On, type Act } from './cli-context.ts';
import type { ServerOptions } from './office-commands.ts';
import { connect } from './server-client.ts';
import { table } from './terminal.ts';

interface CashOptions extends ServerOptions {
  readonly rate?: string;
  readonly currency?: string;
  readonly limit?: readonly string[];
}

/** `deskhand cash`. */
export function addCashCommand(on: On, act: Act, context: CliContext): void {
  on('cash', 'when to pay: discounts against what money costs, within what may leave', [
    'cash',
    'cash --rate 7.5',
    'cash --limit 2026-12-15:20000 --limit 2026-12-31:45000',
  ])
    .option('--rate <percent>', 'what money costs or earns in a year (else 5)')
    .option('--currency <code>', 'payments in this currency (else EUR)')
    .option('--limit <day:amount...>', 'until that day no more than this may leave; may be named several times')
    .action(act((options: CashOptions) => adviseCash(context, options)));
}

/** When to pay what is scheduled. Changes nothing. */
async function adviseCash(context: CliContext, options: CashOptions): Promise<ExitStatus> {
  const server = await connect(context, options);
  const query = new URLSearchParams();
  for (const limit of options.limit ?? []) query.append('limit', limit);
  if (options.rate !== undefined) query.set('rate', options.rate);
  if (options.currency !== undefined) query.set('currency', options.currency.toUpperCase());
  const advice = await server.get<CashAdviceView>(`/v1/payments/advice?${query.toString()}`);
  context.terminal.write(options.json === true ? `${JSON.stringify(advice, null, 2)}\n` : describe(advice));
  return exitStatus.ok;
}

function describe({ payments, waiting, earns, limits, isBest }: CashAdviceView): string {
  const plan =
    payments.length === 0
      ? 'Nothing is scheduled for payment.\n'
      : table([
          ['On', 'Amount', 'Earns', 'Supplier', 'Invoice', 'Why then'],
          ...payments.map(({ chosen, supplier, invoice, reason }) => [
            chosen.payOn,
            `${chosen.amount.amount} ${chosen.amount.currency}`,
            chosen.earns.amount,
            supplier.name,
            invoice.number ?? '–',
            reason,
          ]),
        ]);
  const left = limits.map(
    ({ until, amount, leaving }) => `Until ${until} ${leaving.amount} of ${amount.amount} ${amount.currency} leave.\n`,
  );
  const unapproved = waiting.map(
    ({ payOn, saves, supplier, invoice }) =>
      `${supplier.name} ${invoice.number ?? ''} waits for approval: by ${payOn} it still saves ${saves.amount} ${saves.currency}.\n`,
  );
  const best = isBest ? '' : 'There was no time to try every plan; a better one may exist.\n';
  return [plan, `In all it earns ${earns.amount} ${earns.currency}.\n`, ...left, best, ...unapproved].join('');
}
