// How mail programs begin what they quote, in four languages.
const attribution =
  /^\s*(on\b.{4,200}\bwrote|am\b.{4,200}\bschrieb\b.{0,120}|le\b.{4,200}\ba écrit|el\b.{4,200}\bescribió|.{3,120}<[^<>\s]+@[^<>\s]+>.{0,40}(wrote|schrieb|a écrit|escribió))\s*:\s*$/iu;
const originalMessage =
  /^\s*[-_]{2,}\s*(original message|forwarded message|ursprüngliche nachricht|originalnachricht|weitergeleitete nachricht|message d.origine|message transféré|mensaje original|mensaje reenviado)\s*[-_]{2,}/iu;
const quotedHeader = /^\s*\*?(from|von|de)\s?:\*?\s.*(@|\[mailto)/iu;
// Whatever follows a closing is a name, an address, a disclaimer.
const closing =
  /^\s*((best|kind|warm|many)?\s?(regards|wishes)|yours (sincerely|faithfully|truly)|sincerely|cheers|(mit )?(freundlichen?|besten?|vielen?|schönen?|liebe|herzliche[nr]?) grü(ß|ss)e?n?|(viele|beste|liebe|schöne|freundliche) grü(ß|ss)e|grü(ß|ss)e|mfg|lg|vg|(bien )?cordialement|bien à vous|salutations|meilleures salutations|(un )?(cordial |atento )?saludos?( cordiales?)?|atentamente|sent from my|von meinem .{2,20} gesendet|envoyé de mon|enviado desde mi)\b.{0,60}$/iu;

/**
 * What the writer of a mail says himself: without the mail he answers, and without signature and disclaimer. What stands
 * between quoted lines is his.
 */
export function ownWords(text: string): string {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const kept: string[] = [];
  for (const [index, line] of lines.entries()) {
    if (/^\s*>/.test(line)) continue;
    if (isAttribution(lines, index)) {
      // A mark at each quoted line tells where the quotation ends; without marks it goes on to the end.
      if (lines.slice(index + 1).some((later) => /^\s*>/.test(later))) continue;
      break;
    }
    if (originalMessage.test(line) || quotedHeader.test(line) || /^-- ?$/.test(line)) break;
    if (kept.some((own) => own.trim() !== '') && closing.test(line)) break;
    kept.push(line);
  }
  return kept.join('\n').trim();
}

/** Programs break the line of an attribution in two. */
function isAttribution(lines: readonly string[], index: number): boolean {
  const line = lines[index] ?? '';
  if (attribution.test(line)) return true;
  const isBegun = /^\s*(on|am|le|el)\b.{4,}/iu.test(line);
  return isBegun && attribution.test(`${line} ${lines[index + 1] ?? ''}`) && !/[.!?]\s*$/.test(line);
}
