import { daysBetween, isCalendarDay } from '#domain/calendar';
import type { Reading } from '#domain/documents';
import { plainText } from '../matching/text-similarity.ts';
import type { InvoiceLine } from '../types.ts';
import { lastDayOf } from './periods.ts';

/** What a paper says it is for. */
export interface ServicePeriod {
  readonly from: string;
  readonly to: string;
  /** As printed, but for accents and capitals. */
  readonly text: string;
}

/**
 * Names of the twelve months in the languages that papers are read in, without accents. Dates are read by how a month begins
 * (`intelligence/extraction/text/date-format.ts`); in the text of a line `set` or `out` is a word, so only these count here.
 */
const monthNames: readonly (readonly string[])[] = [
  ['january', 'jan', 'januar', 'janner', 'janvier', 'enero', 'gennaio', 'januari', 'janeiro', 'styczen'],
  ['february', 'feb', 'februar', 'fevrier', 'febrero', 'febbraio', 'februari', 'fevereiro', 'luty'],
  ['march', 'mar', 'marz', 'maerz', 'mars', 'marzo', 'maart', 'marco', 'marzec'],
  ['april', 'apr', 'avril', 'abril', 'aprile', 'kwiecien'],
  ['may', 'mai', 'mayo', 'maggio', 'mei', 'maio', 'maj'],
  ['june', 'jun', 'juni', 'juin', 'junio', 'giugno', 'junho', 'czerwiec'],
  ['july', 'jul', 'juli', 'juillet', 'julio', 'luglio', 'julho', 'lipiec'],
  ['august', 'aug', 'aout', 'agosto', 'augustus', 'sierpien'],
  ['september', 'sep', 'sept', 'septembre', 'septiembre', 'settembre', 'setembro', 'wrzesien'],
  ['october', 'oct', 'oktober', 'okt', 'octobre', 'octubre', 'ottobre', 'outubro', 'pazdziernik'],
  ['november', 'nov', 'novembre', 'noviembre', 'novembro', 'listopad'],
  ['december', 'dec', 'dezember', 'dez', 'decembre', 'diciembre', 'dicembre', 'dezembro', 'grudzien'],
];
const monthOf: ReadonlyMap<string, number> = new Map(monthNames.flatMap((names, month) => names.map((name) => [name, month + 1] as const)));

const labels =
  'service period|billing period|invoice period|period of service|charges for|rent for|for the month of|leistungszeitraum|abrechnungszeitraum|abrechnungsmonat|leistungsmonat|liefermonat|rechnungsmonat|zeitraum|fur den monat|fur monat|miete fur|periode de facturation|periode facturee|periode|mois de|periodo de facturacion|periodo facturado|periodo di riferimento|periodo di fatturazione|periodo|competenza|factuurperiode|facturatieperiode|periodo de faturacao|okres rozliczeniowy|okres';
/** The first date after a label, and no further: the next field begins there. */
const labelled = new RegExp(`(?<![a-z])(?:${labels})(?![a-z])[\\s:.]{0,4}(.{0,60})`, 'g');

const name = [...monthOf.keys()].toSorted((one, other) => other.length - one.length).join('|');
// A day before the name makes it a date: `3 February 2026` is when, not what for.
const monthAndYear = new RegExp(
  `(?<![a-z])(?<!(?<!\\d)\\d{1,2}(?:\\.|st|nd|rd|th)?\\s{0,3}(?:de\\s)?)(${name})\\.?\\s+(?:de\\s+)?(20\\d\\d)(?!\\d)`,
  'g',
);
const numberAndYear = /(?<![\d./-])(0?[1-9]|1[0-2])\s?[/.]\s?(20\d\d)(?![\d./-])/g;
const quarter = /(?<![a-z\d])(?:q\s?([1-4])|([1-4])\.?\s?(?:quartal|quarter|trimestre|kwartaal))\s?[/ ]\s?(20\d\d)(?!\d)/g;
const range =
  /(?<![\d./-])(\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./](?:20\d\d)?)\s?(?:-|–|—|bis|to|until|through|au|al|a|hasta|t\/m|do)\s?(\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]20\d\d)(?![\d/])/g;

/**
 * What an invoice says it is for: months, quarters and stretches of days in the texts of its lines, behind a label such as
 * `Leistungszeitraum` on the page, or in the data of an e-invoice (EN 16931 BG-14, BG-26). A single date never is.
 */
export function readServicePeriods(
  lines: readonly Pick<InvoiceLine, 'description'>[],
  reading: Pick<Reading, 'pages' | 'structuredXml'> | null,
): ServicePeriod[] {
  const texts = lines.map(({ description }) => plainText(description));
  const pages = (reading?.pages ?? []).map(({ words }) => plainText(words.map(({ text }) => text).join(' ')));
  const behind = [...texts, ...pages].flatMap((text) => [...text.matchAll(labelled)].map(([, rest = '']) => rest));
  const found = [
    ...texts.flatMap((text) => [...monthsIn(text), ...quartersIn(text), ...rangesIn(text)]),
    ...behind.flatMap((rest) => firstOf([...monthsIn(rest), ...numbersIn(rest), ...quartersIn(rest), ...rangesIn(rest)])),
    ...inXml(reading?.structuredXml ?? null),
  ];
  return [...new Map(found.map(({ at: _at, ...period }) => [`${period.from} ${period.to}`, period])).values()];
}

interface Found extends ServicePeriod {
  readonly at: number;
}

function firstOf(found: readonly Found[]): Found[] {
  return found.toSorted((one, other) => one.at - other.at).slice(0, 1);
}

function monthsIn(text: string): Found[] {
  return [...text.matchAll(monthAndYear)].map((match) => stretch(match, match[2] ?? '', monthOf.get(match[1] ?? '') ?? 1, 1));
}

function numbersIn(text: string): Found[] {
  return [...text.matchAll(numberAndYear)].map((match) => stretch(match, match[2] ?? '', Number(match[1]), 1));
}

function quartersIn(text: string): Found[] {
  return [...text.matchAll(quarter)].map((match) => stretch(match, match[3] ?? '', Number(match[1] ?? match[2]) * 3 - 2, 3));
}

function stretch({ index, 0: text }: RegExpExecArray, year: string, month: number, months: number): Found {
  const from = `${year}-${String(month).padStart(2, '0')}-01`;
  return { from, to: lastDayOf(from, months), text: text.trim(), at: index };
}

function rangesIn(text: string): Found[] {
  return [...text.matchAll(range)].flatMap((match) => {
    const [whole, first = '', last = ''] = match;
    const [year = ''] = /20\d\d/.exec(last) ?? [];
    const start = /20\d\d/.test(first) ? first : `${first}${year}`;
    const readings = [dayFirst, monthFirst].flatMap((read) => {
      const [from, to] = [read(start), read(last)];
      return from !== null && to !== null && from <= to ? [{ from, to, text: whole.trim(), at: match.index }] : [];
    });
    // 01/02/2026 – 03/04/2026 is two stretches of time: neither is taken.
    return new Set(readings.map(({ from, to }) => `${from} ${to}`)).size === 1 ? readings.slice(0, 1) : [];
  });
}

function dayFirst(text: string): string | null {
  if (/^\d{4}-/.test(text)) return isCalendarDay(text) ? text : null;
  const [day = '', month = '', year = ''] = text.split(/[./]/);
  return dayOrNull(year, month, day);
}

/** Only slashes are read this way round. */
function monthFirst(text: string): string | null {
  if (!text.includes('/')) return dayFirst(text);
  const [month = '', day = '', year = ''] = text.split('/');
  return dayOrNull(year, month, day);
}

function dayOrNull(year: string, month: string, day: string): string | null {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isCalendarDay(text) ? text : null;
}

/** Of an e-invoice; what comes later are further lines. */
const mostXml = 2_000_000;
/** UBL `InvoicePeriod`, CII `BillingSpecifiedPeriod`. */
const xmlPeriod = /<(?:\w+:)?(InvoicePeriod|BillingSpecifiedPeriod)\b[^<>]*>([\s\S]{0,800}?)<\/(?:\w+:)?\1>/g;

function inXml(xml: string | null): Found[] {
  return [...(xml ?? '').slice(0, mostXml).matchAll(xmlPeriod)].flatMap(({ 2: inside = '', index }) => {
    const days = [...inside.matchAll(/>\s*(20\d\d)-?(\d\d)-?(\d\d)\s*</g)].map(([, year, month, day]) => `${year}-${month}-${day}`);
    const [from, to = from] = days.filter(isCalendarDay);
    return from === undefined || to === undefined || daysBetween(from, to) < 0 ? [] : [{ from, to, text: `${from} to ${to}`, at: index }];
  });
}
