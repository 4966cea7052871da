import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DeskhandError } from '#domain/errors';
import type { Actor } from '#domain/identity';
import type { Office } from '#orchestration';
import { isDatabaseAway, untilDatabaseCame } from '#platform';
import { interfaceErrors } from '../errors.ts';

interface Effect<Answer> {
  readonly status: number;
  /** What makes this request the same as an earlier one. */
  readonly fingerprint: readonly (string | Uint8Array)[];
  readonly run: () => Promise<Answer>;
}

// A request that died with its server blocks its key this long; the slowest effect (50 MB upload) takes seconds.
const abandonedAfterMs = 60_000;
// As long as a client may sensibly retry (draft-ietf-httpapi-idempotency-key-header-07 leaves it to us).
const keptForMs = 86_400_000;

/**
 * Runs an effect once per `Idempotency-Key`: the same key and request get the stored answer, another request under the
 * same key is refused, and one that still runs says so. A failed effect frees its key, because nothing happened.
 *
 * @throws DH_INTERFACES_IDEMPOTENCY_KEY_REUSED, DH_INTERFACES_IDEMPOTENCY_KEY_BUSY
 */
export async function answerOnce<Answer>(
  office: Office,
  actor: Actor,
  request: FastifyRequest,
  reply: FastifyReply,
  effect: Effect<Answer>,
): Promise<Answer> {
  const key = keyOf(request);
  if (key === null) {
    reply.status(effect.status);
    return await effect.run();
  }
  const sha256 = hashOf([request.method, request.url, ...effect.fingerprint]);
  const known = await claim(office, actor, key, sha256);
  if (known !== null) {
    reply.status(known.status).header('idempotency-replayed', 'true');
    return known.body as Answer;
  }
  try {
    const answer = await effect.run();
    await store(office, actor, key, effect.status, answer);
    reply.status(effect.status);
    return answer;
  } catch (thrown) {
    if (isDatabaseAway(thrown)) freeLater(office, actor, key);
    else await release(office, actor, key);
    throw thrown;
  }
}

/** Who asked is told at once to ask again; until the database is back there is no key to free. */
function freeLater(office: Office, actor: Actor, key: string): void {
  const say = (line: string): void => office.log.info({ event: 'idempotency.key-kept' }, line);
  untilDatabaseCame(() => release(office, actor, key), { say, patienceMs: abandonedAfterMs }).catch((thrown: unknown) =>
    say(String(thrown)),
  );
}

function keyOf(request: FastifyRequest): string | null {
  const header = request.headers['idempotency-key'];
  const key = Array.isArray(header) ? header[0] : header;
  if (key === undefined) return null;
  if (key.length > 0 && key.length <= 255) return key;
  throw new DeskhandError(interfaceErrors.requestInvalid, 'Idempotency-Key must have 1 to 255 characters, for example a UUID.');
}

function hashOf(parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(createHash('sha256').update(part).digest());
  return hash.digest('hex');
}

/** @returns the stored answer, or null when the key is now ours to run under. */
async function claim(
  office: Office,
  actor: Actor,
  key: string,
  sha256: string,
): Promise<{ readonly status: number; readonly body: unknown } | null> {
  const { memberId, organizationId } = actor;
  return await office.database.inOrganization(organizationId, async (transaction) => {
    const now = office.clock.now().getTime();
    await transaction
      .deleteFrom('idempotency_keys')
      .where('member_id', '=', memberId)
      .where((where) =>
        where.or([
          where('created_at', '<', new Date(now - keptForMs)),
          where.and([where('key', '=', key), where('status', 'is', null), where('created_at', '<', new Date(now - abandonedAfterMs))]),
        ]),
      )
      .execute();
    const inserted = await transaction
      .insertInto('idempotency_keys')
      .values({
        organization_id: organizationId,
        member_id: memberId,
        key,
        request_sha256: sha256,
        created_at: new Date(now),
        status: null,
        body: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('key')
      .executeTakeFirst();
    if (inserted !== undefined) return null;
    const known = await transaction
      .selectFrom('idempotency_keys')
      .select(['request_sha256', 'status', 'body'])
      .where('member_id', '=', memberId)
      .where('key', '=', key)
      .executeTakeFirst();
    return storedAnswer(known, sha256);
  });
}

function storedAnswer(
  known: { readonly request_sha256: string; readonly status: number | null; readonly body: unknown } | undefined,
  sha256: string,
): { readonly status: number; readonly body: unknown } {
  if (known !== undefined && known.request_sha256 !== sha256) {
    throw new DeskhandError(interfaceErrors.idempotencyKeyReused, 'This Idempotency-Key was used for another request. Use a new key.');
  }
  if (known === undefined || known.status === null) {
    throw new DeskhandError(
      interfaceErrors.idempotencyKeyBusy,
      'The first request with this Idempotency-Key still runs. Ask again in a moment.',
      {
        details: { retryAfterS: 1 },
      },
    );
  }
  return { status: known.status, body: known.body };
}

async function store(office: Office, { memberId, organizationId }: Actor, key: string, status: number, body: unknown): Promise<void> {
  await office.database.inOrganization(organizationId, (transaction) =>
    transaction
      .updateTable('idempotency_keys')
      .set({ status, body: JSON.stringify(body) })
      .where('member_id', '=', memberId)
      .where('key', '=', key)
      .execute(),
  );
}

async function release(office: Office, { memberId, organizationId }: Actor, key: string): Promise<void> {
  await office.database.inOrganization(organizationId, (transaction) =>
    transaction
      .deleteFrom('idempotency_keys')
      .where('member_id', '=', memberId)
      .where('key', '=', key)
      .where('status', 'is', null)
      .execute(),
  );
}
