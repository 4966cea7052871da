/** Whether printed words say a value; written for the checker of proof cards, apart from how proposers read numbers and texts. */

/**
 * Whether one of the numbers in these words is the value, sign aside: `1.234,50`, `1 234.50` and `1'234.50` all print 1234.5, and `.50`
 * with no figure before it 0.5.
 */
export function printsNumber(texts: readonly string[], value: string): boolean {
  const wanted = tidy(value.replace('-', ''));
  const joined = [texts.join(' '), texts.join('')];
  return joined
    .flatMap((text) =>
      [...text.matchAll(/(?<!\d\s*)[.,]\d\d(?!\d)|\d(?:[\d.,'’ \u00a0\u202f]*\d)?/g)].flatMap(([run]) => [
        run,
        ...run.split(/[ \u00a0\u202f]/).filter((part) => /^\d/.test(part)),
      ]),
    )
    .some((run) => readings(run).includes(wanted));
}

/** A run of digits and marks read with its last mark as the decimal one, and, where threes follow it, as a grouping one. */
function readings(run: string): string[] {
  const plain = run.replaceAll(/[ \u00a0\u202f'’]/g, '');
  const last = Math.max(plain.lastIndexOf('.'), plain.lastIndexOf(','));
  const whole = plain.replaceAll(/[.,]/g, '');
  if (last < 0) return [tidy(whole)];
  const cents = plain.slice(last + 1);
  const decimal = tidy(`${plain.slice(0, last).replaceAll(/[.,]/g, '')}.${cents}`);
  return cents.length === 3 ? [decimal, tidy(whole)] : [decimal];
}

function tidy(number: string): string {
  const [whole = '', cents = ''] = number.split('.');
  const short = cents.replace(/0+$/, '');
  return `${whole.replace(/^0+(?=\d)/, '') || '0'}${short === '' ? '' : `.${short}`}`;
}

/** Characters that look alike in print and that recognition mixes up. */
const alike: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1', S: '5', B: '8', Z: '2', G: '6' };

/** Whether letters and digits of the words make the value, blanks and punctuation aside; a date by its day and year. */
export function printsText(texts: readonly string[], value: string): boolean {
  const said = bare(texts.join(''));
  const date = /^(\d{4})-\d{2}-(\d{2})$/.exec(value);
  if (date === null) return said.includes(bare(value));
  const numbers = texts.join(' ').match(/\d+/g)?.map(Number) ?? [];
  const run = texts.join('').replaceAll(/\D/g, '');
  const year = Number(date[1]);
  const isApart = numbers.includes(Number(date[2])) && (numbers.includes(year) || numbers.includes(year % 100));
  return isApart || run.includes(value.replaceAll('-', ''));
}

function bare(text: string): string {
  return text
    .normalize('NFKD')
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .replaceAll(/[OILSBZG]/g, (letter) => alike[letter] ?? letter);
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** What elements and attributes of the XML say; asked whether a value is among it: as text, as the same number, or as a date. */
export function saidByXml(xml: string): (value: string) => boolean {
  const texts = new Set<string>();
  for (const match of xml.matchAll(/>([^<]+)<|<!\[CDATA\[([\s\S]*?)\]\]>|=\s*"([^"]*)"|=\s*'([^']*)'/g))
    texts.add(squeezed(match[2] ?? decoded(match[1] ?? match[3] ?? match[4] ?? '')));
  const all = [...texts];
  const numbers = new Set(all.filter((text) => /^[+-]?\d+(?:\.\d*)?$/.test(text)).map((text) => tidy(text.replace('+', ''))));
  const days = new Set(
    all.filter((text) => /^\d{4}-\d{2}-\d{2}(?:\D|$)|^\d{8}$/.test(text)).map((text) => text.replaceAll('-', '').slice(0, 8)),
  );
  return (value) => texts.has(squeezed(value)) || numbers.has(tidy(value)) || days.has(value.replaceAll('-', ''));
}

function squeezed(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function decoded(text: string): string {
  return text.replaceAll(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex?: string, plain?: string, name?: string) => {
    const code = hex === undefined ? Number(plain) : Number.parseInt(hex, 16);
    return name === undefined ? (code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole) : (entities[name] ?? whole);
  });
}
