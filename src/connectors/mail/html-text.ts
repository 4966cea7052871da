/**
 * Text of HTML in one pass, for bodies that the mail parser does not convert: too long, or nested too deep for a tree.
 * Linear in the length whatever the input, which no tree-building converter is.
 */
export function plainTextOfHtml(html: string, limitCharacters: number): string {
  const pieces: string[] = [];
  let length = 0;
  let at = 0;
  while (at < html.length && length < limitCharacters) {
    const open = html.indexOf('<', at);
    const end = open < 0 ? html.length : open;
    if (end > at) {
      const text = html.slice(at, Math.min(end, at + limitCharacters));
      pieces.push(text);
      length += text.length;
    }
    if (open < 0) break;
    const close = html.indexOf('>', open);
    if (close < 0) break;
    const name = /^\/?[a-z0-9]{1,12}/i.exec(html.slice(open + 1, open + 16))?.[0].toLowerCase() ?? '';
    if (/^(script|style|head|title)$/.test(name)) {
      at = endOfHidden(html, name, close);
      continue;
    }
    if (/^\/?(p|div|br|tr|li|h[1-6]|table|blockquote)$/.test(name)) pieces.push('\n');
    else if (/^\/?t[dh]$/.test(name)) pieces.push(' ');
    at = close + 1;
  }
  return decodeEntities(pieces.join(''))
    .replace(/[ \t\r\u00a0]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .trim();
}

/** A script may hold `<` and `>` of its own, so only its end tag counts. */
function endOfHidden(html: string, name: string, from: number): number {
  const endTag = new RegExp(`</${name}`, 'gi');
  endTag.lastIndex = from;
  const close = endTag.exec(html) === null ? -1 : html.indexOf('>', endTag.lastIndex);
  return close < 0 ? html.length : close + 1;
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  euro: '€',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
  eacute: 'é',
  egrave: 'è',
};

function decodeEntities(text: string): string {
  return text.replace(/&(#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return entities[name] ?? whole;
    const point = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return point <= 0x10_ffff && (point < 0xd800 || point > 0xdfff) ? String.fromCodePoint(point) : '';
  });
}
