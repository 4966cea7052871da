import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, expect, test } from 'vitest';
import type { Mailer, OutgoingMail } from '#domain/ports';
import { createMetrics, createOutsideCalls } from '#platform';
import { createMailer, type SmtpAccount } from './smtp.ts';

const mail: OutgoingMail = {
  messageId: '<qml_1@office.example>',
  from: { name: 'Test Office GmbH', address: 'invoices@office.example' },
  to: { name: 'Nordwind Papier GmbH', address: 'rechnung@nordwind.example' },
  subject: 'Rückfrage zur Rechnung RE-1 [Q-7F3K2M9A0B]',
  text: 'Guten Tag,\n\nist der Preis richtig?\n',
  inReplyTo: null,
  date: new Date('2026-12-01T09:00:00Z'),
};

const servers: SMTPServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise<void>((done) => server.close(done))));
});

/** A real SMTP server on this machine; what it takes in is kept. */
async function openServer(
  options: SMTPServerOptions = {},
): Promise<{ readonly mailer: Mailer; readonly port: number; readonly taken: string[] }> {
  const taken: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        taken.push(Buffer.concat(chunks).toString('utf8'));
        callback();
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { mailer: mailerTo(port), port, taken };
}

function mailerTo(port: number, encryption: SmtpAccount['encryption'] = 'none'): Mailer {
  const system = createOutsideCalls({ metrics: createMetrics() }).to('smtp');
  return createMailer({ host: '127.0.0.1', port, encryption, login: null }, 'invoices@office.example', system);
}

test('a mail that the server takes is accepted, under its own Message-ID', async () => {
  const { mailer, taken } = await openServer();
  expect(await mailer.send(mail)).toEqual({ outcome: 'accepted' });
  expect(taken).toHaveLength(1);
  expect(taken[0]).toContain('Message-ID: <qml_1@office.example>');
  expect(taken[0]).toContain('To: Nordwind Papier GmbH <rechnung@nordwind.example>');
});

test('an address that the server does not know is refused, with the server’s reason', async () => {
  const unknown = Object.assign(new Error('No such user here'), { responseCode: 550 });
  const { mailer, taken } = await openServer({ onRcptTo: (_address, _session, callback) => callback(unknown) });
  expect(await mailer.send(mail)).toEqual({ outcome: 'refused', reason: '550 No such user here' });
  expect(taken).toEqual([]);
});

test('a server that says to come back later, or is not there, has sent nothing', async () => {
  const busy = Object.assign(new Error('Try again later'), { responseCode: 451 });
  const { mailer } = await openServer({ onRcptTo: (_address, _session, callback) => callback(busy) });
  await expect(mailer.send(mail)).rejects.toMatchObject({ code: 'DH_CONNECTORS_MAIL_SERVER_UNREACHABLE' });
  await expect(mailerTo(1).send(mail)).rejects.toMatchObject({ code: 'DH_CONNECTORS_MAIL_SERVER_UNREACHABLE' });
});

test('where a line is not encrypted as it must be, or the server is not who it says, nothing is sent', async () => {
  const open = await openServer();
  await expect(mailerTo(open.port, 'starttls').send(mail)).rejects.toMatchObject({ code: 'DH_CONNECTORS_MAIL_SERVER_UNREACHABLE' });
  // The certificate that the server library brings is nobody's.
  const unknown = await openServer({ secure: true });
  await expect(mailerTo(unknown.port, 'tls').send(mail)).rejects.toMatchObject({ code: 'DH_CONNECTORS_MAIL_SERVER_UNREACHABLE' });
  expect([...open.taken, ...unknown.taken]).toEqual([]);
});

test('a connection that breaks after the mail was sent leaves it unknown, and nothing is repeated', async () => {
  let received = 0;
  const { mailer } = await openServer({
    onData(stream) {
      stream.resume();
      stream.on('end', () => {
        received += 1;
        for (const connection of servers[0]?.connections ?? []) (connection as { _socket?: { destroy(): void } })._socket?.destroy();
      });
    },
  });
  expect(await mailer.send(mail)).toMatchObject({ outcome: 'unknown' });
  expect(received).toBe(1);
});
