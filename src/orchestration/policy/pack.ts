import { decimal, type Decimal } from '#domain/money';

/** Arguments of rules as JSON and back: decimals as `{"$d": "1.50"}`, whole numbers of any size as `{"$n": "150"}`. */
export function pack(value: unknown): string {
  return JSON.stringify(tagged(value));
}

/** The reverse of `pack`, of JSON that was parsed already. */
export function unpack(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unpack);
  if (value === null || typeof value !== 'object') return value;
  const { $d, $n } = value as { readonly $d?: string; readonly $n?: string };
  if ($d !== undefined) return decimal($d);
  if ($n !== undefined) return BigInt($n);
  const whole: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(value)) whole[key] = unpack(part);
  return whole;
}

function tagged(value: unknown): unknown {
  if (typeof value === 'bigint') return { $n: value.toString() };
  if (Array.isArray(value)) return value.map(tagged);
  if (value === null || typeof value !== 'object') return value;
  if (isDecimal(value)) return { $d: value.toFixed() };
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, tagged(part)]));
}

/** What `decimal()` makes: no other object among the arguments of rules can be compared. */
function isDecimal(value: object): value is Decimal {
  return value.constructor === decimal(0).constructor;
}
