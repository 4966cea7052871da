/** Rates from a day on: the standard rate first, then every reduced, super-reduced and parking rate. Percent. */
export type RatePeriod = readonly [since: string, standard: number, ...others: readonly number[]];

/** Day on which the table below was compiled; what was decided later is not in it. */
export const ratesCompiledOn = '2026-12-01';

/**
 * VAT rates of the EU countries, the United Kingdom, Switzerland with Liechtenstein, and Norway. Before the first day of a country
 * nothing is known here.
 *
 * Compiled by hand on 2026-12-01 of what is common knowledge from: European Commission, "VAT rates applied in the Member States" and
 * TEDB; gov.uk, "VAT rates"; ESTV, "Mehrwertsteuersätze"; Skatteetaten, "Merverdiavgift". Changes up to 2020 were compared with
 * github.com/der-andy/eu-vat-rates (which misdates NL 2012 and IE 2020), those of 2026 (AT, FI) with published reports; nothing was
 * asked of these offices' own pages on that day. No library keeps reduced rates and their history: `sales-tax` and `vatrates` know
 * today's only.
 */
export const ratePeriods: Readonly<Record<string, readonly RatePeriod[]>> = {
  AT: [
    ['1995-01-01', 20, 10, 12],
    ['2016-01-01', 20, 13, 10],
    ['2020-07-01', 20, 13, 10, 5],
    ['2022-01-01', 20, 13, 10],
    ['2026-07-01', 20, 13, 10, 4.9],
  ],
  BE: [['2000-01-01', 21, 12, 6]],
  BG: [
    ['2007-01-01', 20, 7],
    ['2011-04-01', 20, 9],
  ],
  CH: [
    ['2001-01-01', 7.6, 3.6, 2.4],
    ['2011-01-01', 8, 3.8, 2.5],
    ['2018-01-01', 7.7, 3.7, 2.5],
    ['2024-01-01', 8.1, 3.8, 2.6],
  ],
  CY: [
    ['2005-08-01', 15, 8, 5],
    ['2012-03-01', 17, 8, 5],
    ['2013-01-14', 18, 8, 5],
    ['2014-01-13', 19, 9, 5],
    ['2023-07-01', 19, 9, 5, 3],
  ],
  CZ: [
    ['2008-01-01', 19, 9],
    ['2010-01-01', 20, 10],
    ['2012-01-01', 20, 14],
    ['2013-01-01', 21, 15],
    ['2015-01-01', 21, 15, 10],
    ['2024-01-01', 21, 12],
  ],
  DE: [
    ['2007-01-01', 19, 7],
    ['2020-07-01', 16, 5],
    ['2021-01-01', 19, 7],
  ],
  DK: [['1992-01-01', 25]],
  EE: [
    ['2009-01-01', 18, 9],
    ['2009-07-01', 20, 9],
    ['2022-08-01', 20, 9, 5],
    ['2024-01-01', 22, 9, 5],
    ['2025-01-01', 22, 13, 9],
    ['2025-07-01', 24, 13, 9],
  ],
  ES: [
    ['1995-01-01', 16, 7, 4],
    ['2010-07-01', 18, 8, 4],
    ['2012-09-01', 21, 10, 4],
    ['2022-07-01', 21, 10, 5, 4],
    ['2024-10-01', 21, 10, 7.5, 5, 4, 2],
    ['2025-01-01', 21, 10, 4],
  ],
  FI: [
    ['2009-10-01', 22, 12, 8],
    ['2010-07-01', 23, 13, 9],
    ['2013-01-01', 24, 14, 10],
    ['2024-09-01', 25.5, 14, 10],
    ['2026-01-01', 25.5, 13.5, 10],
  ],
  FR: [
    ['2000-04-01', 19.6, 5.5, 2.1],
    ['2012-01-01', 19.6, 7, 5.5, 2.1],
    ['2014-01-01', 20, 10, 5.5, 2.1],
  ],
  GB: [
    ['2008-12-01', 15, 5],
    ['2010-01-01', 17.5, 5],
    ['2011-01-04', 20, 5],
    ['2021-10-01', 20, 12.5, 5],
    ['2022-04-01', 20, 5],
  ],
  GR: [
    ['2005-04-01', 19, 9, 4.5],
    ['2010-03-15', 21, 10, 5],
    ['2010-07-01', 23, 11, 5.5],
    ['2011-01-01', 23, 13, 6.5],
    ['2015-07-20', 23, 13, 6],
    ['2016-06-01', 24, 13, 6],
  ],
  HR: [
    ['2009-08-01', 23, 10],
    ['2012-03-01', 25, 10],
    ['2013-01-01', 25, 10, 5],
    ['2014-01-01', 25, 13, 5],
  ],
  HU: [
    ['2006-09-01', 20, 5],
    ['2009-07-01', 25, 18, 5],
    ['2012-01-01', 27, 18, 5],
  ],
  IE: [
    ['2008-12-01', 21.5, 13.5, 4.8],
    ['2010-01-01', 21, 13.5, 4.8],
    ['2011-07-01', 21, 13.5, 9, 4.8],
    ['2012-01-01', 23, 13.5, 9, 4.8],
    ['2020-09-01', 21, 13.5, 9, 4.8],
    ['2021-03-01', 23, 13.5, 9, 4.8],
  ],
  IT: [
    ['1997-10-01', 20, 10, 4],
    ['2011-09-17', 21, 10, 4],
    ['2013-10-01', 22, 10, 4],
    ['2016-01-01', 22, 10, 5, 4],
  ],
  LT: [
    ['2009-01-01', 19, 9, 5],
    ['2009-09-01', 21, 9, 5],
    ['2026-01-01', 21, 12, 5],
  ],
  LU: [
    ['1993-01-01', 15, 12, 6, 3],
    ['2015-01-01', 17, 14, 8, 3],
    ['2023-01-01', 16, 13, 7, 3],
    ['2024-01-01', 17, 14, 8, 3],
  ],
  LV: [
    ['2009-01-01', 21, 10],
    ['2011-01-01', 22, 12],
    ['2012-07-01', 21, 12],
    ['2018-01-01', 21, 12, 5],
  ],
  MT: [
    ['2004-01-01', 18, 5],
    ['2011-01-01', 18, 7, 5],
    ['2024-01-01', 18, 12, 7, 5],
  ],
  NL: [
    ['2001-01-01', 19, 6],
    ['2012-10-01', 21, 6],
    ['2019-01-01', 21, 9],
  ],
  NO: [
    ['2005-01-01', 25, 11, 7],
    ['2006-01-01', 25, 13, 8, 11.11],
    ['2007-01-01', 25, 14, 8, 11.11],
    ['2012-01-01', 25, 15, 8, 11.11],
    ['2016-01-01', 25, 15, 10, 11.11],
    ['2018-01-01', 25, 15, 12, 11.11],
    ['2020-04-01', 25, 15, 12, 6, 11.11],
    ['2021-10-01', 25, 15, 12, 11.11],
  ],
  PL: [
    ['2000-09-04', 22, 7, 3],
    ['2011-01-01', 23, 8, 5],
  ],
  PT: [
    ['2008-07-01', 20, 12, 5],
    ['2010-07-01', 21, 13, 6],
    ['2011-01-01', 23, 13, 6],
  ],
  RO: [
    ['2008-12-01', 19, 9, 5],
    ['2010-07-01', 24, 9, 5],
    ['2016-01-01', 20, 9, 5],
    ['2017-01-01', 19, 9, 5],
    // 9 % stays until 2026-07-31 for homes that were contracted before.
    ['2025-08-01', 21, 11, 9],
    ['2026-08-01', 21, 11],
  ],
  SE: [['1996-01-01', 25, 12, 6]],
  SI: [
    ['2002-01-01', 20, 8.5],
    ['2013-07-01', 22, 9.5],
    ['2020-01-01', 22, 9.5, 5],
  ],
  SK: [
    ['2007-01-01', 19, 10],
    ['2010-05-01', 19, 10, 6],
    ['2011-01-01', 20, 10],
    ['2023-01-01', 20, 10, 5],
    ['2025-01-01', 23, 19, 5],
  ],
};

/**
 * Rates of parts of a country and of flat-rate schemes, whenever they held: Jungholz and Mittelberg (AT), farmers (AT, DE, ES, IE, PL,
 * GB), Canary Islands, Ceuta, Melilla and the equalization surcharge (ES), Corsica and overseas (FR), the Aegean islands (GR), Madeira
 * and the Azores (PT). None of them is dated here: an islander's rate raises no alarm, right or wrong.
 */
export const specialRates: Readonly<Record<string, readonly number[]>> = {
  AT: [19],
  DE: [10.7, 9.5, 9, 8.4, 7.8, 5.5],
  ES: [20, 15, 13.5, 12, 10.5, 9.5, 7, 6.5, 5, 3, 8, 2, 1, 0.5, 5.2, 1.4, 1.75, 0.62],
  FR: [13, 8.5, 2.1, 1.75, 1.05, 0.9],
  GB: [4],
  GR: [17, 16, 9, 5, 4],
  IE: [5.6, 5.5, 5.4, 5.2, 5.1, 5, 4.5],
  PL: [7, 4],
  PT: [22, 18, 16, 12, 10, 9, 5, 4],
};

/** What is taxed like another country: Monaco, the Isle of Man, Northern Ireland, Liechtenstein; and Greece as VAT ids name it. */
export const taxedLike: Readonly<Record<string, string>> = { MC: 'FR', IM: 'GB', XI: 'GB', LI: 'CH', EL: 'GR', UK: 'GB' };

/** Members of the European Union, whose VAT area intra-community supplies stay within. */
export const euCountries: ReadonlySet<string> = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
);
