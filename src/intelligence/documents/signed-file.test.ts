import { Integer, OctetString, Utf8String } from 'asn1js';
import {
  AttributeTypeAndValue,
  Certificate,
  ContentInfo,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  SignedData,
  SignerInfo,
} from 'pkijs';
import { beforeAll, expect, test } from 'vitest';
import { readDocument } from './read-document.ts';
import { isSigned, openSigned } from './signed-file.ts';

const text = '<FatturaElettronica><Numero>12</Numero></FatturaElettronica>';
let signed: Buffer;

beforeAll(async () => {
  signed = Buffer.from(await sign(Buffer.from(text)));
});

test('a signed file gives its content, as DER and as base64 with and without PEM lines', async () => {
  const lines = signed.toString('base64').replaceAll(/(.{64})/g, '$1\n');
  for (const bytes of [signed, Buffer.from(lines), Buffer.from(`-----BEGIN PKCS7-----\n${lines}\n-----END PKCS7-----\n`)]) {
    const opened = await openSigned(bytes);
    expect([Buffer.from(opened?.bytes ?? []).toString(), opened?.isIntact]).toEqual([text, true]);
  }
});

test('content that was changed after it was signed is not intact', async () => {
  const changed = Buffer.from(signed);
  changed[changed.indexOf('<Numero>12') + 8] = '9'.charCodeAt(0);
  const opened = await openSigned(changed);
  expect([Buffer.from(opened?.bytes ?? []).toString(), opened?.isIntact]).toEqual([text.replace('12', '92'), false]);
});

test('a signed invoice is read as the invoice that it carries, and a changed one says so', async () => {
  const xml = '<FatturaElettronica><FatturaElettronicaBody><Numero>12</Numero></FatturaElettronicaBody></FatturaElettronica>';
  const file = Buffer.from(await sign(Buffer.from(xml)));
  const reading = await readDocument({ fileName: 'IT01234567897_00001.xml.p7m', bytes: file });
  expect([reading.mediaType, reading.structuredXml, reading.problems]).toEqual(['application/xml', xml, []]);
  file[file.indexOf('<Numero>12') + 8] = '9'.charCodeAt(0);
  const changed = await readDocument({ fileName: 'a.p7m', bytes: file });
  expect([changed.structuredXml, changed.problems.map(({ code }) => code)]).toEqual([xml.replace('12', '92'), ['signature-broken']]);
  const cut = await readDocument({ fileName: 'a.p7m', bytes: file.subarray(0, 80) });
  expect(cut.problems.map(({ code }) => code)).toEqual(['unopenable']);
});

test.each([
  ['cut short', () => signed.subarray(0, 80)],
  ['another ASN.1 file', () => Buffer.from('308203000101ff', 'hex')],
  ['text', () => Buffer.from('MIT licence, as is')],
  ['nothing', () => Buffer.alloc(0)],
])('%s gives no content', async (_name, bytes) => {
  expect(await openSigned(bytes())).toBeNull();
});

test('what is signed is told by its content', () => {
  expect([isSigned(signed), isSigned(Buffer.from('<Invoice/>')), isSigned(Buffer.from('Millions'))]).toEqual([true, false, false]);
});

/** CMS signed data over the content, by a certificate made for it. */
async function sign(content: Uint8Array): Promise<ArrayBuffer> {
  const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const certificate = new Certificate({ version: 2, serialNumber: new Integer({ value: 7 }) });
  for (const name of [certificate.issuer, certificate.subject])
    name.typesAndValues.push(new AttributeTypeAndValue({ type: '2.5.4.3', value: new Utf8String({ value: 'Carla Fontana' }) }));
  certificate.notBefore.value = new Date('2026-01-01T00:00:00Z');
  certificate.notAfter.value = new Date('2036-01-01T00:00:00Z');
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey);
  await certificate.sign(keys.privateKey, 'SHA-256');
  const data = new SignedData({
    version: 1,
    encapContentInfo: new EncapsulatedContentInfo({
      eContentType: '1.2.840.113549.1.7.1',
      eContent: new OctetString({ valueHex: new Uint8Array(content).buffer }),
    }),
    signerInfos: [
      new SignerInfo({
        version: 1,
        sid: new IssuerAndSerialNumber({ issuer: certificate.issuer, serialNumber: certificate.serialNumber }),
      }),
    ],
    certificates: [certificate],
  });
  await data.sign(keys.privateKey, 0, 'SHA-256');
  return new ContentInfo({ contentType: '1.2.840.113549.1.7.2', content: data.toSchema(true) }).toSchema().toBER(false);
}
