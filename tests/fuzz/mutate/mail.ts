import { asBytes, asText, type Mutation, replaceOne } from './bytes.ts';

const headers = [
  `X-Long: ${'a'.repeat(100_000)}`,
  'Content-Type: multipart/mixed',
  'Content-Type: multipart/mixed; boundary=""',
  'Content-Type: message/rfc822',
  'Content-Type: text/html; charset=x-unknown',
  'Content-Type: text/plain; charset="utf-7"',
  'Content-Transfer-Encoding: base64',
  'Content-Transfer-Encoding: x-uuencode',
  'Content-Transfer-Encoding: quoted-printable',
  "Content-Disposition: attachment; filename*=UTF-8''%00%FF%E2%80%AE.pdf",
  `Content-Disposition: attachment; ${Array.from({ length: 300 }, (_, index) => `filename*${index}="aaaa"`).join('; ')}`,
  'Content-Disposition: attachment; filename="../../etc/passwd"',
  'Content-Disposition: attachment; filename="a\u0000b.pdf"',
  `From: ${'"a" <a@b.example>, '.repeat(2000)}`,
  `From: ${'('.repeat(3000)}`,
  'From: =?utf-8?B?AP8A?= <a@b>',
  `Subject: ${'=?utf-8?Q?=00?= '.repeat(300)}`,
  'Date: Mon, 99 Foo 99999 99:99:99 +9999',
  'Message-ID: <\u0000>',
  `References: ${'<a@b> '.repeat(5000)}`,
  'Content-Type: message/partial; number=1; total=2',
  'Content-Type: application/ms-tnef; name=winmail.dat',
] as const;

/** Changes that know what a mail is made of (RFC 5322, RFC 2045). */
export const mailMutations: Readonly<Record<string, Mutation>> = {
  header: (bytes, chance) => replaceOne(bytes, /^[A-Za-z-]+: .*$/gm, chance, () => chance.oneOf(headers)),
  addHeader: (bytes, chance) => replaceOne(bytes, /^[A-Za-z-]+: /gm, chance, (match) => `${chance.oneOf(headers)}\r\n${match}`),
  boundary: (bytes, chance) =>
    replaceOne(bytes, /^--\S+$/gm, chance, (match) =>
      chance.oneOf([`${match}--`, match.slice(0, -1), '', `${match}\r\n${match}`, `--${'x'.repeat(300)}`]),
    ),
  fold: (bytes, chance) => replaceOne(bytes, /; /g, chance, () => `;${'\r\n '.repeat(chance.oneOf([1, 50, 3000]))}`),
  manyParts: (bytes, chance) => replaceOne(bytes, /^--\S+\r?\n/gm, chance, (match) => `${match}\r\n`.repeat(chance.oneOf([5, 300, 1500]))),
  wrap: (bytes, chance) => {
    let text = asText(bytes);
    for (let depth = chance.oneOf([1, 3, 10, 40]); depth > 0; depth -= 1) {
      const kind = chance.oneOf(['message/rfc822', 'multipart/mixed', 'multipart/related', 'multipart/alternative']);
      text =
        kind === 'message/rfc822'
          ? `Subject: FW ${depth}\r\nContent-Type: multipart/mixed; boundary=w${depth}\r\n\r\n--w${depth}\r\nContent-Type: message/rfc822\r\n\r\n${text}\r\n--w${depth}--\r\n`
          : `Content-Type: ${kind}; boundary=w${depth}\r\n\r\n--w${depth}\r\n${text}\r\n`;
    }
    return asBytes(text);
  },
  base64: (bytes, chance) =>
    replaceOne(bytes, /^[A-Za-z0-9+/]{40,}=*$/gm, chance, (match) =>
      chance.oneOf([`${match}=`, match.slice(1), '====', `${match}\u00ff`, match.repeat(50), '!'.repeat(100)]),
    ),
  lineEnds: (bytes, chance) => asBytes(asText(bytes).replaceAll('\r\n', chance.oneOf(['\n', '\r', '\r\r\n', '\n\n']))),
  mbox: (bytes, chance) => asBytes(`From a@b Mon Jan  1 00:00:00 2026\r\n${asText(bytes)}\r\n`.repeat(chance.oneOf([1, 3, 20]))),
};
