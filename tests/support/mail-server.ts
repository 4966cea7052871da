import { SMTPServer } from 'smtp-server';

/** A real SMTP server on this machine, which keeps what it takes in. */
export interface TestMailServer {
  /** As `DESKHAND_SMTP_URL`. */
  readonly url: string;
  readonly port: number;
  /** Mails as they came, oldest first. */
  readonly taken: readonly string[];
  /** What happens to the next mail instead: refused for good, or taken with the line cut before the answer. */
  next(fault: 'refuse' | 'lose-answer'): void;
  close(): Promise<void>;
}

export async function openMailServer(): Promise<TestMailServer> {
  const taken: string[] = [];
  const faults: ('refuse' | 'lose-answer')[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo(_address, _session, callback) {
      if (faults[0] !== 'refuse') return callback();
      faults.shift();
      return callback(Object.assign(new Error('No such user here'), { responseCode: 550 }));
    },
    onData(stream, _session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        taken.push(Buffer.concat(chunks).toString('utf8'));
        if (faults.shift() !== 'lose-answer') return callback();
        for (const connection of server.connections) (connection as { _socket?: { destroy(): void } })._socket?.destroy();
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    taken,
    next: (fault) => faults.push(fault),
    close: () => new Promise<void>((done) => server.close(done)),
  };
}

/** The header of a mail as it came, unfolded; empty where it has none. */
export function headerOf(mail: string, name: string): string {
  const head = mail.slice(0, mail.indexOf('\r\n\r\n')).replaceAll(/\r\n[ \t]+/g, ' ');
  return new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1]?.trim() ?? '';
}
