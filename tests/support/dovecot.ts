import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Why Dovecot can't run here, or null when it can. Its login processes change their user, so it needs root. */
export function dovecotMissing(): string | null {
  if (spawnSync('dovecot', ['--version']).status !== 0) return 'dovecot is not installed (Debian: dovecot-imapd)';
  return process.getuid?.() === 0 ? null : 'dovecot needs root to change the user of its login processes';
}

/** A real IMAP server with one user (`ana@office.example`, password `secret`) in a folder of its own. */
export interface Dovecot {
  readonly port: number;
  start(): Promise<void>;
  /** As a power cut: no goodbye to the clients. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

export async function createDovecot(): Promise<Dovecot> {
  // Short path below /tmp: Dovecot's sockets must stay below 108 characters.
  const folder = mkdtempSync('/tmp/dh-imap-');
  const port = await freePort();
  for (const name of ['run', 'state', 'mail', 'home']) mkdirSync(join(folder, name));
  spawnSync('chown', ['65534:65534', join(folder, 'mail'), join(folder, 'home')]);
  spawnSync('chmod', ['755', folder]);
  writeFileSync(join(folder, 'users'), 'ana@office.example:{PLAIN}secret\n', { mode: 0o644 });
  const config = join(folder, 'dovecot.conf');
  writeFileSync(config, configuration(folder, port));
  let child: ChildProcess | null = null;
  const dovecot: Dovecot = {
    port,
    async start() {
      child = spawn('dovecot', ['-F', '-c', config], { stdio: 'ignore', detached: true });
      await untilServing(port, join(folder, 'dovecot.log'));
    },
    async kill() {
      if (child === null) return;
      const gone = new Promise((resolve) => child?.once('exit', resolve));
      // Its whole process group: the master's sudden death would leave its children serving.
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      await gone;
      child = null;
      rmSync(join(folder, 'run/master.pid'), { force: true });
      // A lock that a killed process held is waited for two minutes by the next one.
      for (const file of readdirSync(join(folder, 'mail'), { recursive: true, encoding: 'utf8' })) {
        if (file.endsWith('.lock')) rmSync(join(folder, 'mail', file), { force: true });
      }
    },
    async close() {
      await dovecot.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return dovecot;
}

function configuration(folder: string, port: number): string {
  return `base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/dovecot.log
instance_name = deskhand-test
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
first_valid_uid = 65534
default_login_user = dovenull
default_internal_user = dovecot
mail_location = maildir:${folder}/mail/%u
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%u ${folder}/users
}
userdb {
  driver = static
  args = uid=65534 gid=65534 home=${folder}/home/%u
}
namespace inbox {
  inbox = yes
}
service imap-login {
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  client_limit = 200
}
`;
}

/** Up means that a login is answered: the port opens before the login processes can serve it. */
async function untilServing(port: number, logFile: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await canLogIn(port)) return;
    await delay(50);
  }
  throw new Error(`Dovecot did not start: ${existsSync(logFile) ? readFileSync(logFile, 'utf8') : 'no log'}`);
}

function canLogIn(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('a LOGIN ana@office.example secret\r\n'));
    let answers = '';
    socket.setTimeout(2000, () => socket.destroy());
    socket.on('data', (chunk) => {
      answers += String(chunk);
      if (/^a /m.test(answers)) socket.destroy();
    });
    socket.on('error', () => undefined).on('close', () => resolve(/^a OK/m.test(answers)));
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
