/** What stands under a head of a statement's table. */
export type StatementColumn = 'number' | 'date' | 'due' | 'amount' | 'open' | 'paid' | 'debit' | 'credit' | 'balance' | 'text';

/**
 * Heads of statements of account, folded, in English, German, French, Spanish, Italian, Dutch, Portuguese and Polish. Of two that match
 * at one place the longer one counts: `balance due` is what is open, `balance` runs from row to row.
 */
const heads: Readonly<Record<StatementColumn, string>> = {
  number:
    'rechnungs-?\\s?(?:nr|nummer|no)\\.?|rechnung|re\\.?-?nr\\.?|beleg-?(?:nr|nummer)?\\.?|dokument(?:nr|nummer)?\\.?|invoice (?:no|number|num|#)\\.?|invoice|document (?:no|number)\\.?|document|doc\\.? ?no\\.?|reference|ref\\.?|n[°o]\\.? (?:de )?(?:la )?facture|facture|piece|n[°o]\\.? (?:de )?factura|factura|documento|fattura|factuur(?:nr|nummer)?\\.?|fatura|(?:nr |numer )?faktur[ay]|numer|number|nummer|numero',
  date: 'rechnungsdatum|belegdatum|buchungsdatum|datum|invoice date|document date|posting date|date (?:de )?(?:la )?facture|date|fecha(?: de factura)?|data(?: fattura| wystawienia| documento)?|factuurdatum',
  due: 'fallig(?: am)?|falligkeit(?:sdatum)?|faelligkeit|due(?: date| on)?|(?:date d.?)?echeance|vencimiento|scadenza|vervaldatum|vencimento|termin(?: platnosci)?',
  open: 'offene[rs]? (?:betrag|saldo|posten)|offen|restbetrag|open(?: amount| balance)?|outstanding(?: amount)?|balance due|amount due|unpaid|montant du|reste du|restant du|reste a payer|solde du|(?:importe |saldo )?pendiente|(?:importo )?residuo|da pagare|openstaand(?: bedrag)?|nog te betalen|em aberto|em divida|pozostalo|do zaplaty',
  paid: 'bezahlt|gezahlt|paid|paye|regle|pagado|pagato|betaald|pago|zaplacono',
  debit: 'soll|debits?|charges?|debe|dare|debito|winien',
  credit: 'haben|credits?|payments?|zahlungen|haber|avere|credito',
  balance: 'saldo|balance|solde',
  amount:
    'rechnungsbetrag|betrag|bruttobetrag|brutto|invoice amount|amount|montant(?: ttc)?|importe|importo|factuurbedrag|bedrag|valor|kwota|total',
  text: 'belegart|vorgang|buchungstext|text|art|type|description|details|libelle|concepto|causale|omschrijving|descricao|opis|tipo',
};
const patterns = Object.entries(heads).map(([kind, words]) => ({
  kind: kind as StatementColumn,
  pattern: new RegExp(`(?<![a-z])(?:${words})(?![a-z])`, 'g'),
}));

export interface StatementHead {
  readonly kind: StatementColumn;
  readonly start: number;
  readonly end: number;
}

/** Heads in a folded line, left to right, not overlapping. */
export function statementHeadsIn(folded: string): StatementHead[] {
  const found = patterns
    .flatMap(({ kind, pattern }) =>
      [...folded.matchAll(pattern)].map((match) => ({ kind, start: match.index, end: match.index + match[0].length })),
    )
    .toSorted((one, other) => other.end - other.start - (one.end - one.start));
  const kept: StatementHead[] = [];
  for (const head of found) if (kept.every((other) => head.end <= other.start || head.start >= other.end)) kept.push(head);
  return kept.toSorted((one, other) => one.start - other.start);
}

/** A payment of ours, on the supplier's books. */
export const paymentWords =
  /\b(?:zahlung(?:seingang)?|uberweisung|payments?(?: received)?|received with thanks|paiement|reglement|virement|pagos?|transferencia|pagamento|bonifico|betaling|ontvangst|platnosc|wplata|przelew|lastschrift)\b/;
export const creditWords =
  /\b(?:gutschrift|storno|credit (?:note|memo)|avoir|abono|rectificativa|nota (?:di |de )credito|creditnota|creditfactuur|korekta)\b/;
/** A balance of before, or at the foot of a page. */
export const carriedWords =
  /\b(?:ubertrag|vortrag|saldovortrag|anfangssaldo|(?:balance )?(?:brought|carried) forward|opening balance|previous balance|solde (?:anterieur|precedent|reporte)|report|saldo (?:anterior|inicial|iniziale|precedente)|beginsaldo|bilans otwarcia)\b/;
/** What is owed in all. */
export const balanceWords =
  /\b(?:saldo|endsaldo|gesamt(?:saldo|betrag)?|summe|balance(?: due)?|total(?: due| outstanding)?|amount due|closing balance|solde|totale|totaal|razem|suma)\b/;
