import { Parser } from 'htmlparser2';
import { maxTextCharacters } from '../limits.ts';
import type { Block, Cell } from './blocks.ts';

/** A page of a file that is text: what shows, and what its author hid. */
export interface FlowText {
  readonly blocks: readonly Block[];
  readonly hiddenText: string;
}

/** Tags around text: a real page has 10 times its text in tags, an Outlook mail up to 30 times. */
const maxHtmlCharacters = maxTextCharacters * 12;
/** Elements inside each other that are looked at; what lies deeper is taken as text of the last one. */
const maxDepth = 200;

/** Never shown, or not text. */
const silent = new Set([
  'script',
  'style',
  'head',
  'title',
  'template',
  'noscript',
  'svg',
  'math',
  'object',
  'iframe',
  'select',
  'textarea',
]);
const lineTags = new Set(['div', 'li', 'dt', 'dd', 'address', 'section', 'article', 'header', 'footer', 'main', 'center', 'form', 'body']);
const paragraphTags = new Set(['p', 'ul', 'ol', 'dl', 'blockquote', 'pre', 'hr', 'figure', 'fieldset']);
const headings: Readonly<Record<string, number>> = { h1: 1.6, h2: 1.4, h3: 1.2, h4: 1, h5: 1, h6: 1 };

interface Element {
  /** Holds no text for a person. */
  readonly isSilent: boolean;
  readonly scale: number;
  readonly isHidden: boolean;
  readonly isBold: boolean;
  readonly keepsSpaces: boolean;
  readonly ground: string;
  readonly ink: string;
}

/** A place that takes blocks: the page, or a cell. */
interface Holder {
  readonly blocks: Block[];
  readonly columns: number;
  readonly rows: number;
}

/**
 * The blocks of a web page or an HTML mail. Nothing is fetched or run: scripts, styles, pictures and link targets are
 * dropped. Text that its author hid (no display, no size, no contrast) is kept apart.
 */
export function blocksOfHtml(html: string): FlowText {
  const builder = createBuilder();
  const elements: Element[] = [
    { isSilent: false, scale: 1, isHidden: false, isBold: false, keepsSpaces: false, ground: 'white', ink: 'black' },
  ];
  const hidden: string[] = [];
  let tooDeep = 0;
  const innermost = (): Element => elements.at(-1) as Element;
  const parser = new Parser({
    onopentag(tag, attributes) {
      if (elements.length >= maxDepth) tooDeep += 1;
      else {
        if (!innermost().isHidden || tag === 'table') builder.open(tag, attributes);
        elements.push(innerElement(tag, attributes, innermost()));
      }
    },
    onclosetag(tag) {
      if (tooDeep > 0) tooDeep -= 1;
      else {
        if (elements.at(-2)?.isHidden !== true || tag === 'table') builder.close(tag);
        if (elements.length > 1) elements.pop();
      }
    },
    ontext(text) {
      if (innermost().isSilent) return;
      if (innermost().isHidden) hidden.push(text);
      else builder.write(text, innermost());
    },
  });
  parser.write(html.slice(0, maxHtmlCharacters));
  parser.end();
  return { blocks: builder.finish(), hiddenText: hidden.join(' ').replaceAll(/\s+/g, ' ').trim() };
}

interface Builder {
  open(tag: string, attributes: Readonly<Record<string, string>>): void;
  close(tag: string): void;
  write(text: string, element: Element): void;
  finish(): Block[];
}

const isCell = (tag: string): boolean => tag === 'td' || tag === 'th';

/** Collects text into lines, lines into blocks, blocks into the cell or page they stand in. */
function createBuilder(): Builder {
  const page: Holder = { blocks: [], columns: 1, rows: 1 };
  const holders: Holder[] = [page];
  const tables: Cell[][][] = [];
  let line = '';
  let style = { scale: 1, isBold: false };
  let lines: string[] = [];
  let linesBefore = 0;

  const endLine = (): void => {
    if (line.trim() !== '') lines.push(line.trimEnd());
    line = '';
  };
  const add = (block: Block): void => {
    (holders.at(-1) ?? page).blocks.push({ ...block, linesBefore });
    linesBefore = 0;
  };
  const endBlock = (gap = 0): void => {
    endLine();
    if (lines.length > 0) add({ kind: 'text', lines, ...style });
    lines = [];
    linesBefore = Math.max(linesBefore, gap);
  };
  const endTable = (): void => {
    endBlock();
    const rows = (tables.pop() ?? []).filter((row) => row.length > 0);
    if (rows.length > 0) add({ kind: 'table', rows });
  };
  const endCell = (): void => {
    endBlock();
    linesBefore = 0;
    if (holders.length > 1) holders.pop();
  };
  const gapAround = (tag: string): number | null => (tag in headings || paragraphTags.has(tag) ? 1 : lineTags.has(tag) ? 0 : null);
  return {
    open(tag, attributes) {
      const gap = gapAround(tag);
      if (tag === 'br') endLine();
      else if (tag === 'table') {
        endBlock();
        tables.push([]);
      } else if (tag === 'tr') tables.at(-1)?.push([]);
      else if (isCell(tag) && tables.length > 0) {
        const cell = { blocks: [], columns: spanOf(attributes['colspan']), rows: spanOf(attributes['rowspan']) };
        if (tables.at(-1)?.length === 0) tables.at(-1)?.push([]);
        tables.at(-1)?.at(-1)?.push(cell);
        holders.push(cell);
      } else if (gap !== null) endBlock(gap);
    },
    close(tag) {
      const gap = gapAround(tag);
      if (tag === 'table' && tables.length > 0) endTable();
      else if (isCell(tag) && tables.length > 0) endCell();
      else if (gap !== null) endBlock(gap);
    },
    write(text, element) {
      style = { scale: element.scale, isBold: element.isBold };
      if (!element.keepsSpaces) line += joinable(text, line);
      else {
        const [first = '', ...others] = text.split(/\r?\n/);
        line += first;
        for (const other of others) {
          endLine();
          line = other;
        }
      }
    },
    finish() {
      while (tables.length > 0) {
        endCell();
        endTable();
      }
      endBlock();
      return page.blocks;
    },
  };
}

/** Runs of white space are one blank, and none at the start of a line; hard blanks stay. */
function joinable(text: string, before: string): string {
  const single = text.replaceAll(/[ \t\r\n\f]+/g, ' ').replaceAll('\u00a0', ' ');
  return before === '' || before.endsWith(' ') ? single.replace(/^ (?! )/, '') : single;
}

function spanOf(value: string | undefined): number {
  const span = Number.parseInt(value ?? '1', 10);
  return Number.isFinite(span) && span > 0 ? Math.min(span, 200) : 1;
}

function innerElement(tag: string, attributes: Readonly<Record<string, string>>, outer: Element): Element {
  const style = (attributes['style'] ?? '').toLowerCase().replaceAll(/\s+/g, '');
  const valueOf = (name: string): string | undefined => new RegExp(`(?:^|;)${name}:([^;!]+)`).exec(style)?.[1];
  const ground = valueOf('background-color') ?? valueOf('background') ?? attributes['bgcolor']?.toLowerCase() ?? outer.ground;
  const ink = valueOf('color') ?? attributes['color']?.toLowerCase() ?? outer.ink;
  const isGone =
    'hidden' in attributes ||
    /(?:^|;)(?:display:none|visibility:hidden|opacity:0(?:\.0+)?(?:;|$|!)|mso-hide:all|font-size:[01](?:\.\d+)?(?:px|pt|em|;|$|!))/.test(
      style,
    ) ||
    (/max-height:0/.test(style) && /overflow:hidden/.test(style));
  return {
    isSilent: outer.isSilent || silent.has(tag),
    scale: headings[tag] ?? outer.scale,
    isHidden: outer.isHidden || isGone || isSameColour(ground, ink),
    isBold:
      outer.isBold || tag === 'b' || tag === 'strong' || tag === 'th' || tag in headings || /font-weight:(?:bold|[6-9]00)/.test(style),
    keepsSpaces: outer.keepsSpaces || tag === 'pre' || /white-space:pre/.test(style),
    ground,
    ink,
  };
}

/** Only plain colours are compared; a picture behind the text leaves it shown. */
function isSameColour(ground: string, ink: string): boolean {
  const plain = (colour: string): string | null => {
    if (colour === 'white') return '#ffffff';
    if (colour === 'black') return '#000000';
    if (/^#[0-9a-f]{3}$/.test(colour)) return colour.replaceAll(/[0-9a-f]/g, '$&$&');
    return /^#[0-9a-f]{6}$/.test(colour) ? colour : null;
  };
  return plain(ground) !== null && plain(ground) === plain(ink);
}
