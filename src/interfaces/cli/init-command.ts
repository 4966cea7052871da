import { isCurrency } from '#domain/money';
import { hasWrongDigits, isPayableAccount, isValidIban, normalizeIban, normalizeVatId } from '#domain/accounts-payable';
import { DeskhandError } from '#domain/errors';
import { interfaceErrors } from '../errors.ts';
import { exitStatus, type CliContext, type ExitStatus } from './cli-context.ts';
import { table } from './terminal.ts';

export interface InitOptions {
  readonly organization: string;
  readonly currency: string;
  readonly iban?: string;
  readonly bic?: string;
  readonly country?: string;
  readonly vatId?: string;
  readonly member: readonly string[];
  readonly json?: boolean;
}

/** Sets up a firm of one's own; the next start serves it. */
export async function init({ handlers, terminal }: CliContext, options: InitOptions): Promise<ExitStatus> {
  const { organization: name, currency, iban, bic, vatId, member: members } = options;
  if (!isCurrency(currency)) throw usage(`"${currency}" is no currency; write an ISO 4217 code like EUR.`);
  if (iban !== undefined && !isPayableAccount(iban)) throw usage(`"${iban}" is no valid IBAN: check its digits.`);
  if (members.length === 0) throw usage('Name at least one --member; paying takes two: who proposes and a controller who releases.');
  const account = iban === undefined ? null : normalizeIban(iban);
  const country = options.country?.toUpperCase() ?? (account !== null && isValidIban(account) ? account.slice(0, 2) : null);
  if (country !== null && !/^[A-Z]{2}$/.test(country)) throw usage(`"${country}" is no country; write two letters like DE.`);
  if (vatId !== undefined && hasWrongDigits(vatId)) throw usage(`"${vatId}" is no valid VAT id: check its digits.`);
  const firm = { name, currency, iban: account, bic: bic ?? null, country, vatId: vatId === undefined ? null : normalizeVatId(vatId) };
  const result = await handlers.init({ ...firm, members });
  if (options.json === true) terminal.write(`${JSON.stringify(result, null, 2)}\n`);
  else {
    terminal.write(table(result.members.map((person) => [person.name, person.email, person.password])));
    terminal.note('These passwords are shown this once. Start with DESKHAND_SAMPLE_OFFICE=false npm start');
  }
  return exitStatus.ok;
}

function usage(message: string): DeskhandError {
  return new DeskhandError(interfaceErrors.usage, message);
}
