import { createRequire } from 'node:module';
import type HolidayLibrary from 'date-holidays';
import type { Holiday } from '#domain/calendar';
import { addDays } from '#domain/calendar';
import type { Holidays } from '#domain/ports';

const MS_PER_DAY = 86_400_000;
// Years of places that are asked for again and again: a handful of countries, two or three years of each.
const maximumKept = 200;

type Library = typeof HolidayLibrary;

/**
 * Public holidays from the npm package date-holidays (rules ISC, data CC-BY-3.0), computed offline. Loaded when first
 * asked for: it takes 120 ms and 35 MB, and many commands never ask.
 */
export function createPublicHolidays(): Holidays {
  const years = new Map<string, readonly Holiday[]>();
  const zones = new Map<string, string | null>();
  return {
    knows: (country, region) => placeOf(country, region) !== null,
    of(country, region, year) {
      const key = `${country}/${region ?? ''}/${year}`;
      const kept = years.get(key);
      if (kept !== undefined) return kept;
      if (years.size >= maximumKept) years.clear();
      const found = holidaysOf(country, region, year);
      years.set(key, found);
      return found;
    },
    timeZoneOf(country, region) {
      const key = `${country}/${region ?? ''}`;
      const kept = zones.get(key);
      if (kept !== undefined) return kept;
      const [only = null, ...others] = placeOf(country, region)?.getTimezones() ?? [];
      const zone = others.length === 0 ? only : null;
      if (zones.size >= maximumKept) zones.clear();
      zones.set(key, zone);
      return zone;
    },
  };
}

function holidaysOf(country: string, region: string | null, year: number): readonly Holiday[] {
  const place = placeOf(country, region);
  if (place === null) return [];
  return place
    .getHolidays(year, 'en')
    .filter(({ type }) => type === 'public')
    .flatMap(({ date, name, start, end }) => {
      // Lunar holidays begin the evening before and say so in their start; the day that is off is the one of `date`.
      const days = Math.max(1, Math.round((end.getTime() - start.getTime()) / MS_PER_DAY));
      return Array.from({ length: days }, (_, index) => ({ day: addDays(date.slice(0, 10), index), name }));
    });
}

let library: Library | null = null;

function placeOf(country: string, region: string | null): HolidayLibrary | null {
  library ??= load();
  const place = new library();
  const countries = place.getCountries();
  if (!Object.hasOwn(countries, country)) return null;
  if (region === null) place.init(country);
  else if (Object.hasOwn(place.getStates(country) ?? {}, region)) place.init(country, region);
  else return null;
  return place;
}

function load(): Library {
  const loaded = createRequire(import.meta.url)('date-holidays') as Library | { readonly default: Library };
  return 'default' in loaded ? loaded.default : loaded;
}
