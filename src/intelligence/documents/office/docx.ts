import type { Block, Cell, Line, TabbedPiece } from '../flow/blocks.ts';
import type { FlowText } from '../flow/html.ts';
import { openPackage, type PackageParts } from './open-package.ts';
import { childOf, descendantsOf, parseXml, type XmlElement } from './word-xml.ts';

/** What Word counts in: twentieths of a point. */
const pointsPerTwip = 1 / 20;
/** Where Word puts tab stops when a paragraph has none: every half inch. */
const defaultStopPoints = 36;
/** Type under 3 points (half points in the file) is not for reading. */
const tinyHalfPoints = 6;

/**
 * The blocks of a Word file: headers, text with its tables and text boxes, footers. Macros, fields' instructions, deleted
 * text and pictures are left out; hidden and white text is kept apart.
 */
export async function readDocx(bytes: Uint8Array): Promise<FlowText | 'unopenable' | 'too-large'> {
  const parts = await openPackage(bytes, (name) => /^(?:_rels\/\.rels|word\/[\w-]+\.xml|word\/_rels\/[\w-]+\.xml\.rels)$/.test(name));
  if (typeof parts === 'string') return parts;
  const mainName = mainPartOf(parts);
  const main = parts.get(mainName);
  const document = main === undefined ? null : parseXml(main);
  if (document === null) return 'unopenable';
  const hidden: string[] = [];
  const body = descendantsOf(document, 'w:body').flatMap((element) => blocksOf(element, hidden, false));
  const headers = referencedBlocks(parts, mainName, document, 'w:headerReference', hidden);
  const footers = referencedBlocks(parts, mainName, document, 'w:footerReference', hidden);
  return { blocks: [...headers, ...body, ...footers], hiddenText: hidden.join(' ').trim() };
}

/** Word's own files name it `word/document.xml`; other programs choose other names. */
function mainPartOf(parts: PackageParts): string {
  const relations = parts.get('_rels/.rels');
  const targets = relations === undefined ? [] : descendantsOf(parseXml(relations) ?? noElement, 'Relationship');
  const main = targets.find((target) => target.attributes['Type']?.endsWith('/officeDocument') === true);
  return main?.attributes['Target']?.replace(/^\//, '') ?? 'word/document.xml';
}

const noElement: XmlElement = { name: '', text: '', attributes: {}, children: [] };

/** Headers or footers, each once: the letterhead and the bank details of most letters stand there. */
function referencedBlocks(
  parts: PackageParts,
  mainName: string,
  document: XmlElement,
  reference: 'w:headerReference' | 'w:footerReference',
  hidden: string[],
): Block[] {
  const relations = parts.get(mainName.replace(/([^/]+)$/, '_rels/$1.rels'));
  const targets = new Map(
    descendantsOf((relations === undefined ? null : parseXml(relations)) ?? noElement, 'Relationship').map((target) => [
      target.attributes['Id'] ?? '',
      `word/${target.attributes['Target'] ?? ''}`,
    ]),
  );
  const names = descendantsOf(document, reference).map((element) => targets.get(element.attributes['r:id'] ?? '') ?? '');
  return [...new Set(names)].flatMap((name) => {
    const part = parts.get(name);
    const element = part === undefined ? null : parseXml(part);
    return element === null ? [] : element.children.flatMap((child) => blocksOf(child, hidden, false));
  });
}

/** Wrappers whose content is shown as if they were not there. */
const transparent = new Set(['w:sdt', 'w:sdtContent', 'w:customXml', 'w:ins', 'w:moveTo', 'w:smartTag', 'w:hyperlink', 'w:fldSimple']);

function blocksOf(parent: XmlElement, hidden: string[], isShaded: boolean): Block[] {
  return parent.children.flatMap((element): Block[] => {
    if (element.name === 'w:p') return paragraphBlocks(element, hidden, isShaded);
    if (element.name === 'w:tbl') return [tableBlock(element, hidden, isShaded)];
    return transparent.has(element.name) ? blocksOf(element, hidden, isShaded) : [];
  });
}

function tableBlock(table: XmlElement, hidden: string[], isShaded: boolean): Block {
  const rows = withoutWrappers(table, 'w:tr').map((row) =>
    withoutWrappers(row, 'w:tc').map((cell): Cell => {
      const properties = childOf(cell, 'w:tcPr');
      const merge = childOf(properties, 'w:vMerge');
      const isContinued = merge !== undefined && merge.attributes['w:val'] !== 'restart';
      const columns = Number(childOf(properties, 'w:gridSpan')?.attributes['w:val'] ?? 1);
      const blocks = isContinued ? [] : blocksOf(cell, hidden, isShaded || hasShading(properties));
      return { blocks, columns: Number.isFinite(columns) ? columns : 1 };
    }),
  );
  return { kind: 'table', rows };
}

function withoutWrappers(parent: XmlElement, name: string): XmlElement[] {
  return parent.children.flatMap((child) =>
    child.name === name ? [child] : transparent.has(child.name) ? withoutWrappers(child, name) : [],
  );
}

function hasShading(properties: XmlElement | undefined): boolean {
  const fill = childOf(properties, 'w:shd')?.attributes['w:fill']?.toLowerCase();
  return fill !== undefined && fill !== 'auto' && fill !== 'ffffff';
}

/** What one run of a paragraph shows. */
interface Collected {
  readonly lines: string[];
  /** Text boxes hang on a paragraph and stand beside it. */
  readonly boxes: Block[];
  isBold: boolean;
  halfPoints: number;
}

/** Body text of most letters; Word's own default. */
const bodyHalfPoints = 22;

function paragraphBlocks(paragraph: XmlElement, hidden: string[], isShaded: boolean): Block[] {
  const properties = childOf(paragraph, 'w:pPr');
  const collected: Collected = { lines: [''], boxes: [], isBold: false, halfPoints: bodyHalfPoints };
  collectRuns(paragraph, collected, hidden, isShaded || hasShading(properties));
  const stops = tabStopsOf(properties);
  const lines = collected.lines.map((line) => atTabStops(line, stops));
  const scale = Math.min(2, Math.max(1, collected.halfPoints / bodyHalfPoints));
  return [{ kind: 'text', lines, isBold: collected.isBold, scale }, ...collected.boxes];
}

function collectRuns(parent: XmlElement, into: Collected, hidden: string[], isShaded: boolean): void {
  for (const element of parent.children) {
    if (element.name === 'w:r') collectRun(element, into, hidden, isShaded);
    else if (transparent.has(element.name)) collectRuns(element, into, hidden, isShaded);
  }
}

function collectRun(run: XmlElement, into: Collected, hidden: string[], isShaded: boolean): void {
  const properties = childOf(run, 'w:rPr');
  const halfPoints = Number(childOf(properties, 'w:sz')?.attributes['w:val'] ?? bodyHalfPoints);
  const isOn = (name: string): boolean => {
    const value = childOf(properties, name)?.attributes['w:val'];
    return childOf(properties, name) !== undefined && value !== '0' && value !== 'false';
  };
  const isWhite = childOf(properties, 'w:color')?.attributes['w:val']?.toLowerCase() === 'ffffff';
  const isHidden =
    isOn('w:vanish') ||
    isOn('w:webHidden') ||
    halfPoints < tinyHalfPoints ||
    (isWhite && !isShaded && !hasShading(properties) && childOf(properties, 'w:highlight') === undefined);
  for (const piece of run.children) {
    const text = textOfPiece(piece);
    if (isHidden) hidden.push(text);
    else if (text === '\n') into.lines.push('');
    else if (text !== '') {
      into.lines.push(`${into.lines.pop() ?? ''}${text}`);
      into.isBold ||= isOn('w:b');
      into.halfPoints = Math.max(into.halfPoints, halfPoints);
    }
    if (!isHidden) for (const box of textBoxesOf(piece)) into.boxes.push(...blocksOf(box, hidden, true));
  }
}

function textOfPiece(piece: XmlElement): string {
  switch (piece.name) {
    case 'w:t':
      return piece.children.map((child) => child.text).join('');
    case 'w:tab':
    case 'w:ptab':
      return '\t';
    case 'w:br':
    case 'w:cr':
      return '\n';
    case 'w:noBreakHyphen':
      return '-';
    default:
      return '';
  }
}

/** Drawings come twice, for new and old programs: the fallback says the same. */
function textBoxesOf(piece: XmlElement): XmlElement[] {
  if (piece.name === 'w:txbxContent') return [piece];
  if (piece.name === 'mc:Fallback' || piece.name === 'w:t') return [];
  return piece.children.flatMap(textBoxesOf);
}

interface TabStop {
  readonly points: number;
  readonly endsAtStop: boolean;
}

function tabStopsOf(properties: XmlElement | undefined): TabStop[] {
  return (childOf(properties, 'w:tabs')?.children ?? [])
    .filter((tab) => tab.name === 'w:tab' && tab.attributes['w:val'] !== 'clear')
    .map((tab) => ({
      points: Number(tab.attributes['w:pos'] ?? 0) * pointsPerTwip,
      endsAtStop: /^(?:right|end|decimal)$/.test(tab.attributes['w:val'] ?? ''),
    }))
    .filter((stop) => Number.isFinite(stop.points) && stop.points > 0)
    .toSorted((a, b) => a.points - b.points);
}

/** Estimated as the page setter does: six points a character. */
const characterPoints = 6;

function atTabStops(line: string, stops: readonly TabStop[]): Line {
  const [first = '', ...others] = line.split('\t');
  if (others.length === 0) return line;
  const pieces: TabbedPiece[] = [{ text: first, stop: null, endsAtStop: false }];
  let x = first.length * characterPoints;
  for (const text of others) {
    const stop = stops.find((candidate) => candidate.points > x) ?? {
      points: (Math.floor(x / defaultStopPoints) + 1) * defaultStopPoints,
      endsAtStop: false,
    };
    pieces.push({ text, stop: stop.points, endsAtStop: stop.endsAtStop });
    x = stop.points + (stop.endsAtStop ? 0 : text.length * characterPoints);
  }
  return pieces;
}
