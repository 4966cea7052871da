import type { Layout } from '../layout.ts';

const mailHosts = /^(?:gmail|googlemail|yahoo|hotmail|outlook|gmx|web|orange|free|icloud|aol|example|t-?online|wanadoo|live)$/;
const marked = /(?:@|www\.|https?:\/\/(?:www\.)?)([a-z0-9-]+(?:\.[a-z0-9-]+)*)\.[a-z]{2,}/g;
/** A web address without `www`, by the endings that shops use. */
const bare = /(?<![\w.@-])([a-z0-9-]{4,})\.(?:de|com|net|at|ch|fr|nl|be|es|it|pl|pt|ie|co\.uk|com\.[a-z]{2})(?![\w.-])/g;

/** The names in the page's web and mail addresses, without dashes: `www.blue-mill.co.uk` is `bluemill`; hosts of anybody's mail are none. */
export function domainsOn(layout: Layout): string[] {
  const found = new Set<string>();
  for (const { folded } of layout.rows) {
    for (const match of folded.matchAll(marked)) {
      const parts = (match[1] ?? '').split('.');
      enter((parts.at(-1) === 'example' || parts.at(-1) === 'co' ? parts.at(-2) : parts.at(-1)) ?? '', found);
    }
  }
  return [...found];
}

/** As `domainsOn`, and addresses that are printed without `www`, as tills do. */
export function shopDomainsOn(layout: Layout): string[] {
  const found = new Set(domainsOn(layout));
  for (const { folded } of layout.rows) for (const match of folded.matchAll(bare)) enter(match[1] ?? '', found);
  return [...found];
}

function enter(part: string, found: Set<string>): void {
  const name = part.replaceAll('-', '');
  if (name.length > 2 && !mailHosts.test(name)) found.add(name);
}

/** Whether one letter more, less or other makes one word of the other; short words are never alike. */
export function isAlmost(read: string, known: string): boolean {
  if (Math.min(read.length, known.length) < 5 || Math.abs(read.length - known.length) > 1 || read === known) return false;
  let same = 0;
  while (same < read.length && read.charAt(same) === known.charAt(same)) same += 1;
  const [rest, wanted] = [read.slice(same), known.slice(same)];
  return rest.slice(1) === wanted.slice(1) || rest.slice(1) === wanted || rest === wanted.slice(1);
}
