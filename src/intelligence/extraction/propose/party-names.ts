import { foldText } from '../text/fold-text.ts';
import { findPhrases } from '../text/lexicon.ts';

const legalForm =
  /(?:^|[\s,.&(-])(?:gmbh(?:\s?&\s?co\.?\s?kg(?:aa)?)?|mbh|ag|kg|ug|e\.?\s?k\.?|ohg|gbr|e\.\s?v\.|ltd|limited|l\.?l\.?c\.?|inc|incorporated|corp|corporation|plc|llp|sarl|s\.a\.r\.l\.?|sas|sasu|s\.a\.s\.?|s\.?a\.?|eurl|snc|s\.?l\.?u?|srl|s\.r\.l\.?|spa|s\.p\.a\.?|b\.?v\.?|n\.?v\.?|v\.?o\.?f\.?|lda|ltda|sp\.?\s?z\s?o\.?\s?o\.?|s\.a\.s|s\.n\.c\.?|s\.r\.l\.s\.?|srls|bvba|cvba|scrl|asbl|vzw|dac|clg|e\.?\s?u\.|og|e\.v|cooperativa|s\.c\.p|lp|gesbr|mbb|part(?:ner)?g|sp\.?\s?j\.?|sp\.?\s?k\.?|spolka|s\.\s?coop|scarl|sca|unipessoal|sdn\.?\s?bhd|s\/b|bhd|pty|pvt|pte|oyj?|a\/s|aps|kft|s\.?r\.?o\.?|d\.o\.o\.?|k\.s\.|a\.s\.|co\.|& co|kgaa|stiftung|genossenschaft)\.?(?=$|[\s,.;)/(-])/;
/** Words that say company only where they end the name. */
const closing =
  /\s(?:enterprises?|trading|holdings?|company|group|groupe|gruppe|grupo|gruppo|groep|genossenschaft|cooperative)\.?(?=\s*(?:$|[,.;:()]))/;
/** Forms that are common words in small letters. */
const capital = /(?:^|[\s,])(?:AS|AB|eG|EG|SE|SC|SNC|SCS|SCOP|SCRL|CV|VZW)(?=$|[\s,.;)/(-])/;

/** Whether the text names a legal form of a company. */
export function hasLegalForm(text: string): boolean {
  const folded = foldText(text);
  return legalForm.test(folded) || closing.test(folded) || capital.test(text);
}

/** The name without its legal form, in bare letters: what trade marks and web addresses are made of. */
export function coreOfName(text: string): string {
  const folded = foldText(text);
  const core = folded.replace(legalForm, ' ').replace(legalForm, ' ');
  return core.replaceAll(/[^a-z0-9]/g, '');
}

/** The name at the head of a line that goes on with an address: up to a dot, dash or a comma before digits. */
export function firstName(text: string): string {
  const parts = text.split(/\s?[•·●∙⋅|\uf0b7]\s?|\s{2,}|\s\*\s/);
  const dashed = text.split(/\s[–—-]\s/);
  // A dash parts the name from an address; in a name of its own it stays: `DISPANO ROUX - 1535`.
  const isSender = dashed.length > 2 || dashed.slice(1).some((part) => isAddressLine(part) || isContactLine(part));
  const first = (parts.find((part) => /\p{L}{2}/u.test(part)) ?? text).trim();
  const head = isSender ? (first.split(/\s[–—-]\s/)[0] ?? first).trim() : first;
  const comma =
    /^(.{3,}?(?:,\s?(?:inc|llc|l\.l\.c|ltd|limited|lda|gmbh|s\.?a|s\.?l|s\.?r\.?l|corp|plc|b\.?v|n\.?v|sas|sarl)\.?)?),\s(?=.*\d)/iu.exec(
      head,
    );
  const tail =
    /^(.{3,}?)[\s,.;–-]+(?:(?:is |a company )?(?:registered|incorporated) (?:in|office|at|no)|trading as|t\/a|au capital|with capital|société (?:au|par actions|anonyme)|sarl au|eingetragen|sitz der|inscrita en|iscritta|con sede|avec siège|siège social|sede (?:legale|social)|ingeschreven|gevestigd|com sede|zarejestrowan)/i.exec(
      head,
    );
  return (tail?.[1] ?? comma?.[1] ?? head)
    .replace(
      /^(?:an|to|from|von|name|firma|company|registered office|registered in|head office|siège social|sede legale|sede social|hauptsitz|sitz|raison sociale|société|razón social|ragione sociale|bedrijf|empresa|ditta|nazwa)\s?:\s*/i,
      '',
    )
    .replace(/\s*\((?=[^)]*\d)[^)]{3,}\)?\s*(?:\([A-Z]+\))?$/, '')
    .replace(/\s+\(?\d{5,7}-[A-Z].*$/, '')
    .replace(/^[\s*]+|[\s,;:*]+$/g, '')
    .trim();
}

/** A line that may be a person's or a company's name. */
export function isNameLike(text: string): boolean {
  const name = firstName(text);
  const folded = foldText(name);
  const letters = folded.match(/[a-z\p{L}]/gu)?.length ?? 0;
  const digits = folded.match(/\d/g)?.length ?? 0;
  if (letters < 2 || name.length > 70 || digits > letters * 0.6) return false;
  if (isContactLine(name) || (isAddressLine(name) && !hasLegalForm(name))) return false;
  if (
    /^(?:(?:your |company )?logo|original|copy|duplicate|kopie|copie|page \d.*|welcome(?: to)?|thank you.*|stylesheet.*|visualisierung.*)$/.test(
      folded,
    )
  )
    return false;
  if (/[:=]\s*$/.test(text) || /^(?:(?:page|seite|n[°o]|date|datum|tel|fax)(?![a-z])|www\.|http)/.test(folded)) return false;
  if (/\d[.,]\d{2}(?!\d)/.test(folded) || (digits > 0 && startsWithTitle(folded))) return false;
  return !isLabelOnly(folded);
}

/** `INVOICE # 100` heads the paper and is nobody's name. */
function startsWithTitle(folded: string): boolean {
  return findPhrases(folded).some(
    (phrase) => phrase.start === 0 && phrase.kinds.some((kind) => kind === 'invoiceNumber' || kind === 'orderNumber'),
  );
}

function isLabelOnly(folded: string): boolean {
  const covered = findPhrases(folded).reduce((sum, phrase) => sum + phrase.end - phrase.start, 0);
  return covered >= folded.replaceAll(/[^a-z0-9 ]/g, '').length - 1;
}

/** German and Dutch street names end in these; the other words stand by themselves, so that `DMBP` is no postbox. */
const streetEnd =
  /(?:str\.|strase|strasse|straat|gasse|weg|allee|platz|ufer|ring|damm|chaussee|laan|gracht|plein|kade|dreef|singel|markt|steig|stieg|pfad|graben|hof)(?=$|[\s,.\d])/;
const streetWord =
  /(?:^|[\s,.;/(])(?:str\.?|avenue|ave\.?|street|st\.?|road|rd\.?|drive|dr\.|lane|ln\.?|blvd\.?|boulevard|close|crescent|terrace|rue|chemin|route|quai|impasse|allee|allees|cours|place|calle|c\/|plaza|pza\.?|paseo|avda\.?|av\.?|ctra\.?|carretera|camino|poligono|pol\.?|via|v\.le|viale|piazza|p\.za|corso|largo|vicolo|strada|rua|r\.|avenida|travessa|praca|estrada|ulica|ul\.|al\.|aleja|pl\.|os\.|jalan|jln|lot|suite|ste\.?|floor|unit|p\.?o\.? box|postfach|postbus|bp|apartado|casella postale|parkway|pkwy|way|court|square|park|highway|hwy)(?=$|[\s,.\d])/;

/** Postal codes that close a line: American, British, Irish, Canadian, Australian; or stand in front of a town: Polish. */
const postcode =
  /[a-z]{2,}[, ]+(?:[a-z]{2}[, ]+)?\d{5}(?:-\d{4})?$|\b[a-z]{1,2}\d{1,2}[a-z]? ?\d[a-z]{2}$|\b[a-z]\d[\dw] ?[a-z\d]{4}$|\b[a-z]\d[a-z] ?\d[a-z]\d$|\b(?:nsw|vic|qld|sa|wa|act|tas|nt)[, ]+\d{4}$|^\d{2}-\d{3} [a-z]{2,}/;

/** A street with a number, or a postal code with a town. */
export function isAddressLine(text: string): boolean {
  const folded = foldText(text);
  if (/^(?:[a-z]{1,2}[- ])?\d{4,6}(?:-\d{3,4})?(?: ?[a-z]{2})?\s+\p{L}{2,}/u.test(folded)) return true;
  if (postcode.test(folded)) return true;
  return /\d/.test(folded) && (streetEnd.test(folded) || streetWord.test(folded));
}

/** Telephone, mail, web, registration: what stands below a name but is none. */
export function isContactLine(text: string): boolean {
  const folded = foldText(text);
  return /@|www\.|https?:|\b(?:tel|telefon|telephone|phone|fax|mobil|email|e-mail|fon|handy)\b\.?\s?[:.(+\d]|^\+?[\d\s()/.-]{7,}$|\b(?:vat|tva|ust|siret|gst|abn|iban|bic|nif|cif|kvk|btw|hrb)\b.{0,12}\d{3}/.test(
    folded,
  );
}
