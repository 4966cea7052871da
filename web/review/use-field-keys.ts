import { useState, type KeyboardEvent } from 'react';
import { columnOf, isFigure, type FieldKey } from './field-names.ts';
import { normalize } from './normalize.ts';
import type { Review } from './use-review.ts';

export interface FieldKeys {
  /** Field one is in, else the one under the mouse. */
  readonly active: FieldKey | null;
  readonly focused: FieldKey | null;
  enter: (key: FieldKey) => void;
  leave: (key: FieldKey) => void;
  hover: (key: FieldKey | null) => void;
  focusField: (key: FieldKey) => void;
  /** Enter accepts and goes to the next doubt; Shift+Enter goes back. `settled` is what was just typed. */
  press: (event: KeyboardEvent, key: FieldKey, settled: string | null | undefined) => void;
  takeWord: (text: string, isMore: boolean) => void;
}

/** Whole work by keyboard: next doubt, correct, accept. @param finish - called when Enter finds no doubt left. */
export function useFieldKeys(review: Review, finish: () => void): FieldKeys {
  const [focused, setFocused] = useState<FieldKey | null>(null);
  const [hovered, setHovered] = useState<FieldKey | null>(null);
  const go = (from: FieldKey, step: 1 | -1): void => {
    // Going back shows doubts that were accepted; going on only what is still open.
    const stops = step === 1 ? review.doubts.filter((key) => key === from || review.openDoubts.includes(key)) : review.doubts;
    const at = stops.indexOf(from);
    const next = step === -1 ? stops[Math.max(0, at - 1)] : (stops[at + 1] ?? stops.find((key) => key !== from));
    if (next === undefined || next === from) {
      if (step === 1) finish();
    } else focusField(next);
  };
  return {
    active: focused ?? hovered,
    focused,
    enter: setFocused,
    leave: (key) => setFocused((before) => (before === key ? null : before)),
    hover: setHovered,
    focusField,
    press: (event, key, settled) => {
      event.preventDefault();
      if (event.shiftKey) return go(key, -1);
      if (review.isEditable) {
        if (settled !== undefined && settled !== review.valueOf(key)) review.set(key, settled);
        else if (review.doubts.includes(key)) review.accept(key);
      }
      return go(key, 1);
    },
    takeWord: (text, isMore) => {
      if (focused === null || !review.isEditable) return;
      const before = isMore && !isFigure(focused) ? review.valueOf(focused) : null;
      const joined = before === null ? text : `${before}${columnOf(focused) === 'iban' ? '' : ' '}${text}`;
      review.set(focused, normalize(focused, joined));
    },
  };
}

/** Moves into a field and shows it. */
export function focusField(key: FieldKey): void {
  const input = document.querySelector<HTMLInputElement>(`#${CSS.escape(`field-${key}`)}`);
  input?.focus({ preventScroll: true });
  input?.select();
  input?.scrollIntoView({ block: 'center', behavior: 'smooth' });
}
