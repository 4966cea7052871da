/** ISO 4217 minor-unit digits where they are not 2. Source: ISO 4217 list one, 2026-01-01. */
const unusualDigits: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
  CLF: 4,
  UYW: 4,
};

const known = new Set(Intl.supportedValuesOf('currency'));

/** Whether the code is a currency of ISO 4217 (as known to the runtime's Unicode data). */
export function isCurrency(code: string): boolean {
  return known.has(code);
}

/** Digits after the decimal point of one unit of the currency: 2 for EUR, 0 for JPY. */
export function currencyDigits(currency: string): number {
  return unusualDigits[currency] ?? 2;
}
