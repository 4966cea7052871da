import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import type { FolderManifest } from '#domain/audit-folder';
import type { FolderInvoice } from './folder-summary.ts';

/** What the page knows before anybody lets it look at the folder. */
export interface PageContent extends Pick<FolderManifest, 'organization' | 'period' | 'exportedAt' | 'exportedBy' | 'chain' | 'missing'> {
  readonly invoices: readonly FolderInvoice[];
}

/** The same check as `deskhand audit check`, and the page around it. */
const sources = ['../../domain/audit-folder/check-folder.ts', '../../../web/audit-folder/folder-page.ts'];

/**
 * `index.html` of the folder: one file that needs no network and no server. A page opened from disk may read no other
 * file by itself, so the person picks the folder and the page checks what they picked. Nothing in it is built from markup:
 * names of suppliers and files reach the screen as text only.
 */
export function folderPage(content: PageContent): Uint8Array {
  const script = `\n${sources.map((file) => stripTypeScriptTypes(readFileSync(new URL(file, import.meta.url), 'utf8'))).join('\n')}\n`;
  const policy = `default-src 'none'; script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'; style-src 'unsafe-inline'; img-src data: blob:`;
  const data = JSON.stringify(content)
    .replaceAll('<', String.raw`\u003c`)
    .replaceAll('\u2028', String.raw`\u2028`);
  return new TextEncoder().encode(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Auditor’s folder</title>
<style>${style}</style>
</head>
<body>
<main>
<h1 id="title">Auditor’s folder</h1>
<p id="about"></p>
<section class="check">
<p id="verdict" role="status" data-state="unchecked">Not checked yet.</p>
<label>Choose the folder in which this page lies <input id="folder" type="file" webkitdirectory multiple></label>
<label>Fingerprint that you were told, if any <input id="expected" type="text" size="66" spellcheck="false" autocomplete="off"></label>
<p class="dim">Nothing leaves this computer. The page reads every file you choose, compares it with the list of the export and recomputes the whole chain of the log.</p>
<ol id="faults"></ol>
<ul id="missing"></ul>
<dl id="fingerprints"></dl>
</section>
<h2>Invoices</h2>
<label>Find <input id="find" type="search"></label>
<div class="wide" tabindex="0"><table><thead><tr><th>Number</th><th>Supplier</th><th>Date</th><th>Amount</th><th>Status</th></tr></thead><tbody id="invoices"></tbody></table></div>
<section id="invoice"></section>
</main>
<script type="application/json" id="content">${data}</script>
<script type="module">${script}</script>
</body>
</html>
`);
}

const style = `
:root { color-scheme: light dark; --line: #8884; --good: #0a6b36; --bad: #b3121d; --dim: #595959; --ink: #1a1a1a; --paper: #fff; --link: #0b57d0; }
@media (prefers-color-scheme: dark) { :root { --good: #58c98a; --bad: #ff8087; --dim: #b0b0b0; --ink: #ececec; --paper: #16181b; --link: #8ab4f8; } }
html { background: var(--paper); color: var(--ink); } a { color: var(--link); }
body { font: 15px/1.5 system-ui, sans-serif; margin: 0; background: var(--paper); color: var(--ink); }
main { max-width: 70rem; margin: 0 auto; padding: 1rem; }
p { overflow-wrap: anywhere; } h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; } h3 { font-size: 1rem; }
label { display: block; margin: .5rem 0; } input { font: inherit; max-width: 100%; box-sizing: border-box; }
.check { border: 1px solid var(--line); border-radius: .5rem; padding: .5rem 1rem; }
#verdict { font-size: 1.2rem; font-weight: 600; } #verdict[data-state=intact] { color: var(--good); } #verdict[data-state=broken] { color: var(--bad); }
.dim, dt { color: var(--dim); } dd { margin: 0 0 .5rem; font-family: ui-monospace, monospace; font-size: .85rem; overflow-wrap: anywhere; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
td button { font: inherit; border: 0; background: none; color: inherit; text-decoration: underline; cursor: pointer; padding: 0; text-align: left; }
svg { width: 100%; max-width: 50rem; height: auto; background: #fff; border: 1px solid var(--line); } pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: .8rem; }
`;
