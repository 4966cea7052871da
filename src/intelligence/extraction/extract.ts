import type { Extraction, Reading } from '#domain/documents';
import { extractFromXml } from './e-invoice/extract-from-xml.ts';
import { extractFromWords } from './extract-from-words.ts';
import { problems } from '../documents/problems.ts';
import { sealProof } from './proof.ts';
import { rangesOfPapers, showsTwoPapers } from './text/several-documents.ts';

/**
 * Finds the fields of a business document in its reading, each with its grounds. Structured data win over the picture and are compared
 * with it; data that cannot be used are named as a problem and the words are read instead. Never throws on any reading.
 */
export function extract(reading: Reading): Extraction {
  return sealProof(extractAnyhow(reading), reading);
}

function extractAnyhow(reading: Reading): Extraction {
  const { structuredXml } = reading;
  if (structuredXml === null) return withSuspicionOfSeveral(extractFromWords(reading), reading);
  const hasPicture = reading.source !== 'xml' && reading.pages.some((page) => page.words.length > 0);
  const seen = hasPicture ? extractFromWords(reading) : null;
  const outcome = extractFromXml(reading, structuredXml, seen);
  if ('extraction' in outcome) return outcome.extraction;
  const fallback = seen ?? extractFromWords(reading);
  return { ...fallback, problems: [...fallback.problems, outcome.problem] };
}

/** Values of a file that may hold several papers may be of any of them: a person parts it first. */
function withSuspicionOfSeveral(extraction: Extraction, reading: Reading): Extraction {
  const ranges = rangesOfPapers(reading);
  const found = ranges.length > 1 ? problems.perhapsSeveral(ranges) : showsTwoPapers(reading) ? problems.twoOnOnePicture() : null;
  return found === null ? extraction : { ...extraction, problems: [...extraction.problems, found] };
}
