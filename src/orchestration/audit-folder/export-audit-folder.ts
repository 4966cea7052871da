import { createHash } from 'node:crypto';
import { DeskhandError } from '#domain/errors';
import type { Actor } from '#domain/identity';
import { periodOf, type FolderFault, type FolderManifest, type Period } from '#domain/audit-folder';
import { appendAudit } from '#platform';
import { requireRight } from '../commands/require-right.ts';
import { orchestrationErrors } from '../errors.ts';
import type { Office } from '../tasks/office.ts';
import { folderFiles, json, textBytes, type FolderFile } from './folder-files.ts';
import { folderPage } from './folder-page.ts';
import { folderInvoices, invoicesCsv } from './folder-summary.ts';
import { loadSegment } from './period-segment.ts';

/**
 * Writes the auditor's folder of a period: all that its part of the audit log speaks about, with a list of hashes and a
 * page that checks them offline. The export is itself an entry of the log, with the fingerprint of that list.
 *
 * @param onFile - takes one file after the other and may make the export wait; the last one is `manifest.json`.
 * @returns SHA-256 of `manifest.json`.
 * @throws DH_ORCHESTRATION_NOT_ALLOWED, DH_ORCHESTRATION_PERIOD_UNKNOWN
 */
export async function exportAuditFolder(
  office: Office,
  actor: Actor,
  { period: name, onFile }: { readonly period: string; readonly onFile: (file: FolderFile) => Promise<void> },
): Promise<{ readonly manifestSha256: string; readonly files: number }> {
  const period = checkExport(actor, name);
  const manifest = await office.database.inOrganization(
    actor.organizationId,
    async (transaction) => {
      const segment = await loadSegment(transaction, period);
      const missing: FolderFault[] = [];
      const files: { path: string; sizeBytes: number; sha256: string }[] = [];
      const write = async (file: FolderFile): Promise<void> => {
        files.push({ path: file.path, sizeBytes: file.bytes.byteLength, sha256: sha256Of(file.bytes) });
        await onFile(file);
      };
      for await (const file of folderFiles({ office, transaction, segment, missing })) await write(file);
      const invoices = await folderInvoices(transaction, segment.subjects);
      await write({ path: 'invoices.csv', bytes: textBytes(invoicesCsv(invoices)) });
      const { organization, before, after, timeZone } = segment;
      const head = {
        organization: { id: organization.id, name: organization.name },
        period: { ...period, timeZone },
        exportedAt: office.clock.now().toISOString(),
        exportedBy: actor.name,
        chain: { before, after },
        missing,
      };
      await write({ path: 'index.html', bytes: folderPage({ ...head, invoices }) });
      return { version: 1, ...head, files } satisfies FolderManifest;
    },
    { isSnapshot: true },
  );
  const list = json('manifest.json', manifest);
  const manifestSha256 = sha256Of(list.bytes);
  await office.database.inOrganization(actor.organizationId, (transaction) =>
    appendAudit(transaction, actor.organizationId, office.clock.now(), {
      actor: actor.memberId,
      action: 'audit.exported',
      subjects: [],
      details: { period: period.name, from: period.from, until: period.until, files: manifest.files.length, manifestSha256 },
    }),
  );
  // The last file, so that a folder is whole only once its export is on record.
  await onFile(list);
  return { manifestSha256, files: manifest.files.length };
}

/** Before anything is sent. @throws DH_ORCHESTRATION_NOT_ALLOWED, DH_ORCHESTRATION_PERIOD_UNKNOWN */
export function checkExport(actor: Actor, name: string): Period {
  requireRight(actor, 'audit:export');
  const period = periodOf(name);
  if (period !== null) return period;
  throw new DeskhandError(
    orchestrationErrors.periodUnknown,
    `"${name}" is no period. Write a year, quarter, month or day, or two of them: 2026, 2026-Q4, 2026-11, 2026-11-01..2026-11-15.`,
  );
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
