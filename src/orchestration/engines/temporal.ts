import type pg from 'pg';
import { DeskhandError } from '#domain/errors';
import type { Log } from '#platform';
import { orchestrationErrors } from '../errors.ts';
import type { ActivityMap, ActivityPolicies, Engine } from '../flow.ts';
import type { Place } from './moving.ts';
import type { RetentionOptions } from './retention.ts';
import type { Room } from './temporal/wire.ts';

/** Where the cluster is, and what it knows us by. */
export interface TemporalServer {
  /** Host and port of its frontend. */
  readonly address: string;
  readonly apiKey: string | null;
  readonly isTls: boolean;
  /** PEM. @default the authorities that this machine trusts */
  readonly ca?: string | null;
  /** PEM; for mutual TLS. */
  readonly clientCertificate?: { readonly certificate: string; readonly key: string } | null;
}

export interface TemporalEngineOptions<Activities extends ActivityMap> extends TemporalServer {
  readonly namespace: string;
  /** Postgres of the product; signals are kept there. */
  readonly databaseUrl: string;
  /** What payloads are encrypted with: the installation's secret first, then earlier ones. */
  readonly secrets: readonly [string, ...string[]];
  readonly activities: Activities;
  readonly policies: ActivityPolicies<Activities>;
  readonly workflowNames: readonly string[];
  /** The module that Temporal bundles. @default the product's workflows */
  readonly workflowsPath?: string;
  /** The same, bundled before (`temporal/bundle.ts`): such a worker starts a second sooner. */
  readonly workflowBundlePath?: string;
  /** Whose workers run in this process; none for one that only starts and asks. */
  readonly rooms: readonly Room[];
  /** The release: work moves to the newest that was launched. */
  readonly buildId: string;
  /** Activities that one room's worker runs side by side. */
  readonly activitiesAtOnce: number;
  readonly log: Log;
  /** For kept signals; ended runs follow the namespace's own retention. @default signals are kept for ever */
  readonly retention?: RetentionOptions;
  readonly firstPauseMs?: number;
}

export interface TemporalPlaceOptions extends TemporalServer {
  readonly namespace: string;
  readonly secrets: readonly [string, ...string[]];
  readonly log: Log;
  /** Of the product's Postgres, as the engine. */
  readonly pool: pg.Pool;
  /** @default the product's workflows, telling what they did */
  readonly workflowsPath?: string;
}

/** For moving runs. @throws DH_ORCHESTRATION_ENGINE_MISSING */
export async function openTemporalPlace(options: TemporalPlaceOptions): Promise<Place> {
  const { openPlace } = await loaded(() => import('./temporal/place.ts'));
  return await openPlace(options);
}

/**
 * The distributed engine: the same workflows on a Temporal cluster. Its libraries are large and loaded only here.
 *
 * @throws DH_ORCHESTRATION_ENGINE_MISSING
 */
export async function createTemporalEngine<Activities extends ActivityMap>(options: TemporalEngineOptions<Activities>): Promise<Engine> {
  const { createEngine } = await loaded(() => import('./temporal/engine.ts'));
  return createEngine(options);
}

async function loaded<Module>(load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (cause) {
    if ((cause as { code?: unknown }).code !== 'ERR_MODULE_NOT_FOUND') throw cause;
    throw new DeskhandError(
      orchestrationErrors.engineMissing,
      'DESKHAND_ENGINE is temporal, but its libraries are not installed. Run npm install with development packages, or set DESKHAND_ENGINE to dbos.',
      { cause },
    );
  }
}
