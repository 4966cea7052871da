import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import {
  connect,
  constants,
  createSecureServer,
  type ClientHttp2Session,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

/** A certificate with its key, both PEM. */
export interface Identity {
  readonly certificate: string;
  readonly key: string;
}

export interface TlsFront {
  readonly address: string;
  /** Who signed the server's certificate and those of its clients. */
  readonly ca: string;
  readonly client: Identity;
  /** Signed by nobody that the front knows. */
  readonly stranger: Identity;
  close(): Promise<void>;
}

/** What stands before a Temporal server in a company: TLS both ways, and a key for those who call. */
export async function startTlsFront(behind: string, apiKey: string): Promise<TlsFront> {
  const folder = await mkdtemp(path.join(tmpdir(), 'deskhand-tls-'));
  await makeIdentity(folder, 'ca', []);
  await makeIdentity(folder, 'other-ca', []);
  const leaf = ['-addext', 'basicConstraints=critical,CA:FALSE'];
  const signedBy = (name: string): string[] => [
    '-CA',
    path.join(folder, `${name}.pem`),
    '-CAkey',
    path.join(folder, `${name}.key`),
    ...leaf,
  ];
  const own = await makeIdentity(folder, 'server', [...signedBy('ca'), '-addext', 'subjectAltName=IP:127.0.0.1']);
  const client = await makeIdentity(folder, 'client', signedBy('ca'));
  const stranger = await makeIdentity(folder, 'stranger', signedBy('other-ca'));
  const ca = await readFile(path.join(folder, 'ca.pem'), 'utf8');

  const upstream = connect(`http://${behind}`);
  const server = createSecureServer({ cert: own.certificate, key: own.key, ca, requestCert: true, rejectUnauthorized: true });
  const sessions = new Set<{ destroy(): void }>();
  server.on('session', (session) => sessions.add(session));
  server.on('stream', (stream, headers) => {
    if (headers.authorization === `Bearer ${apiKey}`) forward(upstream, behind, stream, headers);
    else
      stream.respond(
        { ':status': 200, 'content-type': 'application/grpc', 'grpc-status': '16', 'grpc-message': 'no such key' },
        { endStream: true },
      );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    ca,
    client,
    stranger,
    async close() {
      for (const session of sessions) session.destroy();
      upstream.destroy();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** One call, its stream and its trailers, in both directions. */
function forward(upstream: ClientHttp2Session, behind: string, stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
  const call = upstream.request({ ...headers, ':authority': behind, ':scheme': 'http' });
  let trailers: IncomingHttpHeaders = {};
  call.on('response', (answer, flags) => {
    if (stream.destroyed) return;
    const isOver = (flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0;
    stream.respond(answer, isOver ? { endStream: true } : { waitForTrailers: true });
  });
  call.on('trailers', (last) => (trailers = last));
  stream.on('wantTrailers', () => stream.sendTrailers(trailers));
  // Either side may hang up at any time.
  for (const end of [call, stream]) end.on('error', () => undefined);
  stream.on('close', () => call.close(constants.NGHTTP2_CANCEL));
  stream.pipe(call);
  call.pipe(stream);
}

async function makeIdentity(folder: string, name: string, more: readonly string[]): Promise<Identity> {
  const [certificate, key] = [path.join(folder, `${name}.pem`), path.join(folder, `${name}.key`)];
  const ask = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  await promisify(execFile)('openssl', [...ask, '-subj', `/CN=${name}`, '-keyout', key, '-out', certificate, ...more]);
  return { certificate: await readFile(certificate, 'utf8'), key: await readFile(key, 'utf8') };
}
