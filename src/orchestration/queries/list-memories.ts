import type { FieldName, Lesson } from '#domain/documents';
import type { Actor } from '#domain/identity';
import type { Office } from '../tasks/office.ts';
import { ask } from './ask.ts';
import { findPeople, personOf } from './rows/people.ts';
import type { Person } from './views.ts';

export interface MemoryView {
  id: string;
  field: FieldName;
  kind: Lesson['kind'];
  value: string | null;
  /** Where it looks, in words. */
  places: string[];
  supplierName: string | null;
  version: number;
  status: 'active' | 'replaced' | 'set-aside' | 'revoked';
  endedBecause: string | null;
  uses: number;
  invoiceId: string;
  learnedBy: Person;
  learnedAt: string;
}

const shown = 500;

/** What corrections taught, newest first; also what ended and why. */
export async function listMemories(office: Office, actor: Actor): Promise<{ items: MemoryView[] }> {
  return await ask(office, actor, 'invoices:read', async (transaction) => {
    const rows = await transaction
      .selectFrom('layout_memories')
      .selectAll()
      .orderBy('learned_at', 'desc')
      .orderBy('id', 'desc')
      .limit(shown)
      .execute();
    const people = await findPeople(
      transaction,
      rows.map((row) => row.learned_by),
    );
    const items = rows.map((row): MemoryView => {
      const lesson = row.lesson as Lesson;
      return {
        id: row.id,
        field: lesson.field,
        kind: lesson.kind,
        value: lesson.value,
        places: lesson.anchors.map(({ label, direction }) =>
          label === null ? 'at the same place' : `${direction === 'below' ? 'below' : 'beside'} “${label}”`,
        ),
        supplierName: row.supplier_name,
        version: row.version,
        status: row.status,
        endedBecause: row.ended_because,
        uses: row.uses,
        invoiceId: row.invoice_id,
        learnedBy: personOf(people, row.learned_by) ?? { id: row.learned_by, name: row.learned_by },
        learnedAt: row.learned_at.toISOString(),
      };
    });
    return { items };
  });
}
