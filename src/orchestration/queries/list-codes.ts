import type { Actor } from '#domain/identity';
import type { Office } from '../tasks/office.ts';
import { ask } from './ask.ts';
import { plainDecimal } from './numbers.ts';
import type { CodeView } from './views-coding.ts';

/** The organization's accounts, cost centres, projects and tax codes by number, closed ones too. */
export async function listCodes(office: Office, actor: Actor): Promise<{ items: CodeView[] }> {
  return await ask(office, actor, 'master-data:read', async (transaction) => {
    const rows = await transaction.selectFrom('codes').selectAll().orderBy('kind').orderBy('number').execute();
    return {
      items: rows.map((row) => ({
        kind: row.kind,
        number: row.number,
        name: row.name,
        isActive: row.is_active,
        taxRate: row.tax_rate === null ? null : plainDecimal(row.tax_rate),
      })),
    };
  });
}
