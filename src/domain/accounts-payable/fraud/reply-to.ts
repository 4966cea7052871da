import { findLookAlike } from './look-alike-sender.ts';
import { isPublicMailDomain } from './public-mail-domains.ts';
import type { GateFinding } from './gate.ts';

interface ReplyClues {
  readonly sender: string | null;
  readonly replyTo: string | null;
  readonly knownDomains: readonly string[];
  readonly supplierName: string;
}

/**
 * An answer that would go to somebody else than the sender. To a free mailbox or a look-alike, though the mail came
 * from a firm's own domain: a hold. To any other domain: a warning, because billing services write so. Within the sender's or
 * the supplier's own domains it says nothing.
 */
export function replyToFinding({ sender, replyTo, knownDomains, supplierName }: ReplyClues): GateFinding | null {
  const [from, to] = [domainOf(sender), domainOf(replyTo)];
  if (from === null || to === null || isSameFirm(from, to) || knownDomains.some((own) => isSameFirm(own.toLowerCase(), to))) return null;
  const isFree = isPublicMailDomain(to) && !isPublicMailDomain(from);
  const alike = findLookAlike(
    to,
    [from, ...knownDomains].map((domain) => ({ domain, supplierName })),
  );
  const why = isFree ? ', a free mailbox' : alike === null ? '' : `, which resembles ${alike.domain}`;
  return {
    gate: 'reply-to',
    severity: isFree || (alike !== null && alike.how !== 'other-ending') ? 'hold' : 'warn',
    expected: from,
    found: to,
    message: `The mail came from ${sender}, but an answer to it goes to ${replyTo}${why}.`,
  };
}

/** Part after the @, lower case; null where there is none. */
export function domainOf(address: string | null): string | null {
  const domain = address?.split('@').at(-1)?.trim().toLowerCase() ?? '';
  return address !== null && address.includes('@') && domain !== '' ? domain : null;
}

function isSameFirm(one: string, other: string): boolean {
  return one === other || one.endsWith(`.${other}`) || other.endsWith(`.${one}`);
}
