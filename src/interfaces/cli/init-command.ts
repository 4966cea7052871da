import { isCurrency } from '#domain/money';
import { isPayableAccount, normalizeIban } from '#domain/accounts-payable';
import { DeskhandError } from '#domain/errors';
import { interfaceErrors } from '../errors.ts';
import { exitStatus, type CliContext, type ExitStatus } from './cli-context.ts';
import { table } from './terminal.ts';

export interface InitOptions {
  readonly organization: string;
  readonly currency: string;
  readonly iban?: string;
  readonly bic?: string;
  readonly member: readonly string[];
  readonly json?: boolean;
}

/** Sets up a firm of one's own; the next start serves it. */
export async function init({ handlers, terminal }: CliContext, options: InitOptions): Promise<ExitStatus> {
  const { organization: name, currency, iban, bic, member: members } = options;
  if (!isCurrency(currency)) throw usage(`"${currency}" is no currency; write an ISO 4217 code like EUR.`);
  if (iban !== undefined && !isPayableAccount(iban)) throw usage(`"${iban}" is no valid IBAN: check its digits.`);
  if (members.length === 0) throw usage('Name at least one --member; paying takes two: who proposes and a controller who releases.');
  const result = await handlers.init({ name, currency, iban: iban === undefined ? null : normalizeIban(iban), bic: bic ?? null, members });
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
