import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What a program did in a network of its own that ends at loopback. */
export interface IsolatedRun {
  readonly exitCode: number | null;
  readonly output: string;
  /** Packets and connections that the kernel refused because they would have left: name look-ups included, IPv4 and IPv6. */
  readonly attemptsToLeave: number;
}

/** Root needs nothing; anybody else gets the right over a network of their own through a user namespace. */
const unshareArguments = process.getuid?.() === 0 ? ['--net', '--mount'] : ['--map-current-user', '--keep-caps', '--net', '--mount'];

/** Why no network namespace can be made here, or null when it can. */
export function namespaceMissing(): string | null {
  if (process.platform !== 'linux') return 'network namespaces are a thing of Linux';
  const { status, stderr, error } = spawnSync('unshare', [...unshareArguments, 'ip', 'link', 'set', 'lo', 'up'], { encoding: 'utf8' });
  if (error !== undefined) return 'unshare is not installed (Debian: util-linux)';
  return status === 0 ? null : `this kernel gives no network namespace, or ip is missing (Debian: iproute2): ${stderr.trim()}`;
}

/**
 * Runs a program where loopback is the only network. Look-ups go to a name server that lies outside, whatever this
 * machine's own is, so that one that a local resolver would swallow is counted as well.
 */
export async function runIsolated(command: string, args: readonly string[]): Promise<IsolatedRun> {
  const folder = await mkdtemp(path.join(tmpdir(), 'deskhand-namespace-'));
  const resolver = path.join(folder, 'resolv.conf');
  const counters = path.join(folder, 'counters');
  // TEST-NET-1 (RFC 5737): nobody's address.
  await writeFile(resolver, 'nameserver 192.0.2.53\n', { mode: 0o644 });
  const script = `
    ip link set lo up || exit 125
    mount --bind "$1" /etc/resolv.conf || exit 125
    shift
    counters="$1"
    shift
    "$@"
    status=$?
    awk '/^Ip:/ { if (seen++) print $column; else for (field = 1; field <= NF; field++) if ($field == "OutNoRoutes") column = field }' /proc/net/snmp > "$counters"
    [ ! -e /proc/net/snmp6 ] || awk '$1 == "Ip6OutNoRoutes" { print $2 }' /proc/net/snmp6 >> "$counters"
    exit $status`;
  try {
    const run = await spawnWhole('unshare', [...unshareArguments, 'sh', '-c', script, 'sh', resolver, counters, command, ...args]);
    return { ...run, attemptsToLeave: await sumOf(counters) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function sumOf(file: string): Promise<number> {
  const numbers = (await readFile(file, 'utf8')).trim().split('\n').map(Number);
  return numbers.reduce((sum, count) => sum + count, 0);
}

function spawnWhole(command: string, args: readonly string[]): Promise<{ exitCode: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    let output = '';
    // Libraries that report home hold back where they see CI or a test: here they must behave as at a user's.
    const { CI: _ci, NODE_ENV: _mode, VITEST: _vitest, ...env } = process.env;
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode, output }));
  });
}
