import { decimal, groupThousands } from '#domain/money';
import type { Manner } from '../suppliers.ts';

/** Grouping and decimal marks by manner. */
const marks: Readonly<Record<Manner, readonly [group: string, point: string]>> = {
  'en-gb': [',', '.'],
  'en-us': [',', '.'],
  de: ['.', ','],
  'de-ch': ['’', '.'],
  fr: ['\u00A0', ','],
  es: ['.', ','],
};

const months: Readonly<Record<Manner, string>> = {
  'en-gb': 'January February March April May June July August September October November December',
  'en-us': 'January February March April May June July August September October November December',
  de: 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember',
  'de-ch': 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember',
  fr: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre',
  es: 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre',
};

/** Decimal text as the supplier writes it, with the digits it has. */
export function figure(text: string, manner: Manner): string {
  const [group, point] = marks[manner];
  return groupThousands(text).replaceAll(/[.,]/g, (mark) => (mark === '.' ? point : group));
}

/** A unit price: at least two decimals. */
export function price(text: string, manner: Manner): string {
  return figure((text.split('.')[1]?.length ?? 0) > 2 ? text : decimal(text).toFixed(2), manner);
}

/** `23.11.2026`, `23/11/2026`, `11/23/2026`. */
export function shortDay(day: string, manner: Manner): string {
  const [year, month, date] = day.split('-');
  if (manner === 'en-us') return `${month}/${date}/${year}`;
  return [date, month, year].join(manner.startsWith('de') ? '.' : '/');
}

/** `23. November 2026`, `23 novembre 2026`, `November 23, 2026`. */
export function longDay(day: string, manner: Manner): string {
  const [year, month, date] = day.split('-').map(Number);
  const name = months[manner].split(' ')[(month ?? 1) - 1] ?? '';
  if (manner === 'en-us') return `${name} ${date}, ${year}`;
  if (manner === 'es') return `${date} de ${name} de ${year}`;
  return `${date}${manner.startsWith('de') ? '.' : ''} ${name} ${year}`;
}

/** `DE12 3456 …` */
export function spacedIban(iban: string): string {
  return iban.replaceAll(/(.{4})(?=.)/g, '$1 ');
}

/** `10 %` off from one price to another. */
export function discountOf(list: string, net: string, manner: Manner): string {
  const percent = decimal(1).minus(decimal(net).div(list)).times(100).round(1).toFixed();
  return `${figure(percent, manner)} %`;
}
