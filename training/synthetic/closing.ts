import type { TextStyle } from './ink.ts';
import { labelOf, sellerName, valueOf } from './paper.ts';
import type { Paper } from './paper.ts';
import { synonyms } from './vocabulary.ts';
import type { LabelName } from './vocabulary.ts';

/** What is said below the sums: when to pay, where to, thanks and small print. @returns the y below. */
export function drawNotes(paper: Paper, top: number): number {
  const { ink, program, content, left, right, bottom } = paper;
  const { vocabulary, dueIn, seed } = program;
  const texts: string[] = [];
  if (dueIn === 'sentence') texts.push((synonyms(vocabulary.dueSentences)[seed % 5] ?? '').replace('{due}', valueOf(paper, 'due') ?? ''));
  if (dueIn === 'terms') {
    const sentence = (synonyms(vocabulary.termsSentences)[seed % 4] ?? '').replace('{days}', String(content.days));
    texts.push(seed % 2 === 0 ? `${labelOf(paper, 'terms')} ${sentence}` : sentence);
  }
  if (program.bankIn === 'notes') texts.push(...bankLines(paper, seed % 2 === 0));
  if (program.hasClosing) texts.push(synonyms(vocabulary.closings)[seed % 6] ?? '');
  const lines = texts.flatMap((text) => ink.wrap(text, right - left));
  let y = top + 6;
  if (y + lines.length * ink.size * 1.4 > bottom) {
    ink.pen.addPage();
    y = program.margin;
  }
  return ink.stack(lines, left, y);
}

function bankLines(paper: Paper, isOneLine: boolean): string[] {
  const names: readonly LabelName[] = paper.program.seed % 3 === 0 ? ['holder', 'bank', 'iban', 'bic'] : ['bank', 'iban', 'bic'];
  const own = names.flatMap((name) => {
    const value = valueOf(paper, name);
    return value === null ? [] : [`${labelOf(paper, name)} ${value}`];
  });
  return isOneLine ? [own.join(paper.program.seed % 4 === 0 ? ', ' : '  ')] : own;
}

/** Small print at the foot of every page, in columns or in one line, and page numbers. */
export function drawFooters(paper: Paper): void {
  const { ink, program, left, right } = paper;
  const { columns, isCentered, hasRule } = program.footer;
  const { start, count } = ink.pen.bufferedPageRange();
  const top = ink.pen.page.height - program.margin * 0.7 - 44;
  const style = { size: 6.5, colour: '#555555' };
  const blocks = blocksOf(paper);
  for (let page = 0; page < count; page += 1) {
    ink.pen.switchToPage(start + page);
    if (count > 1 || program.seed % 6 === 0)
      ink.put(program.labels.page.replace('{page}', String(page + 1)).replace('{pages}', String(count)), left, top - 12, {
        ...style,
        align: 'right',
        width: right - left,
      });
    if (columns === 0) continue;
    if (hasRule) ink.rule(left, top - 3, right, top - 3, program.colour);
    if (columns === 1) {
      const lines = inLines(paper, blocks.flat(), program.seed % 2 === 0 ? ' · ' : ' | ', style);
      ink.stack(lines, left, top, { ...style, width: right - left, align: isCentered ? 'center' : 'left' });
      continue;
    }
    const step = (right - left) / columns;
    const joined = Array.from({ length: columns }, (_, index) => blocks.filter((_, place) => place % columns === index).flat());
    for (const [index, lines] of joined.entries()) {
      // Small print is made smaller before an account is broken over two lines.
      const widest = Math.max(...lines.map((line) => ink.widthOf(line, style)), 1);
      const fitting = { ...style, size: Math.max(4.5, Math.min(style.size, (style.size * (step - 6)) / widest)) };
      ink.stack(
        lines.flatMap((line) => ink.wrap(line, step - 6, fitting)),
        left + index * step,
        top,
        fitting,
      );
    }
  }
}

/** Parts joined by a mark in as few lines as hold them; a part is broken where it is longer than a line. */
function inLines({ ink, left, right }: Paper, parts: readonly string[], mark: string, style: TextStyle): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const longer = lines.length === 0 ? part : `${lines.at(-1)}${mark}${part}`;
    if (lines.length > 0 && ink.widthOf(longer, style) <= right - left) lines[lines.length - 1] = longer;
    else lines.push(...ink.wrap(part, right - left, style));
  }
  return lines;
}

function blocksOf(paper: Paper): string[][] {
  const { program } = paper;
  const { issuer, idsIn, bankIn, letterhead, parties, footer } = program;
  if (footer.columns === 0) return [];
  // A paper whose head has no name says it here.
  const isNamed = letterhead.kind !== 'name' || program.seed % 2 === 0;
  const isAddressed = !letterhead.hasAddress || parties.kind === 'window';
  const id = idsIn === 'footer' ? valueOf(paper, 'vatId') : null;
  return [
    [...(isNamed ? [sellerName(paper)] : []), ...(isAddressed ? [issuer.street, issuer.town] : [])],
    [`${labelOf(paper, 'phone')} ${issuer.phone}`, `mail@${issuer.domain}`, `www.${issuer.domain}`],
    bankIn === 'footer' ? bankLines(paper, false) : [],
    [issuer.register, ...(id === null ? [] : [`${labelOf(paper, 'vatId')} ${id}`])],
  ].filter(({ length }) => length > 0);
}
