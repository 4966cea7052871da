import { editDistance } from '../matching/text-similarity.ts';
import type { GateFinding } from './gate.ts';
import { isPublicMailDomain } from './public-mail-domains.ts';

/** How a domain pretends to be another. */
interface LookAlike {
  readonly domain: string;
  readonly supplierName: string;
  readonly how: 'homoglyph' | 'edit' | 'other-ending' | 'embedded';
}

interface KnownDomain {
  readonly domain: string;
  readonly supplierName: string;
}

/** Shorter names lie close together by chance: `ab.de` and `ac.de` are two firms. */
const shortestName = 5;
/** Two characters may differ only in names this long. */
const longNameLength = 10;

// Characters and pairs that an eye takes for another (Unicode TR39 has thousands; these are those that mail domains use).
const pairs: readonly (readonly [RegExp, string])[] = [
  [/rn/g, 'm'],
  [/vv/g, 'w'],
  [/cl/g, 'd'],
  [/[1l|іıi]/g, 'l'],
  [/[0оοо]/g, 'o'],
  [/[аɑα]/g, 'a'],
  [/[еҽ]/g, 'e'],
  [/[рρ]/g, 'p'],
  [/[сϲ]/g, 'c'],
  [/[уү]/g, 'y'],
  [/[хχ]/g, 'x'],
  [/5/g, 's'],
  [/-/g, ''],
];

/**
 * The known domain that a sender's only resembles: the same to the eye, a character or two away, the name with another
 * ending, or the name inside a longer one (`nordwind-billing.com`). Null for the domain itself, those under it, and those of mail
 * services.
 */
export function findLookAlike(senderDomain: string | null, known: readonly KnownDomain[]): LookAlike | null {
  const sender = plain(senderDomain ?? '');
  const own = known.map((entry) => ({ ...entry, domain: plain(entry.domain) })).filter(({ domain }) => !isPublicMailDomain(domain));
  if (sender === '' || isPublicMailDomain(sender) || own.some(({ domain }) => isWithin(sender, domain))) return null;
  // `nordwind.example.mail-desk.com`: the whole domain, in front of another.
  const front = own.find(({ domain }) => sender.startsWith(`${domain}.`));
  if (front !== undefined) return { ...front, how: 'embedded' };
  for (const how of ['homoglyph', 'edit', 'other-ending', 'embedded'] as const) {
    const found = own.find(({ domain }) => tests[how](nameOf(sender), nameOf(domain)));
    if (found !== undefined) return { ...found, how };
  }
  return null;
}

/** A look-alike holds; the same name under another ending only warns, because firms own several. */
export function lookAlikeFinding(senderDomain: string | null, known: readonly KnownDomain[]): GateFinding | null {
  const found = findLookAlike(senderDomain, known);
  if (found === null || senderDomain === null) return null;
  const { domain, supplierName, how } = found;
  return {
    gate: 'look-alike-sender',
    severity: how === 'other-ending' ? 'warn' : 'hold',
    expected: domain,
    found: senderDomain,
    message: `The mail came from ${senderDomain}, which is not ${domain} of ${supplierName} but ${explanations[how]}.`,
  };
}

const explanations: Readonly<Record<LookAlike['how'], string>> = {
  homoglyph: 'looks the same to the eye',
  edit: 'differs by a character or two',
  'other-ending': 'has its name under another ending',
  embedded: 'has its name inside another one',
};

const tests: Readonly<Record<LookAlike['how'], (sender: string, own: string) => boolean>> = {
  homoglyph: (sender, own) => own.length >= shortestName && sender !== own && toTheEye(sender) === toTheEye(own),
  edit: (sender, own) =>
    own.length >= shortestName &&
    sender !== own &&
    distance(sender, own) <= (own.length >= longNameLength ? 2 : 1) &&
    !isNumbered(sender, own),
  'other-ending': (sender, own) => sender === own,
  embedded: (sender, own) => own.length >= shortestName && sender !== own && `-${sender}-`.includes(`-${own}-`),
};

/** Two letters that changed places are one slip, not two. */
function distance(left: string, right: string): number {
  for (let at = 0; at < left.length - 1; at += 1) {
    if (left.slice(0, at) + left.charAt(at + 1) + left.charAt(at) + left.slice(at + 2) === right) return 1;
  }
  return editDistance(left, right);
}

/** `plant1` and `plant2` are two sites, not a disguise. */
function isNumbered(left: string, right: string): boolean {
  return left.replaceAll(/\d+/g, '#') === right.replaceAll(/\d+/g, '#');
}

function toTheEye(name: string): string {
  return pairs.reduce(
    (text, [pattern, plainForm]) => text.replaceAll(pattern, plainForm),
    name.normalize('NFKD').replaceAll(/\p{M}/gu, ''),
  );
}

function plain(domain: string): string {
  return domain.trim().toLowerCase().replace(/\.$/, '');
}

function isWithin(domain: string, own: string): boolean {
  return domain === own || domain.endsWith(`.${own}`);
}

// Endings of two parts that firms register under; a full list (publicsuffix.org) has 10,000, of which mail uses few.
const doubleEnding = /\.(co|com|org|net|ac|gov|or|ne)\.[a-z]{2}$/;

/** The name a firm registered: `nordwind` of `mail.nordwind.co.uk`. */
function nameOf(domain: string): string {
  const bare = doubleEnding.test(domain) ? domain.replace(doubleEnding, '') : domain.slice(0, Math.max(0, domain.lastIndexOf('.')));
  return bare.split('.').at(-1) ?? '';
}
