import type { GateFinding } from './gate.ts';
import { isPublicMailDomain } from './public-mail-domains.ts';
import { domainOf } from './reply-to.ts';

/** A supplier that wrote this often before has its ways. */
const enoughMails = 3;

/**
 * The first mail of a known supplier from this address. Silent while too few mails are known, and for a new person at a
 * domain that the supplier writes from; a free mailbox is known by its whole address only.
 *
 * @param earlier - addresses of mails whose invoices of this supplier went through.
 */
export function firstMailFinding(clues: {
  readonly sender: string | null;
  readonly earlier: readonly string[];
  readonly knownDomains: readonly string[];
  readonly supplierName: string;
}): GateFinding | null {
  const { sender, earlier, knownDomains, supplierName } = clues;
  const domain = domainOf(sender);
  if (sender === null || domain === null || earlier.length < enoughMails) return null;
  const addresses = new Set(earlier.map((address) => address.toLowerCase()));
  if (addresses.has(sender.toLowerCase())) return null;
  const domains = [...knownDomains, ...earlier.map((address) => domainOf(address) ?? '')].map((one) => one.toLowerCase());
  if (!isPublicMailDomain(domain) && domains.some((own) => own !== '' && (domain === own || domain.endsWith(`.${own}`)))) return null;
  const usual = [...new Set(earlier)].slice(0, 2).join(' or ');
  return {
    gate: 'first-mail',
    severity: 'warn',
    expected: usual,
    found: sender,
    message: `The first mail of ${supplierName} from ${sender}; the ${earlier.length} before came from ${usual}${addresses.size > 2 ? ' and others' : ''}.`,
  };
}
