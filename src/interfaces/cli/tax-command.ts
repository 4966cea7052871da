import type { TaxIdentityView } from '../api/contract-tax.ts';
import { exitStatus, type CliContext, type ExitStatus, type On, type Act } from './cli-context.ts';
import type { ServerOptions } from './office-commands.ts';
import { connect } from './server-client.ts';

interface TaxOptions extends ServerOptions {
  readonly country?: string;
  readonly vatId?: string;
}

/** The command that tells where the firm is taxed. */
export function addTaxCommand(on: On, act: Act, context: CliContext): void {
  on('tax', 'where your firm is taxed, which the tax checks compare with; show it or say it', [
    'tax',
    'tax --country DE --vat-id DE136695976',
  ])
    .option('--country <code>', 'like DE; "none" for nowhere: foreign and missing tax are then not asked about')
    .option('--vat-id <id>', 'of your firm, or "none"')
    .action(act((options: TaxOptions) => tax(context, options)));
}

async function tax(context: CliContext, { country, vatId, ...options }: TaxOptions): Promise<ExitStatus> {
  const server = await connect(context, options);
  const before = await server.get<TaxIdentityView>('/v1/tax-identity');
  const said = { country: told(country, before.country), vatId: told(vatId, before.vatId) };
  const isSaid = country !== undefined || vatId !== undefined;
  const now = isSaid ? await server.put<TaxIdentityView>('/v1/tax-identity', said) : before;
  context.terminal.write(options.json === true ? `${JSON.stringify(now, null, 2)}\n` : describe(now));
  return exitStatus.ok;
}

function told(text: string | undefined, before: string | null): string | null {
  return text === undefined ? before : text === 'none' ? null : text;
}

function describe({ country, vatId }: TaxIdentityView): string {
  const where =
    country === null
      ? 'Nobody said where your firm is taxed: foreign and missing tax are not asked about.'
      : `Your firm is taxed in ${country}.`;
  return `${where} ${vatId === null ? 'No VAT id is on file.' : `Its VAT id is ${vatId}.`}\n`;
}
