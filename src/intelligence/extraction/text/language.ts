/** Small words and office words that give a language away. */
const words: Readonly<Record<string, string>> = {
  en: 'the of and for to invoice date number due total amount payment bill tax description quantity price your please with thank you subtotal order from address',
  de: 'der die das und mit fur von rechnung datum nummer betrag summe gesamtbetrag menge preis bitte zahlbar innerhalb tagen netto brutto mwst ust steuer kunde lieferung einzelpreis beschreibung stk zzgl wir ihre seite gmbh strase bezeichnung bestellung',
  fr: 'le la les des et de du pour facture date montant total tva ht ttc quantite prix designation reglement echeance client adresse votre nous paiement societe siret remise siege',
  es: 'el la los de y para factura fecha importe total iva cantidad precio descripcion cliente pago vencimiento nif cif direccion base imponible cuota unidades',
  it: 'il la di e per fattura data importo totale iva quantita prezzo descrizione cliente pagamento scadenza partita imponibile indirizzo spett banca',
  nl: 'de het een en van voor factuur datum bedrag totaal btw aantal prijs omschrijving klant betaling vervaldatum nummer excl incl kvk adres uw binnen dagen',
  pt: 'o os de e para fatura data valor total iva quantidade preco descricao cliente pagamento vencimento contribuinte morada nif',
  pl: 'i w na do faktura data kwota razem vat ilosc cena nazwa nabywca sprzedawca platnosci termin netto brutto wartosc nip zaplaty',
};
const languagesByWord = new Map<string, string[]>();
for (const [language, list] of Object.entries(words)) {
  for (const word of list.split(' ')) languagesByWord.set(word, [...(languagesByWord.get(word) ?? []), language]);
}

/** The language most words speak for, or null when too few speak. A word that several languages share counts less. */
export function decideLanguage(foldedTexts: readonly string[]): string | null {
  const votes = new Map<string, number>();
  for (const text of foldedTexts) {
    for (const [word] of text.matchAll(/[a-z]+/g)) {
      const languages = languagesByWord.get(word) ?? [];
      for (const language of languages) votes.set(language, (votes.get(language) ?? 0) + 1 / languages.length ** 2);
    }
  }
  const [best] = [...votes].toSorted((a, b) => b[1] - a[1]);
  return best !== undefined && best[1] >= 1.5 ? best[0] : null;
}
