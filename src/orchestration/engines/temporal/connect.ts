import { Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { DeskhandError } from '#domain/errors';
import { orchestrationErrors } from '../../errors.ts';
import type { TemporalServer } from '../temporal.ts';

export interface Connections {
  readonly connection: Connection;
  /** Of the workers; null where none run. */
  readonly native: NativeConnection | null;
}

/** @throws DH_ORCHESTRATION_ENGINE_UNREACHABLE */
export async function connectTo(server: TemporalServer, hasWorkers: boolean): Promise<Connections> {
  const options = connectionOptions(server);
  let connection: Connection | null = null;
  try {
    connection = await Connection.connect(options);
    return { connection, native: hasWorkers ? await NativeConnection.connect(options) : null };
  } catch (cause) {
    await connection?.close();
    throw new DeskhandError(
      orchestrationErrors.engineUnreachable,
      `The Temporal cluster at ${server.address} cannot be used: ${reasonOf(cause)}. Check DESKHAND_TEMPORAL_ADDRESS, and for a cluster with TLS DESKHAND_TEMPORAL_TLS, _CA, _CERTIFICATE and _API_KEY.`,
      { cause },
    );
  }
}

interface ConnectionSettings {
  readonly address: string;
  readonly apiKey?: string;
  readonly tls: boolean | { serverRootCACertificate?: Buffer; clientCertPair?: { crt: Buffer; key: Buffer } };
}

function connectionOptions({ address, apiKey, isTls, ca, clientCertificate }: TemporalServer): ConnectionSettings {
  const tls = {
    ...(ca == null ? {} : { serverRootCACertificate: Buffer.from(ca) }),
    ...(clientCertificate == null
      ? {}
      : { clientCertPair: { crt: Buffer.from(clientCertificate.certificate), key: Buffer.from(clientCertificate.key) } }),
  };
  return { address, ...(apiKey === null ? {} : { apiKey }), tls: isTls ? tls : false };
}

/** gRPC says it in `details`; what the connection itself failed with lies below. */
function reasonOf(thrown: unknown): string {
  const { message, cause } = thrown as { message?: unknown; cause?: { details?: unknown } };
  const details = cause?.details;
  return String(typeof details === 'string' && details !== '' ? details : message).replace(/\.$/, '');
}
