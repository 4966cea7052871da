import type { Box } from '#domain/documents';
import type { Block, BlockLine } from '../blocks.ts';
import type { Candidate } from './candidate.ts';
import { bareText } from '../text/fold-text.ts';
import type { Label, Labels } from './labels.ts';
import { around, evidenceFor, horizontalOverlap, wordsBetween } from '../layout.ts';
import type { Cell, Layout, Row } from '../layout.ts';
import { coreOfName, firstName, hasLegalForm, isAddressLine, isContactLine, isNameLike } from './party-names.ts';
import { domainsOn } from './web-names.ts';

export type Side = 'supplier' | 'buyer' | 'shipTo';

export interface PartyContext {
  readonly layout: Layout;
  readonly labels: Labels;
  readonly blocks: readonly Block[];
  readonly isReceipt: boolean;
}

/** A label that opens a part of the page about one party: `Bill to`, `Verkäufer`. */
export interface PartyHeading {
  readonly label: Label;
  readonly side: Side;
}

/** Headings of parties, only where the label leads its cell and is followed by little else or by a name. */
export function findHeadings(labels: Labels): PartyHeading[] {
  const headings: PartyHeading[] = [];
  for (const own of labels.values()) {
    for (const label of own) {
      const side = sideOfLabel(label);
      if (side === null || !label.leadsCell) continue;
      const cell = cellAt(label.row, label.start);
      const rest = cell === undefined ? '' : cell.text.slice(label.end - cell.start).replace(/^[\s:)\].]+/, '');
      // A common word such as `to` or `an` opens a sentence more often than an address.
      const isShort = label.text.length <= 4;
      if (rest === '' || label.hasColon || (!isShort && /^[/&(]/.test(rest))) headings.push({ label, side });
    }
  }
  return headings;
}

function sideOfLabel(label: Label): Side | null {
  if (label.kinds.includes('buyer')) return 'buyer';
  if (label.kinds.includes('supplier') && !(label.kinds.includes('otherDate') && !label.hasColon)) return 'supplier';
  return label.kinds.includes('shipTo') ? 'shipTo' : null;
}

export function cellAt(row: Row, offset: number): Cell | undefined {
  return row.cells.findLast((cell) => cell.start <= offset);
}

/** Which party the heading above says this place belongs to. */
export function sideAt(headings: readonly PartyHeading[], row: Row, box: Box, pageHeight: number): Side | null {
  const above = headings.filter(({ label }) => {
    const distance = row.box[1] - label.row.box[1];
    return (
      label.row.page === row.page &&
      distance >= -0.5 * row.height &&
      distance < 0.22 * pageHeight &&
      label.box[0] <= box[0] + 2 * row.height
    );
  });
  const aligned = above.filter(({ label }) => Math.abs(label.box[0] - box[0]) < 3 * row.height);
  const nearest = (aligned.length > 0 ? aligned : above).toSorted(
    (a, b) => b.label.row.box[1] - a.label.row.box[1] || b.label.box[0] - a.label.box[0],
  );
  return nearest[0]?.side ?? null;
}

/** Names that the headings introduce: beside the heading, after it in the same cell, or on the lines below it. */
export function headedNames(context: PartyContext, headings: readonly PartyHeading[], side: Side): Candidate[] {
  return headings.filter((heading) => heading.side === side).flatMap(({ label }) => namesUnder(context, label));
}

function namesUnder(context: PartyContext, label: Label): Candidate[] {
  const { row } = label;
  const isAccount =
    /account|payable|payee|benefici|pay to|payment to|cheque|check|kontoinhaber|zahlungsempf|titula|holder|intestat|begunstigd|rekeninghouder|t\.?n\.?v|op naam|odbiorca|wlasciciel|ordre/i.test(
      label.text,
    );
  const strength = isAccount
    ? 0.5
    : /name|nom|naam|nombre/i.test(label.text)
      ? 0.93
      : label.words > 1 || label.text.length > 5
        ? 0.88
        : 0.78;
  const cell = cellAt(row, label.start);
  if (cell === undefined) return [];
  const rest = row.text.slice(label.end, cell.start + cell.text.length).replace(/^[^\p{L}\d]+/u, '');
  if (rest.length > 2 && isNameLike(rest))
    return [nameCandidate(row, cell.start + cell.text.length - rest.length, rest, strength, `Stands after “${label.text}”.`)];
  const lines = linesBelow(context.layout, label, cell);
  const street = lines.findIndex(({ cell: line }) => isAddressLine(line.text));
  const named = lines
    .slice(0, street < 0 ? 4 : street)
    .find(({ cell: line }) => /^(?:name|firma|company|nom|societe|naam|nazwa|nombre|ragione sociale)\s?:?$/i.test(line.text.trim()));
  const beside = named === undefined ? undefined : named.row.cells[named.row.cells.indexOf(named.cell) + 1];
  if (named !== undefined && beside !== undefined && isNameLike(beside.text)) {
    return [nameCandidate(named.row, beside.start, beside.text, strength + 0.05, `The name under “${label.text}”.`)];
  }
  const candidates = namesAmong(lines, label, strength);
  const right = row.cells[row.cells.indexOf(cell) + 1];
  if (
    right !== undefined &&
    right.box[0] - cell.box[2] < 14 * row.height &&
    isNameLike(right.text) &&
    rest.length < 3 &&
    (label.hasColon || candidates.length === 0)
  ) {
    candidates.push(
      nameCandidate(
        row,
        right.start,
        right.text,
        strength - (label.hasColon && right.box[0] - cell.box[2] < 8 * row.height ? 0 : 0.12),
        `Stands beside “${label.text}”.`,
      ),
    );
  }
  return candidates;
}

/** Of the lines below a heading a company's name goes before a person's. */
function namesAmong(lines: readonly { row: Row; cell: Cell }[], label: Label, strength: number): Candidate[] {
  const usable: { row: Row; cell: Cell; text: string }[] = [];
  for (const { row, cell } of lines.slice(0, 5)) {
    const text = cell.text
      .replace(/^(?:attn|att|z\. ?hd\.?|c\/o|name|firma|company|company name|nom)\s?[:.]?\s+/i, '')
      .replace(/^[^\p{L}\d]+/u, '');
    if (isAddressLine(text) || isContactLine(text)) break;
    if (isNameLike(text)) usable.push({ row, cell, text });
  }
  const company = usable.slice(0, 3).findIndex(({ text }) => hasLegalForm(text));
  return usable.slice(0, 3).map(({ row, cell, text }, index) => {
    const rank = company >= 0 ? (index === company ? 0 : 0.3) : index * 0.25;
    return nameCandidate(row, cell.start + cell.text.length - text.length, text, strength - rank, `Stands below “${label.text}”.`);
  });
}

/** Cells under a label: same left edge or overlapping, on the rows that follow closely. */
export function linesBelow(layout: Layout, label: Label, cell: Cell): { row: Row; cell: Cell }[] {
  const lines: { row: Row; cell: Cell }[] = [];
  let bottom = label.row.box[3];
  for (let index = label.row.index + 1; index < Math.min(layout.rows.length, label.row.index + 12); index += 1) {
    const row = layout.rows[index];
    if (row === undefined || row.page !== label.row.page || row.box[1] - bottom > 2.6 * Math.max(row.height, label.row.height)) break;
    const below = row.cells.find(
      (candidate) =>
        Math.abs(candidate.box[0] - cell.box[0]) < 1.5 * row.height ||
        (candidate.box[0] < cell.box[2] && candidate.box[2] > cell.box[0] && candidate.box[0] > cell.box[0] - 3 * row.height),
    );
    if (below === undefined) continue;
    lines.push({ row, cell: below });
    bottom = below.box[3];
  }
  return lines;
}

function nameCandidate(row: Row, start: number, text: string, score: number, reason: string): Candidate {
  const value = firstName(text);
  const offset = Math.max(0, text.indexOf(value));
  const words = wordsBetween(row, start + offset, start + offset + value.length);
  return { value, score, evidence: evidenceFor(row.page, words), reason };
}

/** Names of an invoice’s supplier where nothing introduces them: letterhead, sender line, footer. */
export function unheadedSuppliers(context: PartyContext, headings: readonly PartyHeading[]): Candidate[] {
  const page = context.layout.pages[0];
  if (page === undefined) return [];
  const domains = domainsOn(context.layout);
  const addresses = plainAddresses(context, page.height);
  const [only] = addresses.length === 1 && !headings.some(({ side }) => side === 'buyer') ? addresses : [];
  const found: Candidate[] = [];
  for (const block of context.blocks.filter((one) => one.page === 1)) {
    const depth = block.box[1] / page.height;
    for (const [position, { row, cell }] of block.lines.slice(0, 6).entries()) {
      const side = sideAt(headings, row, cell.box, page.height);
      if (side === 'buyer' || side === 'shipTo') continue;
      const sender = senderScore(bulleted(row, cell).text, row.box[1] / page.height);
      const base = sender > 0 ? sender : blockScore(block, depth, position);
      if (base <= 0) continue;
      const candidate = nameCandidate(
        row,
        cell.start,
        cell.text,
        base,
        sender > 0 ? 'The sender’s line above the address.' : depth > 0.8 ? 'Named in the footer.' : 'Named in the letterhead.',
      );
      if (!isNameLike(candidate.value) || /[:=]\s*$/.test(cell.text)) continue;
      // The only address of an invoice is the one it is sent to, unless telephone or mail stand with it.
      if (
        block === only &&
        sender === 0 &&
        !isDomain(candidate.value, domains) &&
        !block.lines.some((line) => isContactLine(line.cell.text))
      )
        continue;
      found.push({ ...candidate, score: adjusted(candidate, cell, row, domains, context) });
    }
  }
  return found;
}

/** Blocks of the upper half that hold an address and no telephone or tax number. */
function plainAddresses(context: PartyContext, height: number): Block[] {
  return context.blocks.filter(
    (block) => block.page === 1 && block.box[1] < 0.5 * height && block.lines.some(({ cell }) => isAddressLine(cell.text)),
  );
}

/** The cell with those that bullets join to it: `Kraxi GmbH`, `·`, `Flugzeugallee 17` set wide apart. */
function bulleted(row: Row, cell: Cell): Cell {
  const isBullet = (one: Cell | undefined): boolean => one !== undefined && /^[•·●∙⋅|–—*-]$/.test(one.text);
  const from = row.cells.indexOf(cell);
  let to = from;
  while (isBullet(row.cells[to + 1]) || (to > from && isBullet(row.cells[to]) && to + 1 < row.cells.length)) to += 1;
  const run = row.cells.slice(from, to + 1);
  return run.length < 2 ? cell : { ...cell, text: run.map(({ text }) => text).join(' '), box: around(run) };
}

/** `Kraxi GmbH · Flugzeugallee 17 · 12345 Papierfeld`: in the upper half, parts by dots or dashes, with a postal code. */
function senderScore(text: string, depth: number): number {
  const parts = text.split(/\s?[•·●∙⋅|–—]\s?|\s-\s|,\s/);
  return depth < 0.4 && parts.length >= 3 && (/\d{4,5}/.test(text) || parts.some(isAddressLine)) && /[•·●∙⋅|–—-]|,/.test(text) ? 0.72 : 0;
}

function blockScore(block: Block, depth: number, position: number): number {
  if (depth < 0.22) return position === 0 ? 0.5 : position === 1 ? 0.42 : 0.2;
  if (depth > 0.8) return position === 0 ? 0.42 : 0.15;
  return depth < 0.4 ? (position === 0 ? 0.25 : 0.1) : block.lines.length > 1 && position === 0 ? 0.12 : 0.05;
}

function adjusted(candidate: Candidate, cell: Cell, row: Row, domains: readonly string[], context: PartyContext): number {
  let score = candidate.score;
  const bare = bareText(candidate.value);
  if (hasLegalForm(candidate.value)) score += isRegistered(context, row, cell) ? 0.42 : 0.25;
  score = Math.max(score + domainBonus(candidate.value, bare, domains), isDomain(candidate.value, domains) ? leastByDomain : 0);
  const isLarge = row.height > 1.3 * typicalHeight(context.layout);
  if (isLarge && row.page === 1) score += 0.08;
  const isTitle = (context.labels.get(row.index) ?? []).some(
    (label) => label.start <= cell.start + 1 && label.start >= cell.start && label.end - label.start > candidate.value.length * 0.6,
  );
  return isTitle ? score - 0.5 : Math.min(0.93, score);
}

/** A name that is the page's own web or mail address word for word is the supplier's wherever it stands. */
const leastByDomain = 0.62;

function isDomain(name: string, domains: readonly string[]): boolean {
  const core = coreOfName(name);
  return core.length > 3 && domains.includes(core);
}

function domainBonus(name: string, bare: string, domains: readonly string[]): number {
  if (isDomain(name, domains)) return 0.3;
  const known = bare.slice(0, 12);
  const isAlike = domains.some(
    (domain) => domain.length > 3 && (known.startsWith(domain.slice(0, 8)) || (bare.length > 4 && domain.includes(bare.slice(0, 10)))),
  );
  return isAlike ? 0.15 : 0;
}

/** Whether a tax, bank or register number stands in the row itself or right below: the supplier's own block has them. */
function isRegistered({ layout }: PartyContext, row: Row, cell: Cell): boolean {
  const own = row.folded.slice(cell.start, cell.start + cell.text.length);
  return (
    register.test(own) ||
    layout.rows
      .slice(row.index + 1, row.index + 5)
      .some((next) => next.page === row.page && next.box[1] - row.box[3] < 6 * row.height && register.test(next.folded))
  );
}

const register =
  /\b(?:iban|vat|tva|ust|btw|kvk|siret|siren|rcs|abn|acn|hrb|hra|nif|cif|nipc|contribuinte|p\.? ?iva|partita iva|rea|nip|regon|krs|gst(?:in)?|cin|company (?:no|number|reg)|registered (?:no|number|in)|reg\.? no|capital(?: social)?|stammkapital)\b[^a-z]{0,4}.{0,14}\d{3}/;

const heights = new WeakMap<Layout, number>();
function typicalHeight(layout: Layout): number {
  const known = heights.get(layout);
  if (known !== undefined) return known;
  const sorted = layout.rows.map((row) => row.height).toSorted((a, b) => a - b);
  const height = sorted[sorted.length >> 1] ?? 1;
  heights.set(layout, height);
  return height;
}

/** The buyer where nothing introduces them: an address block in the upper part that is not the supplier's. */
export function unheadedBuyers(context: PartyContext, headings: readonly PartyHeading[], supplier: string | null): Candidate[] {
  const page = context.layout.pages[0];
  if (page === undefined || context.isReceipt) return [];
  const supplierBare = supplier === null ? '' : bareText(supplier);
  const found: Candidate[] = belowSender(context, page.height);
  for (const block of context.blocks.filter((one) => one.page === 1)) {
    const depth = block.box[1] / page.height;
    if (depth > 0.5 || depth < 0.02 || !block.lines.some(({ cell }) => isAddressLine(cell.text))) continue;
    const start = block.lines.findIndex(({ cell }) => isNameLike(cell.text) && senderScore(cell.text, 0) === 0);
    const first = block.lines[start];
    if (first === undefined || isAddressLine(first.cell.text)) continue;
    const side = sideAt(headings, first.row, first.cell.box, page.height);
    if (side === 'supplier' && !standsBeside(context, headings, first)) continue;
    const isOnly = plainAddresses(context, page.height).length === 1;
    const candidate = nameCandidate(
      first.row,
      first.cell.start,
      first.cell.text,
      buyerScore(block, isOnly ? 0.2 : depth, page),
      side === 'shipTo' ? 'Heads the delivery address.' : 'Heads an address in the upper part of the page.',
    );
    const bare = bareText(candidate.value);
    if (supplierBare !== '' && (bare.startsWith(supplierBare) || supplierBare.startsWith(bare))) continue;
    found.push(side === 'shipTo' ? { ...candidate, score: 0.35 } : candidate);
  }
  return found;
}

/** Whether a place only shares the height of the supplier's part, which has its own lines under its heading. */
function standsBeside({ layout }: PartyContext, headings: readonly PartyHeading[], { row, cell }: BlockLine): boolean {
  const suppliers = headings.filter(({ side, label }) => side === 'supplier' && label.row.page === row.page);
  return suppliers.every(({ label }) => {
    const own = cellAt(label.row, label.start);
    const isApart = Math.abs(label.box[0] - cell.box[0]) > 12 * row.height;
    return (
      isApart &&
      own !== undefined &&
      linesBelow(layout, label, own).some((line) => Math.abs(line.cell.box[0] - label.box[0]) < 3 * row.height)
    );
  });
}

/** In a window envelope the addressee stands right below the sender's line. */
function belowSender({ layout }: PartyContext, height: number): Candidate[] {
  for (const row of layout.rows.filter((one) => one.page === 1)) {
    const sender = row.cells.map((cell) => bulleted(row, cell)).find(({ text }) => senderScore(text, row.box[1] / height) > 0);
    if (sender === undefined) continue;
    for (const next of layout.rows.slice(row.index + 1, row.index + 4)) {
      const cell = next.cells.find(
        (one) => Math.abs(one.box[0] - sender.box[0]) < 2.5 * next.height || horizontalOverlap(one.box, sender.box) > 0.5,
      );
      if (cell === undefined || next.page !== 1 || next.box[1] - row.box[3] > 7 * next.height) continue;
      return isNameLike(cell.text)
        ? [nameCandidate(next, cell.start, cell.text, 0.74, 'Stands below the sender’s line, where the addressee stands.')]
        : [];
    }
  }
  return [];
}

function buyerScore(block: Block, depth: number, page: { readonly width: number }): number {
  const hasContact = block.lines.some(({ cell }) => isContactLine(cell.text));
  const isWindow = depth > 0.1 && depth < 0.32 && block.box[0] < page.width * 0.6;
  return 0.5 + (isWindow ? 0.2 : 0) - (hasContact ? 0.15 : 0) - (depth < 0.09 ? (hasContact ? 0.2 : 0.06) : 0);
}
