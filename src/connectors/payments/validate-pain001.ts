import { readFile } from 'node:fs/promises';
import { validateXML } from 'xmllint-wasm';

let schema: Promise<string> | null = null;

/**
 * Checks a bank file against the official schema pain.001.001.09 (see SOURCES.md), with libxml2.
 *
 * @returns one line per fault, with its line number; empty when the file is valid.
 */
export async function validatePain001(xml: string): Promise<string[]> {
  schema ??= readFile(new URL('pain.001.001.09.xsd', import.meta.url), 'utf8');
  const result = await validateXML({
    xml: { fileName: 'run.xml', contents: xml },
    schema: { fileName: 'pain.001.001.09.xsd', contents: await schema },
    // 64 MiB in pages of 64 KiB hold a run of 10,000 payments (8 MB of XML); the default of 16 MiB does not.
    initialMemoryPages: 256,
    maxMemoryPages: 1024,
  });
  if (result.valid) return [];
  const lines = result.errors.map((fault) => (fault.loc === null ? fault.message : `line ${fault.loc.lineNumber}: ${fault.message}`));
  return lines.length > 0 ? lines : [result.rawOutput];
}
