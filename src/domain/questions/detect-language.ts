import { questionLanguages, type QuestionLanguage } from './question.ts';

// Words that every text of a language is full of, and the others lack.
const common: Readonly<Record<QuestionLanguage, ReadonlySet<string>>> = {
  en: words('the is are and of to we you your for this that with will have has it our not was by please i invoice from due total price'),
  de: words(
    'der die das und ist wir sie ihnen nicht ein eine einen für von den dem mit auf zu im ich bitte rechnung es uns ihre wird werden kann am nr datum betrag preis menge gesamt',
  ),
  fr: words(
    'le la les de des du et est nous vous votre un une pour dans que qui ne pas sur je avec notre facture sera au montant prix quantité total date merci ce c à',
  ),
  es: words(
    'el la los las de un y es que nos su sus un una para por con no lo le en ya del al factura se ha hemos precio cantidad importe fecha total está este nuestra gracias va fue tiene ya han',
  ),
};

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}

/**
 * The language a text is written in, by its commonest words.
 *
 * @returns null where it says too little, or two languages say as much: fewer than two of them, or no lead of a third.
 */
export function detectLanguage(text: string): QuestionLanguage | null {
  const [best, second] = ranked(text);
  if (best === undefined || second === undefined || best.score < 2 || best.score * 3 < second.score * 4) return null;
  return best.language;
}

/** The languages a text may be written in: those with at least half as many common words as the likeliest. Of a few words, all. */
export function likelyLanguages(text: string): readonly QuestionLanguage[] {
  const scores = ranked(text);
  const best = scores[0]?.score ?? 0;
  return scores.filter(({ score }) => score * 2 >= best).map(({ language }) => language);
}

function ranked(text: string): readonly { readonly language: QuestionLanguage; readonly score: number }[] {
  const found = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  return questionLanguages
    .map((language) => ({ language, score: found.filter((word) => common[language].has(word)).length }))
    .toSorted((left, right) => right.score - left.score);
}
