/** Length of an IBAN by country. Source: SWIFT IBAN Registry, release 99. */
const lengths =
  'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 ' +
  'FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 ' +
  'MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 ' +
  'SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30';
const lengthOf: ReadonlyMap<string, number> = new Map(lengths.split(' ').map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]));

/** Without spaces and dashes, upper case. */
export function normalizeIban(iban: string): string {
  return iban.replaceAll(/[\s.\-\u00a0]/g, '').toUpperCase();
}

/** Country, length and check digits (ISO 13616, mod 97) are right. */
export function isValidIban(iban: string): boolean {
  const bare = normalizeIban(iban);
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]+$/.test(bare) || lengthOf.get(bare.slice(0, 2)) !== bare.length) return false;
  let remainder = 0;
  for (const character of bare.slice(4) + bare.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}

/** In groups of four, as people compare it. */
export function formatIban(iban: string): string {
  return normalizeIban(iban).replaceAll(/(.{4})(?=.)/g, '$1 ');
}

/** For sentences: country and last four, `DE… 3000`. */
export function shortIban(iban: string): string {
  const bare = normalizeIban(iban);
  return `${bare.slice(0, 2)}… ${bare.slice(-4)}`;
}
