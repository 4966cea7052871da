import { IconAlertTriangle, IconCircleCheck, IconEye, IconMinus, IconShieldCheck, IconUserCheck, type Icon } from '@tabler/icons-react';
import type { FieldView } from '../../src/interfaces/api/contract.ts';
import { isOptional, type FieldKey } from './field-names.ts';

/** How sure, as the page shows it. `look` and `contradicted` are doubts. */
export type Surety = 'confirmed' | 'proven' | 'fits' | 'look' | 'contradicted' | 'absent';

/** Under this a value that nothing contradicts is still shown to a person. */
const SURE_ENOUGH = 0.85;

export function suretyOf(key: FieldKey, field: FieldView): Surety {
  if (field.correctedBy !== null || field.origin === 'person') return 'confirmed';
  if (field.standing === 'contradicted') return 'contradicted';
  if (field.value === null) return isOptional(key) ? 'absent' : 'look';
  if (field.standing === 'proven') return 'proven';
  return field.confidence >= SURE_ENOUGH ? 'fits' : 'look';
}

export function isDoubt(surety: Surety): boolean {
  return surety === 'look' || surety === 'contradicted';
}

/** Colour, icon and word together; never colour alone. */
export const suretyLooks: Readonly<Record<Surety, { readonly color: string; readonly icon: Icon; readonly word: string }>> = {
  confirmed: { color: 'green', icon: IconUserCheck, word: 'Confirmed' },
  proven: { color: 'green', icon: IconShieldCheck, word: 'Proven' },
  fits: { color: 'gray', icon: IconCircleCheck, word: 'Fits' },
  look: { color: 'amber', icon: IconEye, word: 'Please look' },
  contradicted: { color: 'red', icon: IconAlertTriangle, word: 'Contradicted' },
  absent: { color: 'gray', icon: IconMinus, word: 'Not on the page' },
};
