import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

interface Plant {
  readonly file: string;
  readonly source: string;
}

// In oxlint 1.89 a group with `!` ends the search when it lets a name pass, so regexes stand before groups in the rules.
// Each breaks one arrow of STYLE.md section 1; lint must say no.
const forbidden: readonly Plant[] = [
  { file: 'src/domain/money/a.ts', source: "import '#platform';" },
  { file: 'src/domain/money/b.ts', source: "import 'node:fs';" },
  { file: 'src/domain/money/c.ts', source: "import 'node:fs/promises';" },
  { file: 'src/domain/money/d.ts', source: "import 'pg';" },
  { file: 'src/domain/messages/a.ts', source: "import 'big.js';" },
  { file: 'src/domain/messages/b.ts', source: "import 'zod/v4';" },
  { file: 'src/domain/messages/c.ts', source: "import '../money/index.ts';" },
  { file: 'src/domain/messages/d.ts', source: "import '../../platform/clock.ts';" },
  { file: 'src/platform/a.ts', source: "import '#connectors';" },
  { file: 'src/platform/postgres/a.ts', source: "import '../../domain/money/index.ts';" },
  { file: 'src/connectors/a.ts', source: "import '#intelligence';" },
  { file: 'src/connectors/mail/a.ts', source: "import '#orchestration';" },
  { file: 'src/connectors/mail/b.ts', source: "import '../../platform/clock.ts';" },
  { file: 'src/intelligence/a.ts', source: "import '#connectors';" },
  { file: 'src/intelligence/documents/a.ts', source: "import '../../connectors/index.ts';" },
  { file: 'src/orchestration/a.ts', source: "import '#intelligence';" },
  { file: 'src/orchestration/commands/a.ts', source: "import '#interfaces';" },
  { file: 'src/orchestration/workflows/a.ts', source: "import '#platform';" },
  { file: 'src/orchestration/workflows/b.ts', source: "import 'node:crypto';" },
  { file: 'src/orchestration/workflows/c.ts', source: "import '../activities/once.ts';" },
  { file: 'src/orchestration/workflows/f.ts', source: "import { x } from '../activities/index.ts'; x();" },
  { file: 'src/orchestration/workflows/d.ts', source: 'export const now = Date.now();' },
  { file: 'src/orchestration/workflows/e.ts', source: 'export const random = Math.random();' },
  { file: 'src/interfaces/api/a.ts', source: "import '#connectors';" },
  { file: 'src/interfaces/api/b.ts', source: "import '../../orchestration/flow.ts';" },
  { file: 'src/app/a.ts', source: "import '../platform/clock.ts';" },
  { file: 'web/src/a.ts', source: "import '#domain/money';" },
  { file: 'web/src/b.ts', source: "import '../../src/orchestration/flow.ts';" },
  { file: 'src/connectors/c.ts', source: 'export const home = process.env.HOME;' },
  { file: 'src/connectors/d.ts', source: "console.log('x');" },
];

// Each follows an arrow; lint must let it pass, so that the rules above refuse for the right reason.
const allowed: readonly Plant[] = [
  { file: 'src/domain/money/ok.ts', source: "import 'big.js'; import './other.ts'; import '#domain/errors';" },
  { file: 'src/domain/messages/ok.ts', source: "import '#domain/money';" },
  { file: 'src/platform/ok.ts', source: "import '#domain/money'; import 'node:fs';" },
  { file: 'src/platform/postgres/ok.ts', source: "import '../clock.ts';" },
  { file: 'src/connectors/mail/ok.ts', source: "import '#platform'; import '#domain/ports'; import '../errors.ts';" },
  { file: 'src/orchestration/workflows/ok.ts', source: "import '#domain/money'; import '../flow.ts'; import './other.ts';" },
  { file: 'src/orchestration/workflows/types.ts', source: "import type { A } from '../activities/index.ts'; export type B = A;" },
  { file: 'src/interfaces/api/ok.ts', source: "import '#orchestration'; import '#platform'; import '#domain/money';" },
  { file: 'src/app/ok.ts', source: "import '#connectors'; export const home = process.env['HOME'];" },
  { file: 'web/src/ok.ts', source: "import type {} from '../../src/interfaces/api/contract.ts';" },
];

let folder = '';
let refused: ReadonlySet<string> = new Set();

// Planted in a copy of nothing but the rules, so that nobody's checkout ever holds a forbidden import.
beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'canary-'));
  // The rules about imports need no types, and the type-aware half would look for a node_modules here.
  const { options: _typeAware, ...rules } = JSON.parse(readFileSync(path.join(root, '.oxlintrc.json'), 'utf8')) as Record<string, unknown>;
  writeFileSync(path.join(folder, '.oxlintrc.json'), JSON.stringify(rules));
  for (const { file, source } of [...forbidden, ...allowed]) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), `${source}\n`);
  }
  const oxlint = path.join(root, 'node_modules/oxlint/bin/oxlint');
  const { stdout } = await promisify(execFile)(process.execPath, [oxlint, '--format', 'json'], { cwd: folder }).catch(
    (failed: { stdout: string }) => failed,
  );
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: readonly { filename: string; code: string }[] };
  const watched = diagnostics.filter(({ code }) => /no-restricted-|no-process-env|no-console/.test(code));
  refused = new Set(watched.map(({ filename }) => path.relative(folder, path.resolve(folder, filename)).replaceAll('\\', '/')));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(forbidden)('lint refuses in $file: $source', ({ file }) => {
  expect(refused).toContain(file);
});

test.each(allowed)('lint lets pass in $file: $source', ({ file }) => {
  expect(refused).not.toContain(file);
});

// The compiler sees what lint does not (`typeof import("#room")`), as long as the references are the arrows.
const arrows: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  platform: ['domain'],
  connectors: ['domain', 'platform'],
  intelligence: ['domain', 'platform'],
  orchestration: ['domain', 'platform'],
  interfaces: ['domain', 'orchestration', 'platform'],
};

test.each(Object.entries(arrows))("the compiler's references of %s are its arrows", (room, expected) => {
  const { references = [] } = JSON.parse(readFileSync(path.join(root, 'src', room, 'tsconfig.json'), 'utf8')) as {
    references?: { path: string }[];
  };
  expect(references.map((reference) => path.basename(reference.path)).toSorted()).toEqual(expected);
});
