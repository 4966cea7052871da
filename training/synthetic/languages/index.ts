import type { Vocabulary } from '../vocabulary.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { it } from './it.ts';
import { nl } from './nl.ts';
import { pl } from './pl.ts';
import { pt } from './pt.ts';

/** The words of every language that invoices are drawn in. */
export const vocabularies: Readonly<Record<Vocabulary['language'], Vocabulary>> = { en, de, fr, es, it, nl, pt, pl };
