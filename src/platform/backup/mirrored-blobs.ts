import type { Blobs } from '#domain/ports';
import type { Log } from '../log.ts';

/**
 * Blobs that are also written to a second place, so that a restore to any time finds them. A second place that is full or
 * gone must not stop the office: it is logged, and the next `backup create` copies what is missing.
 */
export function createMirroredBlobs(blobs: Blobs, mirror: Pick<Blobs, 'put'>, log: Log): Blobs {
  return {
    ...blobs,
    async put(bytes) {
      const [stored] = await Promise.all([
        blobs.put(bytes),
        mirror
          .put(bytes)
          .catch((error: Error) =>
            log.error({ event: 'backup.blob-not-copied', reason: error.message }, 'a document was not copied to the backup'),
          ),
      ]);
      return stored;
    },
  };
}
