import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ParsedRecords, RecordKind } from '#domain/ports';
import { createRecordParser, parseImport } from './import-records.ts';
import { importTemplates } from './import-templates.ts';

function parse<Kind extends RecordKind>(kind: Kind, content: string | Uint8Array): ParsedRecords<Kind> {
  return parseImport(kind, { fileName: 'x.csv', bytes: Buffer.from(content as string) });
}

function faultsOf(kind: RecordKind, content: string | Uint8Array): string[] {
  const result = parse(kind, content);
  return result.ok ? [] : result.faults.map((fault) => `${fault.line} ${fault.column}: ${fault.message}`);
}

const receiptHead = 'number,purchaseOrderNumber,receivedOn,position,quantity';
const receipt = (quantity: string, separator = ';'): string =>
  `${receiptHead.replaceAll(',', separator)}\n${['G1', 'P1', '2026-03-01', '1', quantity].join(separator)}\n`;

function quantityOf(content: string): string | undefined {
  const result = parse('goods-receipts', content);
  return result.ok ? result.records[0]?.lines[0]?.quantity : result.faults[0]?.message;
}

test.each(['suppliers', 'purchase-orders', 'goods-receipts', 'agreements'] as const)('reads the template of %s as it is', (kind) => {
  const result = createRecordParser().parse(kind, { fileName: 'template.csv', bytes: Buffer.from(importTemplates[kind]) });
  expect(result).toMatchObject({ ok: true, warnings: [] });
});

test.each(['suppliers', 'purchase-orders', 'goods-receipts', 'agreements'] as const)('the guide shows the template of %s', (kind) => {
  const guide = readFileSync(new URL('../../../docs/guides/import.md', import.meta.url), 'utf8');
  expect(guide).toContain(`<!-- template: ${kind} -->\n\n\`\`\`csv\n${importTemplates[kind]}\`\`\``);
});

test('the JSON of the guide reads like its CSV', () => {
  const guide = readFileSync(new URL('../../../docs/guides/import.md', import.meta.url), 'utf8');
  const json = parse('goods-receipts', /```json\n([\s\S]*?)```/.exec(guide)?.[1] ?? '');
  const csv = parse('goods-receipts', importTemplates['goods-receipts']);
  expect(json.ok && json.records).toEqual(csv.ok && csv.records);
});

test('reads a supplier with lists, discount and bank account', () => {
  const result = parse('suppliers', importTemplates.suppliers);
  expect(result.ok && result.records[0]).toEqual({
    number: 'S-1001',
    name: 'Nordwind Papier GmbH',
    aliases: ['Nordwind', 'NWP'],
    vatId: 'DE136695976',
    country: 'DE',
    emailDomains: ['nordwind.example'],
    currency: 'EUR',
    netDays: 30,
    discounts: [{ days: 10, basisPoints: 200 }],
    iban: 'DE89370400440532013000',
    bic: null,
    phone: '+49 40 5550 1200',
    email: 'rechnung@nordwind.example',
    chargesForeignTax: null,
  });
});

test('joins rows of one number into one order and tells from which line it came', () => {
  const result = parse('purchase-orders', importTemplates['purchase-orders']);
  expect(result).toMatchObject({ ok: true, lines: [2, 4] });
  expect(result.ok && result.records.map((order) => order.lines.map((line) => line.quantity))).toEqual([['40', '5'], ['3.5']]);
});

test('reads JSON with nested lines like the same CSV', () => {
  const json = [
    {
      number: 'G1',
      purchaseOrderNumber: 'P1',
      receivedOn: '2026-03-01',
      lines: [
        { position: 1, quantity: 2.5 },
        { position: 2, quantity: '3' },
      ],
    },
  ];
  const csv = `${receiptHead}\nG1,P1,2026-03-01,1,2.5\nG1,P1,2026-03-01,2,3\n`;
  const [left, right] = [parse('goods-receipts', JSON.stringify({ receipts: json })), parse('goods-receipts', csv)];
  expect(left.ok && left.records).toEqual(right.ok && right.records);
});

test('names every fault with line, column and value, and imports nothing', () => {
  const result = parse(
    'suppliers',
    'number,name,country,currency,netDays,iban\nS1,,XX,EURO,30,DE00\nS2,Good,DE,EUR,30,\nS2,Twice,DE,EUR,-1,\n',
  );
  expect(result.ok).toBe(false);
  expect(
    faultsOf('suppliers', 'number,name,country,currency,netDays,iban\nS1,,XX,EURO,30,DE00\nS2,Good,DE,EUR,30,\nS2,Twice,DE,EUR,9,\n'),
  ).toEqual([
    '2 name: name is missing.',
    '2 country: country must be a country code of ISO 3166 such as DE.',
    '2 currency: currency must be a currency code of ISO 4217 such as EUR.',
    '2 iban: iban is not a valid IBAN; compare its digits with the supplier.',
    '4 number: number S2 is on line 3 already.',
  ]);
  expect(!result.ok && result.faults.find((fault) => fault.column === 'iban')?.value).toBe('DE00');
});

test('refuses rows of one order whose heads differ and positions that repeat', () => {
  const csv =
    'number,supplierNumber,currency,orderedOn,position,description,unit,quantity,unitPrice\nP1,S1,EUR,2026-01-01,1,a,pc,1,1\nP1,S2,EUR,2026-01-01,1,b,pc,1,1\n';
  expect(faultsOf('purchase-orders', csv)).toEqual([
    '3 supplierNumber: supplierNumber differs from line 2, which has the same number P1.',
    '3 position: position 1 of P1 is on line 2 already.',
  ]);
});

test('names missing, unknown and repeated columns', () => {
  expect(faultsOf('goods-receipts', 'number,qty,quantity,Quantity\n')).toEqual([
    '1 qty: There is no column "qty" in this import. Remove it or correct its name.',
    '1 quantity: The column quantity is there twice.',
    '1 purchaseOrderNumber: The column purchaseOrderNumber is missing.',
    '1 receivedOn: The column receivedOn is missing.',
    '1 position: The column position is missing.',
  ]);
});

test.each([
  [';', '12,5', '12.5'],
  [';', '1.234,50', '1234.50'],
  [';', '1,234.50', '1234.50'],
  [',', '12.5', '12.5'],
  [',', '"1,234"', '1234'],
  [',', '1.234', '1.234'],
  [';', '0,125', '0.125'],
  [';', "1'234.5", '1234.5'],
  [';', '1234567,1', '1234567.1'],
  [';', '-2', '-2'],
  ['\t', '12,5', '12.5'],
  [';', '1.234', 'quantity can be read in two ways; write it without thousands separator and with two decimals.'],
  [';', '1.23.4', 'quantity is not a number; write it like 1234.50.'],
  [';', '0x10', 'quantity is not a number; write it like 1234.50.'],
  [';', '1e5', 'quantity is not a number; write it like 1234.50.'],
  [';', '0', 'quantity must not be 0; a return is negative.'],
  [',', '1.23456', 'quantity must have at most 12 digits before and 4 after the decimal point.'],
])('with %j between cells reads the quantity %s as %s', (separator, written, expected) => {
  expect(quantityOf(receipt(written, separator))).toBe(expected);
});

test('lets one clear number decide how the others are read', () => {
  const head = receiptHead.replaceAll(',', ';');
  const result = parse('goods-receipts', `${head}\nG1;P1;1.3.2026;1;1.234\nG1;P1;01.03.2026;2;0,5\n`);
  expect(result.ok && result.records[0]).toMatchObject({ receivedOn: '2026-03-01', lines: [{ quantity: '1234' }, { quantity: '0.5' }] });
});

test('refuses a date that is two dates', () => {
  expect(faultsOf('goods-receipts', `${receiptHead}\nG1,P1,03/04/2026,1,1\n`)).toEqual([
    '2 receivedOn: receivedOn is not a date; write it like 2026-03-31.',
  ]);
  expect(faultsOf('goods-receipts', `${receiptHead}\nG1,P1,2026-02-29,1,1\n`)).toHaveLength(1);
});

test('keeps a formula as text and points at it, but not at a negative number', () => {
  const result = parse(
    'suppliers',
    'number,name,country,currency,netDays\nS1,"=HYPERLINK(""http://evil"")",DE,EUR,30\nS2,@home GmbH,DE,EUR,30\n',
  );
  expect(result).toMatchObject({
    ok: true,
    records: [{ name: '=HYPERLINK("http://evil")' }, { name: '@home GmbH' }],
    warnings: [
      { line: 2, column: 'name' },
      { line: 3, column: 'name' },
    ],
  });
  expect(parse('goods-receipts', receipt('-2', ','))).toMatchObject({ ok: true, warnings: [] });
});

test.each([
  ['UTF-8 with mark', Buffer.from('\ufeffnumber,name,country,currency,netDays\nS1,Müller,DE,EUR,30\n')],
  ['Windows-1252', Buffer.from('number;name;country;currency;netDays\r\nS1;Müller;DE;EUR;30\r\n', 'latin1')],
  ['UTF-16', Buffer.from('\ufeffnumber\tname\tcountry\tcurrency\tnetDays\r\nS1\tMüller\tDE\tEUR\t30\r\n', 'utf16le')],
])('reads %s', (_, bytes) => {
  const result = parse('suppliers', bytes);
  expect(result.ok && result.records[0]?.name).toBe('Müller');
});

test('counts lines of the file where a cell spans several', () => {
  expect(faultsOf('suppliers', 'number,name,country,currency,netDays\nS1,"two\nlines",DE,EUR,30\nS2,x,DE,EUR,no\n')).toEqual([
    '4 netDays: netDays must be a whole number from 0 to 365.',
  ]);
});

test.each([
  ['nothing', '', 'The file is empty.'],
  ['only a header', `${receiptHead}\n`, 'The file has a header but no lines.'],
  ['an open quotation mark', `${receiptHead}\n"G1,P1\n`, 'not valid CSV'],
  ['broken JSON', '[{', 'not valid JSON'],
  ['JSON of another form', '{"a":1}', 'list of records'],
  ['JSON records that are no objects', '[1]', 'not an object'],
  ['JSON with an object in a field', '[{"number":{"$gt":""}}]', 'must be a text'],
  ['too many cells', `${receiptHead}\nG1,P1,2026-03-01,1,2,9\n`, 'needs quotation marks'],
  ['zeros', '\0\0\0', 'missing'],
])('says what is wrong with %s', (_, content, words) => {
  expect(faultsOf('goods-receipts', content).join(' ')).toContain(words);
});

test('does not take fields of the prototype from JSON', () => {
  expect(faultsOf('goods-receipts', '[{"__proto__":{"number":"G1"}}]').length).toBeGreaterThan(0);
});

test('never throws, whatever the bytes', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 300 }),
      fc.constantFrom<RecordKind[]>('suppliers', 'purchase-orders', 'goods-receipts'),
      (bytes, kind) => {
        parse(kind, bytes);
      },
    ),
  );
  fc.assert(
    fc.property(fc.json(), (json) => {
      parse('suppliers', json);
    }),
  );
});

test('reads agreements with a rhythm in words or instalments, and says by line what is missing or too much', () => {
  const result = parse('agreements', importTemplates.agreements);
  expect(result.ok && result.records).toMatchObject([
    { name: 'Office rent', kind: 'contract', rhythm: 'months', every: 1, amount: '1190.00', bandPercent: '2', graceDays: null },
    { name: 'Electricity', rhythm: 'months', every: 3, graceDays: 14 },
    { rhythm: 'dates', every: null, amount: null, instalments: [{ dueOn: '2026-02-01', amount: '400.00' }, { dueOn: '2026-05-01' }] },
  ]);
  const plan = parse('agreements', 'supplierNumber;name;currency;instalments\nS-1;Lift;EUR;1.2.2026=1.400,00|1.5.2026=300,50\n');
  expect(plan.ok && plan.records[0]?.instalments).toEqual([
    { dueOn: '2026-02-01', amount: '1400.00' },
    { dueOn: '2026-05-01', amount: '300.50' },
  ]);
  const head = 'supplierNumber,name,currency,every,amount,firstOn,kind,instalments';
  expect(faultsOf('agreements', `${head}\nS-1,Rent,EUR,sometimes,10.00,2026-01-01,,\nS-1,Rent,EUR,,,,lease,\n`)).toEqual([
    '2 every: every is no rhythm; write it like 1 month, 1 quarter or 14 days.',
    '3 kind: kind must be contract, payment-plan or recurring-bill.',
  ]);
  expect(faultsOf('agreements', `${head}\nS-1,Rent,EUR,,,,,\nS-1,Lift,EUR,1 month,,,,2026-02-01=4.00\n`)).toEqual([
    '2 amount: amount is missing; only instalments do without it.',
    '2 firstOn: firstOn is missing; only instalments do without it.',
    '3 every: every and instalments are both given; instalments have dates of their own.',
  ]);
});
