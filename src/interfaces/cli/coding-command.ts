import { DeskhandError } from '#domain/errors';
import type { CodedLine, CodeList, InvoiceDetail } from '../api/contract.ts';
import { interfaceErrors } from '../errors.ts';
import { exitStatus, type CliContext, type ExitStatus, type On, type Act } from './cli-context.ts';
import { findInvoice, type ServerOptions } from './office-commands.ts';
import { connect } from './server-client.ts';
import { paint, table } from './terminal.ts';

interface CodingOptions extends ServerOptions {
  readonly line?: string;
  readonly part: readonly string[];
}

/** The command about where invoices are booked. */
export function addCodingCommand(on: On, act: Act, context: CliContext): void {
  on('coding', 'where invoices are booked: the lists, one invoice with the reasons, or say it of a line', [
    'coding',
    'coding RE-1001',
    'coding RE-1001 --line 2 --part account=4930,costCentre=100,percent=60 --part account=4930,costCentre=300,percent=40',
  ])
    .argument('[invoice]', 'number or id')
    .option('--line <number>', 'which line, from 1; 0 is the whole invoice', '1')
    .option(
      '--part <coding>',
      'its numbers, with percent or amount where it is split; may be repeated',
      (value: string, before: string[]) => [...before, value],
      [],
    )
    .action(act((invoice: string | undefined, options: CodingOptions) => coding(context, invoice, options)));
}

/** Lists of numbers, or where an invoice is booked and why, or (with `--part`) says where one of its lines is booked. */
async function coding(context: CliContext, invoice: string | undefined, options: CodingOptions): Promise<ExitStatus> {
  const { terminal } = context;
  const server = await connect(context, options);
  if (invoice === undefined) {
    const { items } = await server.get<CodeList>('/v1/codes');
    const rows = items.map(({ kind, number, name, isActive }) => [kindNames[kind], number, name, isActive ? '' : 'closed']);
    terminal.write(options.json === true ? `${JSON.stringify({ items }, null, 2)}\n` : table([['List', 'Number', 'Name', ''], ...rows]));
    return exitStatus.ok;
  }
  const { id } = await findInvoice(server, invoice);
  let detail = await server.get<InvoiceDetail>(`/v1/invoices/${id}`);
  if (options.part.length > 0) {
    const body = { lines: [{ line: lineOf(options.line), parts: options.part.map(partOf) }] };
    detail = await server.post<InvoiceDetail>(`/v1/invoices/${id}/coding`, body, { 'if-match': `"${detail.version}"` });
    terminal.note(`Line ${options.line ?? '1'} is booked as you said. Deskhand looks at the invoice again.`);
    return exitStatus.ok;
  }
  if (options.json === true) terminal.write(`${JSON.stringify(detail.coding, null, 2)}\n`);
  else
    terminal.write(detail.coding === null ? 'Nothing is coded here: no accounts were imported.\n' : describeCoding(context, detail.coding));
  return detail.coding?.some(({ parts }) => parts.length === 0) === true ? exitStatus.needsPerson : exitStatus.ok;
}

const kindNames = { account: 'account', costCentre: 'cost centre', project: 'project', taxCode: 'tax code' } as const;

/** Each line with its numbers and the past bookings behind them. */
function describeCoding({ terminal }: CliContext, lines: readonly CodedLine[]): string {
  return lines
    .map(({ line, description, amount, parts, by, member, fault, predictions }) => {
      const who = by === 'person' ? `said by ${member?.name ?? 'a person'}` : by === 'history' ? 'as booked before' : 'not coded yet';
      const booked = parts.map((part) => `  ${part.amount}${part.percent === null ? '' : ` (${part.percent} %)`}  ${numbersOf(part)}\n`);
      const likely = predictions
        .filter(({ code, isSure }) => by === 'history' || isSure || code !== null)
        .map(
          ({ kind, code, confidence, reason }) =>
            `    ${kindNames[kind]} ${code ?? 'none'}, ${Math.floor(confidence * 100)} %: ${reason ?? ''}\n`,
        );
      const head = `${line === 0 ? 'All' : `Line ${line}`}  ${description}  ${amount}  ${paint(terminal, by === null ? 'yellow' : 'green', who)}\n`;
      return [head, ...booked, fault === null ? '' : `  ${fault}\n`, ...(by === 'person' ? [] : likely)].join('');
    })
    .join('');
}

function numbersOf(part: CodedLine['parts'][number]): string {
  return (['account', 'costCentre', 'project', 'taxCode'] as const)
    .flatMap((kind) => (part[kind] === null ? [] : [`${kindNames[kind]} ${part[kind]}`]))
    .join(', ');
}

function lineOf(text = '1'): number {
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new DeskhandError(interfaceErrors.usage, `--line ${text}: name the line by its number, from 1; 0 is the whole invoice.`);
}

/** `account=4930,costCentre=100,percent=60`. */
function partOf(text: string): Record<string, string | null> {
  const said = text.split(',').map((piece) => piece.split('=', 2).map((word) => word.trim()));
  const known = ['account', 'costCentre', 'project', 'taxCode', 'percent', 'amount'];
  const wrong = said.find(([name = '', value]) => !known.includes(name) || value === undefined || value === '');
  if (wrong !== undefined)
    throw new DeskhandError(interfaceErrors.usage, `--part ${text}: write it like account=4930,costCentre=100,percent=60.`);
  return { account: null, costCentre: null, project: null, taxCode: null, ...Object.fromEntries(said) };
}
