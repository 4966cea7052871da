import type { Numbers } from '../api/contract-numbers.ts';
import { exitStatus, type CliContext, type ExitStatus } from './cli-context.ts';
import type { ServerOptions } from './office-commands.ts';
import { connect } from './server-client.ts';
import { paint, table } from './terminal.ts';

/** `deskhand numbers`: the figures of a period, each with how it is counted and where its invoices are listed. */
export async function numbers(context: CliContext, options: ServerOptions & { readonly period?: string }): Promise<ExitStatus> {
  const { terminal } = context;
  const server = await connect(context, options);
  const period = options.period ?? new Date().toISOString().slice(0, 7);
  const found = await server.get<Numbers>(`/v1/numbers?period=${encodeURIComponent(period)}`);
  if (options.json === true) {
    terminal.write(`${JSON.stringify(found, null, 2)}\n`);
    return exitStatus.ok;
  }
  const { figures, hoursSaved, cycleTime, exceptions } = found;
  const say = (label: string, value: string, definition: string, link = ''): string =>
    `${paint(terminal, 'bold', label)}: ${value}\n  ${definition}\n${link === '' ? '' : `  ${link}\n`}`;
  const listOf = (figure: string): string => `${server.url}/invoices?figure=${figure}&period=${encodeURIComponent(period)}`;
  const steps = hoursSaved.steps.map(({ step, times, minutes }) => `${times} ${step} × ${minutes} min`).join(', ');
  terminal.write(`${found.period.from} to ${found.period.until} (${found.period.timeZone})\n\n`);
  for (const { name, label, value, definition, invoices } of figures)
    terminal.write(say(label, value, definition, invoices === 0 ? '' : listOf(name)));
  terminal.write(say('Hours saved', hoursSaved.hours, `${hoursSaved.definition} Here: ${steps}.`));
  const hours =
    cycleTime.medianHours === null ? 'none decided' : `median ${cycleTime.medianHours} h, nine of ten within ${cycleTime.p90Hours ?? ''} h`;
  terminal.write(say('From arrival to decision', hours, cycleTime.definition, listOf('decided')));
  const rows = exceptions.map(({ reason, supplier, questions, invoices }) => [reason, supplier, String(questions), String(invoices)]);
  if (rows.length > 0) terminal.write(`\n${table([['Asked about', 'Supplier', 'Questions', 'Invoices'], ...rows])}`);
  return exitStatus.ok;
}
