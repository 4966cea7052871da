import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { unpackMessage } from '#connectors';
import { sampleMailbox } from '../../src/app/sample-office/index.ts';
import { builtSeeds } from './built-seeds.ts';

/** What decides which mutations fit. */
export type SeedKind = 'pdf' | 'picture' | 'package' | 'text' | 'markup' | 'mail' | 'other';

/** A file that is mutated. */
export interface Seed {
  readonly kind: SeedKind;
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Reading it may mean to recognize whole pages, or to inflate a bomb, which takes a second: drawn seldom. */
  readonly isCostly?: boolean;
}

/** The first mails hold text PDFs, UBL, CII and Factur-X; later ones photos that take seconds to draw. */
const sampleMails = 12;
/** Larger ones take longer without reaching other code. */
const largestBytes: Readonly<Record<SeedKind, number>> = {
  pdf: 60_000,
  picture: 200_000,
  package: 60_000,
  text: 20_000,
  markup: 30_000,
  mail: 60_000,
  other: 20_000,
};
const kinds: Readonly<Record<string, SeedKind>> = {
  pdf: 'pdf',
  jpg: 'picture',
  png: 'picture',
  zip: 'package',
  docx: 'package',
  xlsx: 'package',
  xml: 'markup',
  html: 'markup',
  eml: 'mail',
  mbox: 'mail',
  txt: 'mail',
  csv: 'text',
  tnef: 'other',
  rtf: 'other',
  p7m: 'other',
};

/** Small files of all kinds: the sample office's own mail, files made here, and those of the data where it is. */
export async function collectSeeds(): Promise<Seed[]> {
  return [...(await builtSeeds()), ...(await officeSeeds()), ...dataSeeds()];
}

async function officeSeeds(): Promise<Seed[]> {
  const seeds: Seed[] = [];
  for await (const { message } of sampleMailbox({ seed: 1, today: '2026-03-02' })) {
    if (message.bytes.length <= 150_000)
      seeds.push({ kind: 'mail', name: `${message.externalId}.eml`.replaceAll(/[^\w.-]/g, ''), bytes: message.bytes });
    for (const { fileName, bytes } of (await unpackMessage(message)).parts)
      seeds.push({ kind: kindOf(fileName), name: fileName, bytes, isCostly: true });
    if (seeds.length > 2 * sampleMails) break;
  }
  return seeds;
}

/** Where the shared data lies: DESKHAND_DATA, or beside the checkout. Without it the run goes on with what is made here. */
function dataSeeds(): Seed[] {
  const folder = [process.env['DESKHAND_DATA'] ?? '', path.resolve(import.meta.dirname, '../../../shared/data')].find(
    (one) => one !== '' && existsSync(one),
  );
  if (folder === undefined) return [];
  const seeds = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .toSorted()
    .map((name) => ({ name, kind: kindOf(name), file: path.join(folder, name) }))
    .filter(({ name, kind, file }) => /\.\w+$/.test(name) && statSync(file).isFile() && statSync(file).size <= largestBytes[kind]);
  return seeds.map(({ name, kind, file }) => ({
    kind,
    name,
    bytes: readFileSync(file),
    isCostly: kind === 'pdf' || kind === 'picture' || kind === 'package',
  }));
}

function kindOf(name: string): SeedKind {
  return kinds[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'other';
}
