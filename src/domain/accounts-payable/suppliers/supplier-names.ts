import { comparable, plainText, similarityOf } from '../matching/text-similarity.ts';

/** Legal forms of Europe and North America, without diacritics and dots. They say nothing about who it is. */
const legalForms = new Set(
  (
    'gmbh mbh co kg kgaa ag ug haftungsbeschrankt gbr ohg ek ev eg se ltd limited llc llp lp inc incorporated corp corporation company plc ' +
    'sa sarl rl sas sasu eurl snc sci scop sl slu sau slne spa srl srls sapa bv nv vof cv ab as asa aps oy oyj sp zoo sro kft zrt doo dd'
  ).split(' '),
);

/** A supplier's name reduced to what tells it apart: plain letters, umlauts in one spelling, no legal form. */
export function plainSupplierName(name: string): string {
  const words = plainText(name)
    .replaceAll(/\bsp\.?\s*z\s*\.?\s*o\.?\s*o\b\.?/g, 'zoo')
    .replaceAll(/\bs\.?\s*[àa]\.?\s*r\.?\s*l\b\.?/g, 'sarl')
    .replaceAll(/(?<=\b\p{L})[./](?=\p{L}\b)/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => word.replaceAll(/([aou])e/g, '$1'));
  const telling = words.filter((word) => !legalForms.has(word) && word !== 'and' && word !== 'und' && word !== 'et' && word !== 'y');
  return (telling.length === 0 ? words : telling).join(' ');
}

/** How alike two supplier names are, 0–1, without legal forms; 1 is the same name. */
export function supplierNameSimilarity(left: string, right: string): number {
  const [plainLeft, plainRight] = [plainSupplierName(left), plainSupplierName(right)];
  if (plainLeft === '' || plainRight === '') return 0;
  if (plainLeft === plainRight) return 1;
  // One short of equal: a likeness of folded texts is never as good as the same name.
  return Math.min(0.99, similarityOf(comparable(plainLeft), comparable(plainRight)));
}
