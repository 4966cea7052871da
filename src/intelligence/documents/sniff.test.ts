import { expect, test } from 'vitest';
import { misleadingExtension, sniff } from './sniff.ts';

const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'latin1');

test.each([
  ['', 'empty'],
  [' \r\n\t', 'empty'],
  ['%PDF-1.7\n', 'pdf'],
  ['MZ\x90\0', 'other'],
  ['\x7fELF', 'other'],
  ['#!/bin/sh\n', 'other'],
  ['PK\x03\x04 plain.txt', 'archive'],
  ['PK\x03\x04......[Content_Types].xml ppt/presentation.xml', 'office'],
  ['PK\x03\x04......[Content_Types].xml word/document.xml', 'word'],
  ['PK\x03\x04......[Content_Types].xml xl/workbook.xml', 'workbook'],
  ['PK\x03\x04......mimetypeapplication/vnd.oasis.opendocument.spreadsheet', 'workbook'],
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'office'],
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0', 'locked-office'],
  ['BM\x46\0\0\0\0\0\0\0', 'bmp'],
  ['\0\0\0\x18ftypavif', 'image'],
  ['Rar!\x1a\x07', 'archive'],
  ['{\\rtf1', 'office'],
  ['\xff\xd8\xff\xe0', 'image'],
  ['\x89PNG\r\n\x1a\n', 'image'],
  ['II*\0', 'image'],
  ['RIFF\0\0\0\0WEBP', 'image'],
  ['\0\0\0\x18ftypheic', 'unsupported-image'],
  ['<?xml version="1.0"?><Invoice/>', 'xml'],
  ['\xef\xbb\xbf<ubl:Invoice xmlns:ubl="x"/>', 'xml'],
  ['\xff\xfe<\0I\0n\0v\0/\0>\0', 'xml'],
  ['<!DOCTYPE html><html>', 'html'],
  ['<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html>', 'html'],
  ['<div>Rechnung</div>', 'html'],
  ['Rechnung Nr. 5', 'text'],
  ['\x01\x02\x03\x04\x05\x06\x07', 'other'],
])('tells %j as %s', (text, kind) => {
  expect(sniff(bytesOf(text)).kind).toBe(kind);
});

test('finds a PDF behind junk within the first kilobyte, and not behind more', () => {
  expect(sniff(bytesOf(`${'x'.repeat(1000)}%PDF-1.4`))).toEqual({ kind: 'pdf', mediaType: 'application/pdf', offset: 1000 });
  expect(sniff(bytesOf(`${'x'.repeat(1020)}%PDF-1.4`)).kind).toBe('text');
});

test('names an extension that lies, and no other', () => {
  expect(misleadingExtension('invoice.pdf', 'html')).toBe('pdf');
  expect(misleadingExtension('invoice.PDF', 'pdf')).toBeNull();
  expect(misleadingExtension('scan.jpeg', 'image')).toBeNull();
  expect(misleadingExtension('2026.03', 'pdf')).toBeNull();
  expect(misleadingExtension('no-extension', 'pdf')).toBeNull();
});
