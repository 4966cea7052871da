import { expect, test } from 'vitest';
import { parseAuthenticationResults } from './authentication-results.ts';
import { firstMailFinding } from './first-mail.ts';
import { lookAlikeFinding } from './look-alike-sender.ts';
import { replyToFinding } from './reply-to.ts';
import { senderAuthenticationFinding } from './sender-authentication.ts';

const known = [
  { domain: 'nordwind-papier.example', supplierName: 'Nordwind' },
  { domain: 'kontor.co.uk', supplierName: 'Kontor' },
  { domain: 'abc.de', supplierName: 'ABC' },
  { domain: 'plant1.example', supplierName: 'Plant' },
];

test.each([
  // The same to the eye.
  ['nordwlnd-papier.example', 'hold'],
  ['norclwind-papier.example', 'hold'],
  ['nоrdwind-papier.example', 'hold'],
  ['nordwindpapier.example', 'hold'],
  // One or two characters in a long name, one in a short one, two that changed places.
  ['nordwind-papiers.example', 'hold'],
  ['nordwnd-papiers.example', 'hold'],
  ['nordwnd-papierss.example', null],
  ['kontro.co.uk', 'hold'],
  ['kontur.co.uk', 'hold'],
  ['kantur.co.uk', null],
  // The name inside another, or in front of one.
  ['kontor-billing.com', 'hold'],
  ['kontor.co.uk.mail-desk.com', 'hold'],
  ['kontorei.com', null],
  // Another ending.
  ['kontor.com', 'warn'],
  // Itself, and what is under it.
  ['kontor.co.uk', null],
  ['mail.KONTOR.co.uk', null],
  // Short names, numbers and mail services lie near each other by chance.
  ['abd.de', null],
  ['plant2.example', null],
  ['gmail.com', null],
  [null, null],
] as const)('a mail from %s: %s', (domain, severity) => {
  expect(lookAlikeFinding(domain, known)?.severity ?? null).toBe(severity);
});

const reply = (sender: string | null, replyTo: string | null): string | null =>
  replyToFinding({ sender, replyTo, knownDomains: ['kontor.co.uk'], supplierName: 'Kontor' })?.severity ?? null;

test.each([
  ['a@kontor.co.uk', 'kontor.office@gmail.com', 'hold'],
  ['a@kontor.co.uk', 'a@kontor-uk.co.uk', 'hold'],
  ['a@kontor.co.uk', 'tickets@zendesk.example', 'warn'],
  ['a@kontor.co.uk', 'b@kontor.co.uk', null],
  ['a@kontor.co.uk', 'b@billing.kontor.co.uk', null],
  ['invoices@billing-service.example', 'b@kontor.co.uk', null],
  ['kontor@gmail.com', 'kontor@gmail.com', null],
  ['a@kontor.co.uk', null, null],
  [null, 'x@gmail.com', null],
] as const)('a mail from %s that is answered to %s: %s', (sender, replyTo, severity) => {
  expect(reply(sender, replyTo)).toBe(severity);
});

const authentication = (header: string | null, trusted: readonly string[] = []): string | null =>
  senderAuthenticationFinding('a@kontor.co.uk', header, trusted)?.severity ?? null;

test.each([
  ['mx.office.example; spf=pass; dkim=pass; dmarc=fail header.from=kontor.co.uk', 'hold'],
  ['mx.office.example; spf=fail smtp.mailfrom=x; dkim=none', 'hold'],
  ['mx.office.example; dkim=fail', 'hold'],
  // Forwarded: SPF breaks, the signature holds.
  ['mx.office.example; spf=fail; dkim=pass; dmarc=pass', null],
  // A mailing list broke the signature, the server's own address is right.
  ['mx.office.example; spf=pass; dkim=fail', null],
  ['mx.office.example; spf=softfail; dkim=none; dmarc=none', 'warn'],
  ['mx.office.example; spf=softfail; dkim=fail; dkim=pass', null],
  // Absent, or nothing said, is not failed.
  [null, null],
  ['mx.office.example; none', null],
  ['mx.office.example; spf=neutral; dkim=none; dmarc=temperror', null],
  ['', null],
] as const)('the receiving server says "%s": %s', (header, severity) => {
  expect(authentication(header)).toBe(severity);
});

test('only the servers that are named as ours are believed', () => {
  expect(authentication('mx.evil.example; dmarc=fail', ['mx.office.example'])).toBeNull();
  expect(authentication('MX.office.example 1; dmarc=fail', ['mx.office.example'])).toBe('hold');
});

test('comments, quoted text and folded lines do not pass for results', () => {
  const header =
    'Authentication-Results: mx.office.example;\r\n\tspf=fail (a (nested) spf=pass; dmarc=pass) smtp.mailfrom="x; dmarc=pass";\r\n dkim=none';
  expect(parseAuthenticationResults(header)).toEqual({ server: 'mx.office.example', spf: 'fail', dkim: 'none', dmarc: null });
});

const first = (sender: string | null, earlier: readonly string[]): string | null =>
  firstMailFinding({ sender, earlier, knownDomains: ['kontor.co.uk'], supplierName: 'Kontor' })?.severity ?? null;

test('the first mail from elsewhere warns once enough is known; a new person at a known domain does not', () => {
  const usual = ['a@kontor.co.uk', 'b@kontor.co.uk', 'kontor@gmail.com'];
  expect(first('x@elsewhere.example', usual)).toBe('warn');
  expect(first('x@elsewhere.example', usual.slice(0, 2))).toBeNull();
  expect(first('c@kontor.co.uk', usual)).toBeNull();
  expect(first('KONTOR@gmail.com', usual)).toBeNull();
  expect(first('kontor2@gmail.com', usual)).toBe('warn');
  expect(first(null, usual)).toBeNull();
});
