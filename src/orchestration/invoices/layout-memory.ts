import type { Extraction, FieldName, LayoutPrint, Lesson, Memory, Reading } from '#domain/documents';
import { headerFieldNames } from '#domain/documents';
import type { Actor } from '#domain/identity';
import type { DocumentReadResult } from '#domain/ports';
import { appendAudit, newId, type Transaction } from '#platform';
import type { LoadedInvoice } from './invoices.ts';
import type { Office } from '../tasks/office.ts';

/** The newest that are looked at for one paper: comparing them takes some 20 µs each. */
const most = 1000;

interface Correction {
  readonly field: string;
  readonly value: unknown;
}
type LayoutMemory = NonNullable<Office['memory']>;

/** Lays over what was read what earlier corrections taught of its layout. */
export async function withMemory(office: Office, organizationId: string, result: DocumentReadResult): Promise<DocumentReadResult> {
  const { memory } = office;
  if (memory === undefined || result.extraction === null) return result;
  const rows = await office.database.inOrganization(organizationId, (transaction) =>
    transaction
      .selectFrom('layout_memories')
      .select(['id', 'print', 'lesson'])
      .where('status', '=', 'active')
      .orderBy('learned_at', 'desc')
      .orderBy('id', 'desc')
      .limit(most)
      .execute(),
  );
  const memories = rows
    .toReversed()
    .map(({ id, print, lesson }): Memory => ({ id, print: print as LayoutPrint, lesson: lesson as Lesson }));
  const { extraction, used } = memory.recall(result.reading, result.extraction, memories);
  if (used.length === 0) return result;
  const ids = used.map(({ memoryId }) => memoryId);
  await office.database.inOrganization(organizationId, (transaction) =>
    transaction
      .updateTable('layout_memories')
      .set((row) => ({ uses: row('uses', '+', 1) }))
      .where('id', 'in', ids)
      .execute(),
  );
  return { ...result, extraction };
}

/**
 * Remembers what a person put right. A memory that said otherwise of this layout ends: `set-aside` when it had filled in what is now
 * corrected, `replaced` when it had kept still.
 */
export async function learnFrom(
  office: Office,
  transaction: Transaction,
  actor: Actor,
  subject: { readonly loaded: LoadedInvoice; readonly reading: Reading | null; readonly corrections: readonly Correction[] },
): Promise<void> {
  const { memory } = office;
  const { loaded, reading, corrections } = subject;
  const { extraction } = loaded;
  if (memory === undefined || reading === null || extraction === null) return;
  for (const { field, value } of corrections) {
    const name = headerFieldNames.find((one) => one === field);
    if (name === undefined || !isTeachable(extraction, name, value)) continue;
    const learnt = memory.learn(reading, { field: name, said: value as string | null, read: extraction.fields[name].value });
    await endThoseThatDiffer(memory, office, transaction, actor, { loaded, reading, field: name });
    if (learnt !== null)
      await remember(office, transaction, actor, { loaded, field: name, print: memory.printOf(reading), lesson: learnt });
  }
}

/** A confirmed value teaches nothing, and what is proven or structured is never left to memory. */
function isTeachable(extraction: Extraction, field: FieldName, value: unknown): boolean {
  const read = extraction.fields[field];
  return (value === null || typeof value === 'string') && value !== read.value && read.standing !== 'proven' && read.origin !== 'xml';
}

interface Lost {
  readonly loaded: LoadedInvoice;
  readonly reading: Reading;
  readonly field: FieldName;
}

async function endThoseThatDiffer(
  memory: LayoutMemory,
  office: Office,
  transaction: Transaction,
  actor: Actor,
  { loaded, reading, field }: Lost,
): Promise<void> {
  const print = memory.printOf(reading);
  const rows = await transaction
    .selectFrom('layout_memories')
    .select(['id', 'print'])
    .where('status', '=', 'active')
    .where('field', '=', field)
    .execute();
  const wasFilled = loaded.extraction?.fields[field].origin === 'memory';
  for (const row of rows) {
    if (!memory.isSameLayout(row.print as LayoutPrint, print)) continue;
    await transaction
      .updateTable('layout_memories')
      .set({
        status: wasFilled ? 'set-aside' : 'replaced',
        ended_because: wasFilled ? `A person put right what it had filled in on ${loaded.row.id}.` : `Learnt anew from ${loaded.row.id}.`,
        ended_at: office.clock.now(),
      })
      .where('id', '=', row.id)
      .execute();
    if (wasFilled) {
      await appendAudit(transaction, actor.organizationId, office.clock.now(), {
        actor: 'deskhand',
        action: 'memory.set-aside',
        subjects: [row.id, loaded.row.id],
        details: { field },
      });
    }
  }
}

async function remember(
  office: Office,
  transaction: Transaction,
  actor: Actor,
  learnt: { readonly loaded: LoadedInvoice; readonly field: FieldName; readonly print: LayoutPrint; readonly lesson: Lesson },
): Promise<void> {
  const { loaded, field, print, lesson } = learnt;
  const id = newId('mem');
  const { versions } = await transaction
    .selectFrom('layout_memories')
    .select((row) => row.fn.countAll<string>().as('versions'))
    .where('field', '=', field)
    .where('supplier_name', 'is not distinct from', loaded.values.fields.supplierName.value)
    .executeTakeFirstOrThrow();
  await transaction
    .insertInto('layout_memories')
    .values({
      id,
      organization_id: actor.organizationId,
      field,
      version: Number(versions) + 1,
      print: JSON.stringify(print),
      lesson: JSON.stringify(lesson),
      supplier_name: loaded.values.fields.supplierName.value,
      invoice_id: loaded.row.id,
      learned_by: actor.memberId,
      learned_at: office.clock.now(),
    })
    .execute();
  await appendAudit(transaction, actor.organizationId, office.clock.now(), {
    actor: 'deskhand',
    action: 'memory.learned',
    subjects: [id, loaded.row.id],
    details: { field },
  });
}
