import { labelOf, valueOf } from './paper.ts';
import type { Paper } from './paper.ts';
import type { PartiesPlace } from './parties-block.ts';
import { synonyms } from './vocabulary.ts';

type Entry = readonly [label: string, value: string];

/** Number, dates and references in the manner of the issuer. @returns the y below. */
export function drawMeta(paper: Paper, place: PartiesPlace): number {
  const { program, left, right } = paper;
  const { kind } = program.meta;
  if (kind === 'sentence') return sentence(paper, place.bottom + 10);
  const entries = entriesOf(paper);
  const below = place.bottom + 10;
  const isBeside = place.freeFrom !== null && (kind === 'right' || kind === 'left');
  if (isBeside) return Math.max(place.bottom, list(paper, entries, place.freeFrom ?? left, place.freeTo, place.top)) + 8;
  switch (kind) {
    case 'right':
      return list(paper, entries, (left + right) / 2 + 15, right, below) + 8;
    case 'left':
      return list(paper, entries, left, (left + right) / 2, below) + 8;
    case 'stacked':
      return stacked(paper, entries, below, false);
    case 'cells':
      return stacked(paper, entries, below, true);
    case 'grid':
      return grid(paper, entries, below);
  }
}

function entriesOf(paper: Paper): Entry[] {
  const { meta, isNumberInTitle, idsIn } = paper.program;
  const names = [...meta.labels, ...(idsIn === 'meta' ? (['vatId'] as const) : [])];
  return names
    .filter((name) => !(isNumberInTitle && (name === 'number' || name === 'creditNumber')) && !(meta.hasPlaceAndDate && name === 'issued'))
    .flatMap((name) => {
      const value = valueOf(paper, name);
      return value === null ? [] : [[labelOf(paper, name), value] as const];
    });
}

/** `Hamburg, 3. Mai 2024`: the date that needs no label. */
export function placeAndDate(paper: Paper, y: number): number {
  const { program, ink, left, right } = paper;
  const day = valueOf(paper, 'issued') ?? '';
  const town = program.issuer.town.replaceAll(/[\d-]+|\b[A-Z]{2}\b|,.*/g, '').trim();
  return ink.put(`${town}, ${day}`, left, y, { align: 'right', width: right - left }) + 4;
}

function list(paper: Paper, entries: readonly Entry[], x: number, to: number, y: number): number {
  const { ink, program } = paper;
  const { isValueRight, isBold } = program.meta;
  const label = Math.max(...entries.map(([text]) => ink.widthOf(text, { isBold })), 20);
  const indent = Math.min(label + 8 + (program.seed % 4) * 9, (to - x) * 0.68);
  return entries.reduce((top, [text, value]) => {
    ink.put(text, x, top, { isBold });
    const room = to - x - indent;
    const lines = ink.wrap(value, Math.max(room, 60));
    const style = isValueRight ? ({ align: 'right', width: room } as const) : {};
    return ink.stack(lines, x + indent, top, style) + (program.seed % 3);
  }, y);
}

/** Labels above their values, side by side, in rows of up to five. */
function stacked(paper: Paper, entries: readonly Entry[], y: number, isRuled: boolean): number {
  const { ink, program, left, right } = paper;
  const perRow = Math.min(entries.length, isRuled ? 5 : 4);
  const step = (right - left) / Math.max(1, perRow);
  let top = y;
  for (let first = 0; first < entries.length; first += perRow) {
    const row = entries.slice(first, first + perRow);
    const start = top;
    for (const [index, [label, value]] of row.entries()) {
      const x = left + index * step + (isRuled ? 4 : 0);
      const below = ink.put(label, x, start + 3, { size: ink.size * 0.82, colour: '#555555', isBold: program.meta.isBold });
      top = Math.max(top, ink.stack(ink.wrap(value, step - 8), x, below));
      if (isRuled) ink.rule(left + index * step, start, left + index * step, below + ink.size * 1.5);
    }
    if (isRuled) for (const at of [start, top + 2]) ink.rule(left, at, right, at);
    top += 6;
  }
  return top + 4;
}

function grid(paper: Paper, entries: readonly Entry[], y: number): number {
  const { left, right } = paper;
  const half = Math.ceil(entries.length / 2);
  const middle = (left + right) / 2;
  return Math.max(list(paper, entries.slice(0, half), left, middle - 14, y), list(paper, entries.slice(half), middle + 6, right, y)) + 8;
}

function sentence(paper: Paper, y: number): number {
  const { program, ink, left, right } = paper;
  const number = valueOf(paper, 'number') ?? '';
  const date = valueOf(paper, 'issued') ?? '';
  const own = synonyms(program.vocabulary.sentences)[program.seed % 4] ?? '';
  const main = ink.put(own.replace('{number}', number).replace('{date}', date), left, y, {
    isBold: program.meta.isBold,
    size: ink.size * 1.1,
  });
  const others = program.meta.labels
    .filter((name) => !['number', 'creditNumber', 'issued'].includes(name))
    .flatMap((name) => {
      const value = valueOf(paper, name);
      return value === null ? [] : [`${labelOf(paper, name)} ${value}`];
    });
  return (
    ink.stack(others.length === 0 ? [] : ink.wrap(others.join(program.seed % 2 === 0 ? ', ' : '   '), right - left), left, main + 2) + 8
  );
}
