import { checkProof, type Extraction, type ProofCheck } from '#domain/documents';
import type { Actor } from '#domain/identity';
import type { Office } from '../tasks/office.ts';
import { ask, found } from './ask.ts';
import { loadReading } from './rows/stored-documents.ts';

export interface ProofCheckView {
  outcome: ProofCheck['outcome'];
  faults: string[];
  equations: number;
  proven: string[];
}

/** Holds an invoice's stored proof card against the stored words, now. @throws DH_ORCHESTRATION_NOT_FOUND */
export async function verifyProof(office: Office, actor: Actor, invoiceId: string): Promise<ProofCheckView> {
  const document = await ask(office, actor, 'invoices:read', async (transaction) =>
    found(
      await transaction
        .selectFrom('invoices')
        .innerJoin('documents', 'documents.id', 'invoices.document_id')
        .select(['documents.reading_sha256 as reading_sha256', 'documents.extraction as extraction'])
        .where('invoices.id', '=', invoiceId)
        .executeTakeFirst(),
      'invoice',
      invoiceId,
    ),
  );
  const reading = await loadReading(office, document);
  const extraction = document.extraction as Extraction | null;
  if (reading === null || extraction === null) return { outcome: 'unchecked', faults: [], equations: 0, proven: [] };
  const { outcome, faults, equations, proven } = checkProof(reading, extraction);
  return { outcome, faults: [...faults], equations, proven: [...proven] };
}
