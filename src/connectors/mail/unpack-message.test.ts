import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { IncomingMessage, UnpackedMessage } from '#domain/messages';
import { setAsideMail } from './set-aside.ts';
import { defaultUnpackLimits } from './unpack-limits.ts';
import { unpackMessage } from './unpack-message.ts';

const corpora = join(import.meta.dirname, '../../../../shared/data');
const pdf = Buffer.from('%PDF-1.4 invoice');

function mailOf(text: string | Uint8Array): IncomingMessage {
  return { externalId: 'x', kind: 'mail', fileName: 'mail.eml', bytes: Buffer.from(text as string), receivedAt: new Date(0) };
}

function fileOf(fileName: string, bytes: Uint8Array): IncomingMessage {
  return { externalId: 'x', kind: 'file', fileName, bytes, receivedAt: new Date(0) };
}

/** A mail with attachments; each is [media type, file name, content, more header lines]. */
function buildMail(subject: string, ...attachments: readonly (readonly [string, string, Uint8Array, string?])[]): string {
  const boundary = `b-${subject.replace(/\W/g, '')}`;
  const parts = attachments.map(([type, name, content, more]) => {
    const isMail = type === 'message/rfc822';
    const body = isMail ? Buffer.from(content).toString('latin1') : Buffer.from(content).toString('base64').replace(/.{76}/g, '$&\r\n');
    const encoding = isMail ? '' : 'Content-Transfer-Encoding: base64\r\n';
    return `--${boundary}\r\nContent-Type: ${type}; name="${name}"\r\n${encoding}${more ?? `Content-Disposition: attachment; filename="${name}"`}\r\n\r\n${body}\r\n`;
  });
  return `From: "Billing" <billing@supplier.example>\r\nSubject: ${subject}\r\nMessage-ID: <1@supplier.example>\r\nDate: Mon, 2 Mar 2026 09:00:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="${boundary}"\r\n\r\n--${boundary}\r\nContent-Type: text/plain\r\n\r\nHello Ana\r\n${parts.join('')}--${boundary}--\r\n`;
}

/** A zip of deflated entries; `flags` 1 marks them encrypted. */
function buildZip(entries: Readonly<Record<string, Uint8Array>>, flags = 0x800): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(entries)) {
    const data = deflateRawSync(content);
    const encodedName = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(encodedName.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, encodedName, data]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), common, tail, encodedName]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(central.length, 4);
  end.writeUInt16LE(central.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from('PK\x05\x06'), end]);
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffff_ffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb8_8320 : crc >>> 1;
  }
  return (crc ^ 0xffff_ffff) >>> 0;
}

function names(unpacked: UnpackedMessage): string[] {
  return unpacked.parts.map((part) => [...part.path, part.fileName].join(' > '));
}

function codes(unpacked: UnpackedMessage): string[] {
  return unpacked.problems.map((problem) => problem.code);
}

test('gives subject, sender, date, text and the attached document', async () => {
  const unpacked = await unpackMessage(mailOf(buildMail('Invoice 12', ['application/pdf', '12.pdf', pdf])));
  expect(unpacked).toMatchObject({
    subject: 'Invoice 12',
    messageId: '<1@supplier.example>',
    text: 'Hello Ana',
    problems: [],
    sender: { name: 'Billing', address: 'billing@supplier.example' },
    sentAt: new Date('2026-03-02T08:00:00Z'),
  });
  expect(unpacked.parts).toEqual([{ fileName: '12.pdf', declaredMediaType: 'application/pdf', bytes: pdf, path: [] }]);
});

test('finds a document in a zip in a mail that was forwarded as an attachment, and says how it was reached', async () => {
  const inner = buildMail('March', [
    'application/zip',
    'march.zip',
    buildZip({ 'a/one.pdf': pdf, 'inner.zip': buildZip({ 'two.pdf': pdf }) }),
  ]);
  const unpacked = await unpackMessage(mailOf(buildMail('Fwd', ['message/rfc822', 'mail.eml', Buffer.from(inner)])));
  expect(names(unpacked)).toEqual(['forwarded: March > march.zip > one.pdf', 'forwarded: March > march.zip > inner.zip > two.pdf']);
  expect(unpacked.problems).toEqual([]);
});

test('opens an .eml sent as octet-stream', async () => {
  const inner = Buffer.from(buildMail('Old', ['application/pdf', '9.pdf', pdf]));
  expect(names(await unpackMessage(mailOf(buildMail('Fwd', ['application/octet-stream', 'old.eml', inner]))))).toEqual([
    'forwarded: Old > 9.pdf',
  ]);
});

test('takes calendars as text, not as documents', async () => {
  const unpacked = await unpackMessage(
    mailOf(buildMail('Meet', ['text/calendar; charset=utf-8', 'invite.ics', Buffer.from('BEGIN:VCALENDAR')])),
  );
  expect(unpacked.calendars).toEqual(['BEGIN:VCALENDAR']);
  expect(unpacked.parts).toEqual([]);
});

test('takes an invitation sent as an .ics file for a calendar too', async () => {
  const unpacked = await unpackMessage(mailOf(buildMail('Meet', ['application/ics', 'invite.ics', Buffer.from('BEGIN:VCALENDAR')])));
  expect(unpacked).toMatchObject({ calendars: ['BEGIN:VCALENDAR'], parts: [] });
});

test('leaves out a small inline logo but keeps a large inline picture', async () => {
  const html: readonly [string, string, Uint8Array, string] = [
    'text/html',
    'body.html',
    Buffer.from('<p>Hi <img src="cid:logo"><img src="cid:scan"></p>'),
    'Content-Disposition: inline',
  ];
  const inline = (id: string): string => `Content-Disposition: inline; filename="${id}.png"\r\nContent-ID: <${id}>`;
  const mail = buildMail(
    'Logo',
    html,
    ['image/png', 'logo.png', Buffer.alloc(65_536), inline('logo')],
    ['image/png', 'scan.png', Buffer.alloc(65_537), inline('scan')],
  );
  expect(names(await unpackMessage(mailOf(mail)))).toEqual(['scan.png']);
});

test('turns an HTML-only body into text', async () => {
  const unpacked = await unpackMessage(
    mailOf('Subject: x\r\nContent-Type: text/html\r\n\r\n<p>Amount: <b>12,00</b></p><script>evil()</script>'),
  );
  expect(unpacked.text).toBe('Amount: 12,00');
});

test('keeps an office document whole although it is a zip', async () => {
  const sheet = buildZip({ '[Content_Types].xml': Buffer.from('<x/>'), 'xl/workbook.xml': Buffer.from('<x/>') });
  expect(names(await unpackMessage(fileOf('orders.xlsx', sheet)))).toEqual(['orders.xlsx']);
});

test('names an encrypted zip and still delivers the other attachment', async () => {
  const mail = buildMail('Locked', ['application/zip', 'locked.zip', buildZip({ 'a.pdf': pdf }, 1)], ['application/pdf', 'ok.pdf', pdf]);
  const unpacked = await unpackMessage(mailOf(mail));
  expect(names(unpacked)).toEqual(['ok.pdf']);
  expect(unpacked.problems).toMatchObject([{ code: 'zip-encrypted', fileName: 'locked.zip' }]);
});

test('shows only the last segment of a name and takes direction overrides out', async () => {
  const unpacked = await unpackMessage(
    fileOf('x.zip', buildZip({ '../../etc/inv\u202Efdp.exe': pdf, '/abs/b.pdf': pdf, 'C:\\temp\\c.pdf': pdf })),
  );
  expect(unpacked.parts.map((part) => part.fileName)).toEqual(['invfdp.exe', 'b.pdf', 'c.pdf']);
});

test('refuses a zip bomb but delivers its honest neighbours', async () => {
  const unpacked = await unpackMessage(fileOf('bomb.zip', buildZip({ 'bomb.bin': Buffer.alloc(8 * 1024 * 1024), 'ok.pdf': pdf })));
  expect(names(unpacked)).toEqual(['bomb.zip > ok.pdf']);
  expect(codes(unpacked)).toEqual(['zip-bomb']);
});

test('accepts as many documents as the limit and names the ones beyond it', async () => {
  const zip = (count: number): Buffer => buildZip(Object.fromEntries(Array.from({ length: count }, (_, index) => [`${index}.pdf`, pdf])));
  expect(codes(await unpackMessage(fileOf('a.zip', zip(200))))).toEqual([]);
  const beyond = await unpackMessage(fileOf('a.zip', zip(201)));
  expect(beyond.parts).toHaveLength(200);
  expect(codes(beyond)).toEqual(['too-many-parts']);
});

test('opens mails in mails down to the depth limit, not deeper', async () => {
  const nest = (levels: number): string => {
    let mail = buildMail('L0', ['application/pdf', 'deep.pdf', pdf]);
    for (let level = 1; level <= levels; level += 1) mail = buildMail(`L${level}`, ['message/rfc822', `${level}.eml`, Buffer.from(mail)]);
    return mail;
  };
  expect((await unpackMessage(mailOf(nest(8)))).parts).toHaveLength(1);
  const deeper = await unpackMessage(mailOf(nest(9)));
  expect(deeper.parts).toEqual([]);
  expect(codes(deeper)).toEqual(['too-deep']);
});

test('reads a file of exactly the size limit and names one a byte larger', async () => {
  const limits = { ...defaultUnpackLimits, messageBytes: 100 };
  expect((await unpackMessage(fileOf('a.pdf', Buffer.alloc(100)), limits)).parts).toHaveLength(1);
  expect(codes(await unpackMessage(fileOf('a.pdf', Buffer.alloc(101)), limits))).toEqual(['too-large']);
});

test('stops at the total of unpacked bytes', async () => {
  const limits = { ...defaultUnpackLimits, totalBytes: 30 };
  const unpacked = await unpackMessage(fileOf('a.zip', buildZip({ 'a.pdf': pdf, 'b.pdf': pdf })), limits);
  expect(names(unpacked)).toEqual(['a.zip > a.pdf']);
  expect(codes(unpacked)).toEqual(['too-large']);
});

test('delivers the document of a mail with 100,000 headers', async () => {
  const junk = Array.from({ length: 100_000 }, (_, index) => `X-Junk-${index}: value of this header`).join('\r\n');
  const unpacked = await unpackMessage(mailOf(`${junk}\r\n${buildMail('Many', ['application/pdf', '1.pdf', pdf])}`));
  expect(unpacked).toMatchObject({ subject: 'Many', parts: [{ fileName: '1.pdf' }] });
  expect(codes(unpacked)).toEqual(['headers-too-large']);
});

test('survives multiparts nested 5,000 levels deep and keeps what came before', async () => {
  const levels = 5000;
  const open = Array.from(
    { length: levels },
    (_, index) => `Content-Type: multipart/mixed; boundary=b${index}\r\n\r\n--b${index}\r\n`,
  ).join('');
  const first = buildMail('Deep', ['application/pdf', 'first.pdf', pdf]);
  const mail = first.replace(/--b-Deep--\r\n$/, `--b-Deep\r\n${open}Content-Type: text/plain\r\n\r\nend\r\n`);
  const unpacked = await unpackMessage(mailOf(mail));
  expect(names(unpacked)).toEqual(['first.pdf']);
  expect(codes(unpacked)).toEqual(['mail-unreadable']);
});

test.each([
  ['nothing', ''],
  ['zeros', '\0'.repeat(1000)],
  ['an unknown charset', 'Subject: =?x-klingon?B?////?=\r\nContent-Type: text/plain; charset=x-klingon\r\n\r\n\xff\xfe'],
  ['broken base64', 'Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n%%%=%%%'],
  ['a boundary that never comes', 'Content-Type: multipart/mixed; boundary=never\r\n\r\ntext'],
  ['an empty boundary', 'Content-Type: multipart/mixed; boundary=""\r\n\r\n--\r\n\r\n--\r\n'],
  ['a header without end', `Subject: ${'a'.repeat(3_000_000)}`],
])('reads a mail of %s without a throw', async (_, text) => {
  const unpacked = await unpackMessage(mailOf(Buffer.from(text, 'latin1')));
  expect(unpacked.sentAt).toBeNull();
});

test('cut short anywhere, a mail and a zip never throw', async () => {
  const zip = buildZip({ 'a.pdf': pdf, 'b.pdf': pdf });
  const mail = Buffer.from(buildMail('Cut', ['application/zip', 'z.zip', zip]));
  for (let at = 0; at < mail.length; at += 7) expect(await unpackMessage(mailOf(mail.subarray(0, at)))).toBeDefined();
  for (let at = 0; at < zip.length; at += 1) expect(await unpackMessage(fileOf('z.zip', zip.subarray(0, at)))).toBeDefined();
});

test('reads the text of an HTML body that is too long for the converter, in time', async () => {
  const started = performance.now();
  const unpacked = await unpackMessage(mailOf(`Content-Type: text/html\r\n\r\n${'<img src="cid:1">'.repeat(200_000)}<p>Amount 12,00</p>`));
  expect(unpacked.text).toBe('Amount 12,00');
  expect(performance.now() - started).toBeLessThan(5000);
});

test('opens as many mails of an mbox as the limit and names the rest', async () => {
  const mbox = (count: number): Buffer => Buffer.from('From a@b Mon Mar  2 09:00:00 2026\nSubject: x\n\n'.repeat(count));
  const limits = { ...defaultUnpackLimits, mboxMails: 3 };
  expect(codes(await unpackMessage(fileOf('a.mbox', mbox(3)), limits))).toEqual([]);
  expect(codes(await unpackMessage(fileOf('a.mbox', mbox(4)), limits))).toEqual(['too-many-parts']);
});

test('says that an S/MIME message is wrapped instead of dropping it', async () => {
  const unpacked = await unpackMessage(mailOf(buildMail('Secret', ['application/pkcs7-mime', 'smime.p7m', Buffer.from('x')])));
  expect(codes(unpacked)).toEqual(['mail-encrypted']);
});

test('turns a stand-in for something too large into a problem with sender and subject', async () => {
  const headers = Buffer.from('From: a@b.example\r\nSubject: Huge\r\nContent-Type: multipart/mixed; boundary=q\r\n\r\n');
  const unpacked = await unpackMessage(mailOf(setAsideMail('The mail has 90 MB. Fetch it yourself.', headers, 'Huge')));
  expect(unpacked).toMatchObject({
    subject: 'Huge',
    sender: { address: 'a@b.example' },
    problems: [{ code: 'too-large', message: 'The mail has 90 MB. Fetch it yourself.' }],
  });
});

test('splits an uploaded mbox into its mails', async () => {
  const mbox = `From a@b Mon Mar  2 09:00:00 2026\r\n${buildMail('A', ['application/pdf', 'a.pdf', pdf])}\r\nFrom a@b Mon Mar  2 09:00:01 2026\r\n${buildMail('B', ['application/pdf', 'b.pdf', pdf])}`;
  expect(names(await unpackMessage(fileOf('old.mbox', Buffer.from(mbox))))).toEqual([
    'old.mbox > forwarded: A > a.pdf',
    'old.mbox > forwarded: B > b.pdf',
  ]);
});

test.skipIf(!existsSync(corpora))('reads every file of the mail corpora without a throw, each within a second', async () => {
  for (const file of filesBelow(join(corpora, 'language/mime'))) {
    const started = performance.now();
    await unpackMessage(mailOf(readFileSync(file)));
    expect(performance.now() - started, file).toBeLessThan(1000);
  }
});

test.skipIf(!existsSync(corpora))('finds the files of winmail.dat that their corpus lists', async () => {
  const folder = join(corpora, 'language/mime/mimekit/tnef');
  for (const list of readdirSync(folder).filter((name) => name.endsWith('.list'))) {
    const tnef = join(folder, list.replace('.list', '.tnef'));
    if (!existsSync(tnef)) continue;
    const unpacked = await unpackMessage(fileOf('winmail.dat', readFileSync(tnef)));
    const expected = readFileSync(join(folder, list), 'latin1')
      .split(/\r?\n/)
      .filter((name) => name !== '' && !name.startsWith('body.'));
    // Some lists name the body only; we must find at least what they name.
    expect(
      unpacked.parts.map((part) => part.fileName),
      list,
    ).toEqual(expect.arrayContaining(expected));
  }
});

test.skipIf(!existsSync(corpora))('refuses the zip bombs of the invoice corpus', async () => {
  for (const name of ['gen_zip-nested-200MB.zip', 'gen_zipbomb-60MB.zip']) {
    const unpacked = await unpackMessage(fileOf(name, readFileSync(join(corpora, 'invoices/hard', name))));
    expect(unpacked.parts).toEqual([]);
    expect(codes(unpacked)).toContain('zip-bomb');
  }
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}

// Found by the fuzz run: Postgres takes neither, so the whole mail could not be kept.
test('gives no text that a database refuses: no NUL, no half of a surrogate pair', async () => {
  const subject = `=?utf-8?B?${Buffer.from('Invoice\u0000 12').toString('base64')}?=`;
  const body = `--b\r\nContent-Type: text/plain; charset=utf-16le\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from('Hi\u0000 \ud83d there', 'utf16le').toString('base64')}\r\n--b--\r\n`;
  const head = `From: "A\u0000B" <a@b.example>\r\nSubject: ${subject}\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n`;
  const message = await unpackMessage(mailOf(head + body));
  expect(message.subject).toBe('Invoice 12');
  const { parts: _, ...texts } = message;
  expect(JSON.stringify(texts)).not.toMatch(/\\u0000|\\ud83d/);
});

test('gives where an answer goes, and the topmost Authentication-Results on one line', async () => {
  const own = 'Authentication-Results: mx.office.example;\r\n\tspf=fail;\r\n\tdmarc=fail\r\n';
  const head = `${own}Received: from x\r\nAuthentication-Results: mx.forger.example; dmarc=pass\r\nReply-To: Buchhaltung <x@gmail.com>\r\n`;
  const message = await unpackMessage(mailOf(`${head}${buildMail('Rechnung')}`));
  expect(message).toMatchObject({ replyTo: 'x@gmail.com', authenticationResults: 'mx.office.example; spf=fail; dmarc=fail' });
  expect(await unpackMessage(mailOf(buildMail('Rechnung')))).toMatchObject({ replyTo: null, authenticationResults: null });
});
