import { useState } from 'react';
import type { PageWord } from '../../src/interfaces/api/contract.ts';

type Box = readonly [number, number, number, number];
type Point = readonly [x: number, y: number];

interface Drag {
  readonly dragged: Box | null;
  start: (point: Point) => void;
  move: (point: Point) => void;
  /** @returns what was drawn, null when it was a click. */
  end: () => Box | null;
}

/** Less than this share of the page is a click with an unsteady hand. */
const least = 0.008;

/** A box drawn on a page with the mouse. */
export function useDrag(page: { readonly width: number }): Drag {
  const [from, setFrom] = useState<Point | null>(null);
  const [dragged, setDragged] = useState<Box | null>(null);
  return {
    dragged,
    start: setFrom,
    move: (to) => {
      if (from === null) return;
      const isDrawn = dragged !== null || Math.hypot(to[0] - from[0], to[1] - from[1]) > page.width * least;
      if (isDrawn) setDragged([Math.min(from[0], to[0]), Math.min(from[1], to[1]), Math.max(from[0], to[0]), Math.max(from[1], to[1])]);
    },
    end: () => {
      setFrom(null);
      setDragged(null);
      return dragged;
    },
  };
}

/** The words whose middle lies in the box, in reading order. */
export function textIn(box: Box, words: readonly PageWord[]): string {
  return words
    .filter(({ box: [left, top, right, bottom] }) => {
      const [x, y] = [(left + right) / 2, (top + bottom) / 2];
      return x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3];
    })
    .map(({ text }) => text)
    .join(' ');
}
