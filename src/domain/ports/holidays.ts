import type { Holiday } from '#domain/calendar';

/** Public holidays of the world's countries. */
export interface Holidays {
  /** Whether the country (ISO 3166-1) and the region within it (as `BE` of `DE-BE`), if named, are known. */
  knows(country: string, region: string | null): boolean;
  /** Days off of one year, nationwide or also the region's; none for a place that is not known. */
  of(country: string, region: string | null, year: number): readonly Holiday[];
  /** IANA name of the place's clock; null where it has several or is not known. */
  timeZoneOf(country: string, region: string | null): string | null;
}
