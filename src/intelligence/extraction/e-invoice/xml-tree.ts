import { XMLParser } from 'fast-xml-parser';

/** An element: children by local name, always as lists; text under `#text`, attributes under `@name`. */
export interface Element {
  readonly [name: string]: readonly Element[] | string | undefined;
}

const parser = new XMLParser({
  removeNSPrefix: true,
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  alwaysCreateTextNode: true,
  parseTagValue: false,
  parseAttributeValue: false,
  // No entity is expanded by the parser: a file must not be able to make text grow. The five of XML are decoded below.
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute,
});

export type ParsedXml = { readonly root: string; readonly element: Element } | { readonly fault: string };

/** Parses a document into its root element. A file that is not well formed ends in a fault, never in a throw. */
export function parseXml(xml: string): ParsedXml {
  if (/<!DOCTYPE/i.test(xml)) return { fault: 'it declares a document type, which e-invoices never do' };
  try {
    const tree = parser.parse(xml.replace(/^\uFEFF/, ''), true) as Element;
    for (const [root, value] of Object.entries(tree)) {
      const element = Array.isArray(value) ? (value as readonly Element[])[0] : undefined;
      if (element !== undefined) return { root, element };
    }
    return { fault: 'it holds no element' };
  } catch (cause) {
    return { fault: cause instanceof Error ? cause.message : 'it is not well formed' };
  }
}

/** All elements at the path, through every branch. */
export function elementsAt(element: Element | undefined, ...path: readonly string[]): Element[] {
  let level: Element[] = element === undefined ? [] : [element];
  for (const name of path) {
    level = level.flatMap((parent) => {
      const children = parent[name];
      return Array.isArray(children) ? (children as readonly Element[]) : [];
    });
  }
  return level;
}

/** The first element at the path. */
export function elementAt(element: Element | undefined, ...path: readonly string[]): Element | undefined {
  return elementsAt(element, ...path)[0];
}

/** The first non-empty text at the path. */
export function textAt(element: Element | undefined, ...path: readonly string[]): string | null {
  for (const found of elementsAt(element, ...path)) {
    const text = textOf(found);
    if (text !== null) return text;
  }
  return null;
}

/** An element's own text, blanks folded, or null when empty. */
export function textOf(element: Element | undefined): string | null {
  const text = element?.['#text'];
  if (typeof text !== 'string') return null;
  return decodeEntities(text).replaceAll(/\s+/g, ' ').trim() || null;
}

export function attributeOf(element: Element | undefined, name: string): string | null {
  const value = element?.[`@${name}`];
  return typeof value === 'string' && value !== '' ? decodeEntities(value) : null;
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodeEntities(text: string): string {
  return text.replaceAll(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi,
    (whole, hex?: string, number?: string, name?: string) => {
      if (name !== undefined) return named[name.toLowerCase()] ?? whole;
      const point = hex === undefined ? Number(number) : Number.parseInt(hex, 16);
      return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    },
  );
}
