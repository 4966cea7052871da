const publicMailDomains: ReadonlySet<string> = new Set(
  (
    'gmail.com googlemail.com outlook.com hotmail.com live.com yahoo.com yahoo.de yahoo.fr icloud.com me.com gmx.de gmx.net gmx.at web.de ' +
    't-online.de freenet.de aol.com mail.com proton.me protonmail.com orange.fr wanadoo.fr free.fr laposte.net sfr.fr'
  ).split(' '),
);

/** A domain under which anybody may have an address: it says nothing of a firm. */
export function isPublicMailDomain(domain: string): boolean {
  return publicMailDomains.has(domain.toLowerCase());
}
