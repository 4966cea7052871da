/** One batch while it is read. */
interface OpenBatch {
  readonly number: string;
  readonly originator: string;
  entries: number;
  hash: bigint;
  credit: bigint;
  lastTrace: string;
}

/**
 * Checks an ACH credit file from its bytes alone, knowing nothing of who wrote it: length and order of records, blocks of
 * ten, check digits of routing numbers, trace numbers, and every count, hash and sum of batches and file.
 *
 * @returns one sentence per fault; empty when the file holds together.
 */
export function checkNacha(file: string): string[] {
  const faults: string[] = [];
  const records = file.split(/\r?\n/);
  if (records.pop() !== '') faults.push('The last record does not end its line.');
  if (records.some((record) => !/^[\x20-\x7e]{94}$/.test(record))) faults.push('A record does not have 94 printable characters.');
  if (records.length % 10 !== 0) faults.push('The file is not filled to blocks of ten records.');
  if (!records[0]?.startsWith('101')) faults.push('It does not begin with a file header.');
  const end = records.findIndex((record, index) => index > 0 && record.startsWith('9'));
  if (records.slice(end + 1).some((record) => record !== '9'.repeat(94))) faults.push('Something follows the file control.');
  const totals = { batches: 0, entries: 0, hash: 0n, credit: 0n };
  let batch: OpenBatch | null = null;
  for (const [index, record] of records.slice(1, end).entries()) {
    const line = index + 2;
    const kind = record[0];
    if (kind === '5') {
      if (batch !== null) faults.push(`Line ${line}: a batch begins within another.`);
      batch = { number: record.slice(87, 94), originator: record.slice(79, 87), entries: 0, hash: 0n, credit: 0n, lastTrace: '' };
    } else if (batch === null) faults.push(`Line ${line}: a record stands outside of a batch.`);
    else if (kind === '6') faults.push(...readEntry(record, line, batch));
    else if (kind === '7') faults.push(...readAddenda(record, line, batch));
    else if (kind === '8') {
      faults.push(...closeBatch(record, line, batch));
      totals.batches += 1;
      totals.entries += batch.entries;
      totals.hash += batch.hash;
      totals.credit += batch.credit;
      batch = null;
    } else faults.push(`Line ${line}: there is no record of this kind.`);
  }
  if (batch !== null) faults.push('The last batch has no control.');
  const control = records[end] ?? '';
  const expected = [
    ['batches', control.slice(1, 7), BigInt(totals.batches)],
    ['blocks', control.slice(7, 13), BigInt(Math.ceil(records.length / 10))],
    ['entries', control.slice(13, 21), BigInt(totals.entries)],
    ['hash', control.slice(21, 31), totals.hash % 10n ** 10n],
    ['debits', control.slice(31, 43), 0n],
    ['credits', control.slice(43, 55), totals.credit],
  ] as const;
  return [...faults, ...differing(expected, 'The file control')];
}

function readEntry(record: string, line: number, batch: OpenBatch): string[] {
  const [routing, amount, trace] = [record.slice(3, 12), record.slice(29, 39), record.slice(79, 94)];
  batch.entries += 1;
  batch.hash += whole(routing.slice(0, 8)) ?? 0n;
  batch.credit += whole(amount) ?? 0n;
  const previous = batch.lastTrace;
  batch.lastTrace = trace;
  const weighted = [...routing].reduce((sum, digit, index) => sum + Number(digit) * Number('371'[index % 3]), 0);
  return [
    ...(/^(?:22|32)$/.test(record.slice(1, 3)) ? [] : [`Line ${line}: it is no credit.`]),
    ...(whole(routing) !== null && weighted % 10 === 0 ? [] : [`Line ${line}: the routing number's check digit is wrong.`]),
    ...((whole(amount) ?? 0n) > 0n ? [] : [`Line ${line}: it has no amount.`]),
    ...(trace > previous && trace.startsWith(batch.originator) ? [] : [`Line ${line}: its trace number does not follow.`]),
  ];
}

function readAddenda(record: string, line: number, batch: OpenBatch): string[] {
  batch.entries += 1;
  return record.slice(87, 94) === batch.lastTrace.slice(8) ? [] : [`Line ${line}: it does not belong to the entry before it.`];
}

function closeBatch(record: string, line: number, batch: OpenBatch): string[] {
  const expected = [
    ['entries', record.slice(4, 10), BigInt(batch.entries)],
    ['hash', record.slice(10, 20), batch.hash % 10n ** 10n],
    ['debits', record.slice(20, 32), 0n],
    ['credits', record.slice(32, 44), batch.credit],
  ] as const;
  return [
    ...differing(expected, `Line ${line}: the batch control`),
    ...(record.slice(87, 94) === batch.number ? [] : [`Line ${line}: it closes another batch.`]),
  ];
}

function differing(expected: readonly (readonly [string, string, bigint])[], who: string): string[] {
  return expected.flatMap(([what, printed, found]) =>
    whole(printed) === found ? [] : [`${who} says ${printed} ${what}; there are ${found}.`],
  );
}

function whole(text: string): bigint | null {
  return /^\d+$/.test(text) ? BigInt(text) : null;
}
