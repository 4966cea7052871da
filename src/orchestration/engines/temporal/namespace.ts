import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';
import { attributes } from './wire.ts';

const { INDEXED_VALUE_TYPE_DATETIME, INDEXED_VALUE_TYPE_KEYWORD } = proto.temporal.api.enums.v1.IndexedValueType;

/** Registers the search attributes that the namespace does not have yet. */
export async function prepareNamespace(client: Client): Promise<void> {
  const { namespace } = client.options;
  const known = (await client.connection.operatorService.listSearchAttributes({ namespace })).customAttributes ?? {};
  const missing = Object.values(attributes).filter((name) => known[name] === undefined);
  if (missing.length === 0) return;
  const typeOf = (name: string): number => (name === attributes.waitsUntil ? INDEXED_VALUE_TYPE_DATETIME : INDEXED_VALUE_TYPE_KEYWORD);
  await client.connection.operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(missing.map((name) => [name, typeOf(name)])),
  });
}

/**
 * Sends new and old work to this version's workflow workers; asked again until the server has heard of them.
 */
export async function makeCurrent(
  client: Client,
  version: { deploymentName: string; buildId: string },
  giveUpAfterMs = 30_000,
): Promise<void> {
  for (const startedAt = Date.now(); ;) {
    try {
      await client.workflowService.setWorkerDeploymentCurrentVersion({
        namespace: client.options.namespace,
        deploymentName: version.deploymentName,
        buildId: version.buildId,
        ignoreMissingTaskQueues: true,
      });
      return;
    } catch (thrown) {
      if (Date.now() - startedAt > giveUpAfterMs) throw thrown;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
