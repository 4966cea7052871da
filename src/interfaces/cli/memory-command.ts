import type { MemoryList } from '../api/contract.ts';
import { exitStatus, type CliContext, type ExitStatus } from './cli-context.ts';
import type { ServerOptions } from './office-commands.ts';
import { connect } from './server-client.ts';
import { paint } from './terminal.ts';

export interface MemoryOptions extends ServerOptions {
  readonly revoke?: string;
  readonly reason?: string;
}

/** What corrections taught, or the end of one such memory. */
export async function memory(context: CliContext, options: MemoryOptions): Promise<ExitStatus> {
  const { terminal } = context;
  const server = await connect(context, options);
  const why = options.reason === undefined ? '' : `?reason=${encodeURIComponent(options.reason)}`;
  const { items } =
    options.revoke === undefined
      ? await server.get<MemoryList>('/v1/memory')
      : await server.remove<MemoryList>(`/v1/memory/${encodeURIComponent(options.revoke)}${why}`);
  if (options.json === true) terminal.write(`${JSON.stringify({ items }, null, 2)}\n`);
  else if (items.length === 0) terminal.write('Nothing was learnt yet: corrections teach.\n');
  else for (const item of items) terminal.write(describe(context, item));
  return exitStatus.ok;
}

function describe({ terminal }: CliContext, item: MemoryList['items'][number]): string {
  const { id, field, kind, value, places, supplierName, version, status, endedBecause, uses, learnedBy, learnedAt } = item;
  const what = kind === 'constant' ? `is ${value ?? ''}` : kind === 'absent' ? 'is not what stands' : 'stands';
  const where = places.length === 0 ? '' : ` ${places.slice(0, 3).join(', ')}`;
  const state =
    status === 'active' ? paint(terminal, 'green', `in use, ${uses} times`) : paint(terminal, 'yellow', `${status}: ${endedBecause ?? ''}`);
  return `${paint(terminal, 'bold', id)}  ${supplierName ?? 'unknown supplier'}: ${field} ${what}${where}\n  version ${version}, ${state}, learnt from ${learnedBy.name} on ${learnedAt.slice(0, 10)}\n`;
}
