/** What item tables head their columns with, folded, in the languages of `lexicon.ts`. */
export type ColumnKind =
  | 'position'
  | 'article'
  | 'description'
  | 'quantity'
  | 'unit'
  | 'unitPrice'
  | 'discount'
  | 'taxRate'
  | 'taxAmount'
  | 'netAmount'
  | 'grossAmount'
  | 'date';

const columns: Readonly<Record<ColumnKind, string>> = {
  position: 'pos|position|pos nr|line|line no|lp|lfd nr|lfd|s no|sr no|sl no|ln|zeile|ligne|linea|regel|poz|no|nr|item no|sn',
  article:
    'art nr|artikel nr|artnr|artikelnr|artikelnummer|art no|article no|article number|item code|item number|product code|product id|product no|sku|code|ref|reference|part no|part number|stock code|barcode|ean|gtin|n article|ref article|referencia|codigo|cod|codice|artikelcode|kod|indeks|unsere art nr|ihre art nr|art nr kunde|art nr lief|best nr|bestellnr|isbn|material|asin',
  description:
    'description|item description|item|items|product|products|product description|description of goods|goods|service|services|details|particulars|particular|activity|task|name|product service|product name|item name|item service|descriptions|desc|subscription|beschreibung|bezeichnung|artikelbeschreibung|artikelbezeichnung|artikel|leistung|leistungsbeschreibung|text|produkt|ware|warenbezeichnung|bezeichnung der leistung|beschreibung memo|position beschreibung|designation|libelle|article|articles|produit|prestation|intitule|detail|description article|descripcion|concepto|articulo|producto|servicio|detalle|descrizione|prodotto|servizio|articolo|omschrijving|product omschrijving|dienst|descricao|designacao|produto|servico|artigo|nazwa|opis|nazwa towaru|nazwa towaru lub uslugi|towar|usluga|nazwa towaru uslugi',
  quantity:
    'qty|quantity|quantities|qnty|qty ordered|qty shipped|units sold|hours|hrs|no of units|number|count|billed qty|menge|anzahl|anz|stuck|stk|std|stunden|mengen|stuckzahl|quantite|qte|nombre|nb|qte livree|cantidad|cant|ctd|uds|unidades|unid|quantita|qta|q ta|qt|aantal|stuks|uren|qtd|quantidade|qtde|ilosc|liczba|qty order|billing quantity',
  unit: 'unit|units|um|uom|u m|measure|einheit|me|einh|unite|unidad|unita|eenheid|un|jm|j m|jed|mengeneinheit',
  unitPrice:
    'unit price|price|rate|unit cost|cost|price each|each|price unit|price per unit|net price|list price|unit rate|unit price excl|u price|s price|item price|price ex vat|einzelpreis|preis|ep|e preis|vk preis|stuckpreis|nettopreis|einzel|preis einheit|preis pro einheit|einzelpreis netto|e preis netto|preis stk|netto preis|listenpreis|prix|prix unitaire|prix unit|pu|p u|pu ht|p u ht|prix unitaire ht|prix u ht|prix unit ht|prix unitaire mois|tarif|precio|precio unitario|precio unit|p unit|precio ud|pvp|p unitario|prezzo|prezzo unitario|prezzo unit|p unitario netto|costo unitario|prijs|stukprijs|eenheidsprijs|prijs per stuk|tarief|preco|preco unitario|preco unit|valor unitario|cena|cena jedn|cena netto|cena jednostkowa|cena jednostkowa netto|cena jedn netto|net unit price|unit net price|net price unit',
  discount:
    'discount|disc|disc %|rabatt|nachlass|rabatt %|remise|rem|dto|descuento|desc %|sconto|korting|desconto|rabat|allowances charges|discount or charge',
  taxRate:
    'vat|tax|vat rate|tax rate|taxes|gst|tax %|vat %|sales tax|tax code|mwst|ust|mwst satz|steuersatz|steuer|mehrwertsteuer|umsatzsteuer|mwst %|ust %|ust satz|ohne ust|tva|taux tva|taux|% tva|tva %|taxe|iva|tipo iva|% iva|iva %|tipo|aliquota|al iva|btw|btw %|btw vat|btw tarief|taxa|taxa iva|stawka|stawka vat|stawka vat %|vat btw',
  taxAmount:
    'vat amount|tax amount|amount of vat|gst amount|vat value|mwst betrag|steuerbetrag|ust betrag|montant tva|importe iva|cuota|importo iva|btw bedrag|btw amount|valor iva|kwota vat|wartosc vat|tax amt|gst amt',
  netAmount:
    'amount|total|line total|net amount|net total|amount excl|amount excl vat|amount net|total net|net|total excl vat|total price|ext price|extended price|extension|extended amount|ext|amt|value|line amount|line total net|subtotal|sub total|total amount|price total|net value|amount eur|amount usd|betrag|gesamt|gesamtpreis|summe|gesamtbetrag|entgelt|zeilenbetrag|netto|nettobetrag|positionsbetrag|gesamtpreis netto|gesamt netto|betrag netto|betrag eur|gp|g preis|nettosumme|nettowert|gesamt eur|preis gesamt|positions betrag|positionsbetrag ohne ust|nettobetrag eur|wert|montant|montant ht|total ht|prix ht|prix total|montant net|prix total ht|total ligne|total ligne ht|montant eur ht|importe|importe neto|importe total|precio total|base imponible|importo|totale|importo netto|prezzo totale|prezzo tot|totale netto|imponibile|bedrag|totaal|totaal excl|totaalprijs|bedrag excl|bedrag excl btw|totaal excl btw|netto bedrag|valor|valor total|total liquido|preco total|wartosc netto|wartosc|kwota netto|kwota|suma netto',
  grossAmount:
    'gross|gross amount|total incl vat|total incl|amount incl|amount incl vat|total inc vat|total incl tax|incl vat|brutto|bruttobetrag|gesamt brutto|betrag brutto|gesamtpreis brutto|montant ttc|total ttc|prix ttc|montant eur ttc|ttc|total con iva|importe con iva|totale ivato|totaal incl|bedrag incl|totaal incl btw|bedrag incl btw|total com iva|wartosc brutto|kwota brutto',
  date: 'date|datum|training date|service date|fecha|data|periode|period|interval|leistungsdatum|lieferdatum',
};

const kindByPhrase = new Map<string, ColumnKind>();
let longest = 1;
for (const [kind, phrases] of Object.entries(columns)) {
  for (const phrase of phrases.split('|')) {
    if (!kindByPhrase.has(phrase)) kindByPhrase.set(phrase, kind as ColumnKind);
    longest = Math.max(longest, phrase.split(' ').length);
  }
}

export interface ColumnPhrase {
  readonly kind: ColumnKind;
  readonly start: number;
  readonly end: number;
  readonly words: number;
}

/** Column names in a folded text, the longest at each place. `total` counts of words tell how much of the text they cover. */
export function findColumnPhrases(folded: string): {
  readonly phrases: readonly ColumnPhrase[];
  readonly covered: number;
  readonly total: number;
} {
  const tokens = [...folded.matchAll(/[a-z0-9]+|%/g)].map((match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
  const phrases: ColumnPhrase[] = [];
  let covered = 0;
  for (let index = 0; index < tokens.length;) {
    const words = longestAt(tokens, index);
    const first = tokens[index];
    const last = tokens[index + words - 1];
    if (words > 0 && first !== undefined && last !== undefined) {
      const kind = kindByPhrase.get(
        tokens
          .slice(index, index + words)
          .map((token) => token.text)
          .join(' '),
      ) as ColumnKind;
      phrases.push({ kind, start: first.start, end: last.end, words });
      covered += words;
    }
    index += Math.max(1, words);
  }
  return { phrases, covered, total: tokens.length };
}

function longestAt(tokens: readonly { text: string }[], index: number): number {
  for (let words = Math.min(longest, tokens.length - index); words > 0; words -= 1) {
    const phrase = tokens
      .slice(index, index + words)
      .map((token) => token.text)
      .join(' ');
    if (kindByPhrase.has(phrase)) return words;
  }
  return 0;
}
