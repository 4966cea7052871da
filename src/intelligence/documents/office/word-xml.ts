import { XMLParser } from 'fast-xml-parser';

/** An element of WordprocessingML with its children in their order; text is an element without a name. */
export interface XmlElement {
  readonly name: string;
  readonly text: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  trimValues: false,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: true,
});

/** Elements inside each other that are looked at; Word itself stops at 25 tables in tables. */
const maxDepth = 300;

type Ordered = Readonly<Record<string, unknown>>;

/** Parses one part of an office file; null when it is broken or declares entities of its own. */
export function parseXml(bytes: Uint8Array): XmlElement | null {
  const text = Buffer.from(bytes).toString('utf8');
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) return null;
  try {
    return { name: '', text: '', attributes: {}, children: childrenOf(parser.parse(text) as unknown, 0) };
  } catch {
    return null; // Not well formed: the caller says that the file is damaged.
  }
}

function childrenOf(nodes: unknown, depth: number): XmlElement[] {
  if (!Array.isArray(nodes) || depth > maxDepth) return [];
  return (nodes as Ordered[]).flatMap((node) => {
    const name = Object.keys(node).find((key) => key !== ':@');
    if (name === undefined || name.startsWith('?')) return [];
    if (name === '#text') return [{ name: '', text: String(node['#text']), attributes: {}, children: [] }];
    const attributes = (node[':@'] ?? {}) as Readonly<Record<string, string>>;
    return [{ name, text: '', attributes, children: childrenOf(node[name], depth + 1) }];
  });
}

/** First child of that name. */
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}

/** All elements of that name, at any depth, in order. */
export function descendantsOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((child) => (child.name === name ? [child, ...descendantsOf(child, name)] : descendantsOf(child, name)));
}
