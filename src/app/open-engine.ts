import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import {
  activityPolicies,
  createActivities,
  createDbosEngine,
  createTemporalEngine,
  referredRuns,
  workflows,
  type Engine,
  type Office,
  type TemporalPlaceOptions,
} from '#orchestration';
import type { Config } from '#platform';
import { version } from './project-folder.ts';

export interface EngineParts {
  readonly config: Config;
  readonly office: Office;
  /** Address under which an engine keeps what it keeps in Postgres. */
  readonly databaseUrl: string;
  readonly secret: string;
}

/** The engine that the settings name; not launched yet. */
export async function openEngine({ config, office, databaseUrl, secret }: EngineParts): Promise<Engine> {
  const { log, database } = office;
  const shared = {
    databaseUrl,
    activities: createActivities(office),
    policies: activityPolicies,
    log,
    retention: {
      days: config.runRetentionDays,
      stillNeeded: async (runs: Parameters<typeof referredRuns>[1]) => await referredRuns(database, runs),
    },
  };
  if (config.engine === 'dbos') {
    return createDbosEngine({
      ...shared,
      workflows,
      executorId: executorId(),
      drainMs,
    });
  }
  return await createTemporalEngine({
    ...shared,
    ...temporalCluster(config, secret),
    workflowNames: Object.keys(workflows),
    rooms: config.roles.filter((role) => role !== 'server'),
    buildId: version,
    activitiesAtOnce: config.workLimit,
  });
}

/** The cluster that the settings name, and what its payloads are encrypted with. */
export function temporalCluster(config: Config, secret: string): Omit<TemporalPlaceOptions, 'log' | 'pool'> {
  const { apiKey, certificate, certificateKey, ...cluster } = config.temporal;
  const earlier = config.earlierSecret === null ? [] : [config.earlierSecret.reveal()];
  return {
    ...cluster,
    apiKey: apiKey?.reveal() ?? null,
    clientCertificate: certificate === null || certificateKey === null ? null : { certificate, key: certificateKey.reveal() },
    secrets: [secret, ...earlier],
  };
}

// A few scanned pages; well within the 30 s after which service managers kill.
const drainMs = 10_000;

/** This process and no other: a number is used again after a restart. */
function executorId(): string {
  return `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;
}
