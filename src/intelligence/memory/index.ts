import type { LayoutMemory } from '#domain/ports';
import { isSameLayout, layoutPrint } from './layout-print.ts';
import { learn } from './learn.ts';
import { recall } from './recall.ts';

/** Learns from corrections what the papers of a layout have in common, and applies it to the next one. */
export const layoutMemory: LayoutMemory = {
  learn: (reading, { field, said, read }) => learn(reading, field, said, read),
  printOf: layoutPrint,
  isSameLayout,
  recall,
};
