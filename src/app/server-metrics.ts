import { findRunningInstance, type Config } from '#platform';

/** One figure of the running server, with its labels as they are written: `system="bank"`. */
export interface MetricValue {
  readonly labels: string;
  readonly value: number;
}

const patienceMs = 3000;

/** Asks the server that works on the data folder for one of its metrics; null when none runs here or it does not answer. */
export async function readMetric(config: Config, name: `deskhand_${string}`): Promise<readonly MetricValue[] | null> {
  if ((await findRunningInstance(config.dataFolder))?.url == null) return null;
  const host = ['0.0.0.0', '::'].includes(config.host) ? '127.0.0.1' : config.host;
  const text = await fetch(`http://${host.includes(':') ? `[${host}]` : host}:${config.port}/metrics`, {
    signal: AbortSignal.timeout(patienceMs),
  }).then(
    (response) => (response.ok ? response.text() : null),
    () => null,
  );
  if (text === null) return null;
  return [...text.matchAll(new RegExp(`^${name}(?:\\{(.*)\\})? (\\S+)$`, 'gm'))].map(([, labels = '', value]) => ({
    labels,
    value: Number(value),
  }));
}
