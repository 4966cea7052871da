import type { Extraction, FieldName, LayoutPrint, Lesson, Memory, Reading } from '#domain/documents';

/** Learns from corrections what the papers of a layout have in common, and applies it to the next one. Pure and quick. */
export interface LayoutMemory {
  /** @param correction - what a person says the field is, and what had been read. @returns null when nothing is to be learnt. */
  learn(
    reading: Reading,
    correction: { readonly field: FieldName; readonly said: string | null; readonly read: string | null },
  ): Lesson | null;
  /** By what the layout of a paper is known again. */
  printOf(reading: Reading): LayoutPrint;
  /** Whether two papers are of one layout. */
  isSameLayout(known: LayoutPrint, other: LayoutPrint): boolean;
  /** Never overrides a proof, structured data or a person. */
  recall(
    reading: Reading,
    extraction: Extraction,
    memories: readonly Memory[],
  ): { readonly extraction: Extraction; readonly used: readonly { readonly memoryId: string; readonly field: string }[] };
}
