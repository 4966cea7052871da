import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type CSSProperties, type MouseEvent, type ReactNode } from 'react';
import type { DocumentDetail, PageWord } from '../../src/interfaces/api/contract.ts';
import { pageImageUrl, wordsQuery } from '../api/queries.ts';
import type { FieldKey } from './field-names.ts';
import { boxColors, type LitBox } from './lit-boxes.ts';
import classes from './review.module.css';
import { textIn, useDrag } from './use-drag.ts';

interface PagePictureProps {
  readonly documentId: string;
  readonly page: DocumentDetail['pages'][number];
  readonly zoom: number;
  readonly boxes: readonly LitBox[];
  readonly active: FieldKey | null;
  readonly figures: readonly LitBox['box'][];
  readonly focusField: ((key: FieldKey) => void) | undefined;
  readonly takeWord: ((text: string, isMore: boolean) => void) | undefined;
}

/** One page with the boxes of its fields. A click on a box goes to its field; a word clicked or words drawn around fill the field one is in. */
export function PagePicture({ documentId, page, zoom, boxes, active, figures, focusField, takeWord }: PagePictureProps): ReactNode {
  const words = useQuery({ ...wordsQuery(documentId, page.number), enabled: takeWord !== undefined }).data?.items ?? [];
  const [hovered, setHovered] = useState<PageWord | null>(null);
  const { dragged, start, move, end } = useDrag(page);
  const place = (box: LitBox['box']): CSSProperties => ({
    left: `${(box[0] / page.width) * 100}%`,
    top: `${(box[1] / page.height) * 100}%`,
    width: `${((box[2] - box[0]) / page.width) * 100}%`,
    height: `${((box[3] - box[1]) / page.height) * 100}%`,
  });
  const pointOf = (event: MouseEvent<HTMLElement>): readonly [x: number, y: number] => {
    const frame = event.currentTarget.getBoundingClientRect();
    return [((event.clientX - frame.left) / frame.width) * page.width, ((event.clientY - frame.top) / frame.height) * page.height];
  };
  const wordAt = (event: MouseEvent<HTMLElement>): PageWord | null => {
    const [x, y] = pointOf(event);
    return words.find(({ box }) => x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3]) ?? null;
  };
  return (
    // The words are a convenience for the mouse; all fields can be typed into.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
    <div
      className={classes['page']}
      style={{ width: `${zoom * 100}%`, maxWidth: `${zoom * 860}px`, aspectRatio: `${page.width} / ${page.height}` }}
      // The field keeps the focus while a word is picked.
      onMouseDown={(event) => {
        if (takeWord === undefined) return;
        event.preventDefault();
        start(pointOf(event));
      }}
      onMouseMove={(event) => {
        if (takeWord === undefined) return;
        move(pointOf(event));
        setHovered(wordAt(event));
      }}
      onMouseLeave={() => {
        end();
        setHovered(null);
      }}
      onClickCapture={(event) => {
        const drawn = end();
        if (drawn === null) return;
        // What was drawn around is taken as a whole; no box below is gone to.
        event.stopPropagation();
        const text = textIn(drawn, words);
        if (text !== '') takeWord?.(text, event.shiftKey);
      }}
      onClick={(event) => {
        const word = wordAt(event);
        if (word !== null) takeWord?.(word.text, event.shiftKey);
      }}
    >
      <img
        src={pageImageUrl(documentId, page.number)}
        alt={`Page ${page.number}`}
        loading={page.number > 2 ? 'lazy' : 'eager'}
        draggable={false}
      />
      {hovered !== null && <span className={classes['word']} style={place(hovered.box)} />}
      {figures.map((box, index) => (
        <Figure key={box.join()} style={place(grown(box))} isFirst={index === 0} />
      ))}
      {dragged !== null && <span className={classes['drawn']} style={place(dragged)} />}
      {boxes.map((lit) => (
        <FieldBox key={lit.key} lit={lit} style={place(grown(lit.box))} isActive={lit.key === active} focusField={focusField} />
      ))}
    </div>
  );
}

/** A figure of the equation that is looked at; the first is brought into view. */
function Figure({ style, isFirst }: { readonly style: CSSProperties; readonly isFirst: boolean }): ReactNode {
  const box = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (isFirst) box.current?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
  }, [isFirst]);
  return <span ref={box} className={classes['printed']} data-figure style={style} />;
}

interface FieldBoxProps {
  readonly lit: LitBox;
  readonly style: CSSProperties;
  readonly isActive: boolean;
  readonly focusField: ((key: FieldKey) => void) | undefined;
}

function FieldBox({ lit, style, isActive, focusField }: FieldBoxProps): ReactNode {
  const box = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isActive) box.current?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
  }, [isActive]);
  return (
    <button
      ref={box}
      type="button"
      tabIndex={-1}
      className={classes['box']}
      style={{ ...style, '--box': boxColors[lit.surety] } as CSSProperties}
      data-active={isActive || undefined}
      data-box={lit.key}
      aria-label={lit.label}
      onClick={(event) => {
        // The box of the field one is in lets the word below be taken; Shift adds the word, whoever's box it is in.
        if (isActive || event.shiftKey) return;
        event.stopPropagation();
        focusField?.(lit.key);
      }}
    >
      {isActive && <span className={classes['tag']}>{lit.label}</span>}
    </button>
  );
}

/** A little air around the printed text. */
function grown([left, top, right, bottom]: LitBox['box']): LitBox['box'] {
  return [left - 2, top - 1.5, right + 2, bottom + 1.5];
}
