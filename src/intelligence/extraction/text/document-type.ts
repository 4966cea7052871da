import type { DocumentType } from '#domain/documents';
import type { Layout, Row } from '../layout.ts';

/** Titles by type, folded, in eight languages. The order settles a tie: the more telling title first. */
const titles: readonly { readonly type: DocumentType; readonly expression: RegExp; readonly weight: number }[] = [
  {
    type: 'credit_note',
    expression:
      /\b(?:credit (?:note|memo|invoice)|creditnote|\w*gutschrift|rechnungskorrektur|stornorechnung|avoir|note de credit|facture d'avoir|nota de credito|factura rectificativa|abono|nota di credito|creditnota|creditfactuur|faktura korygujaca|korekta)\b/,
    weight: 1,
  },
  {
    type: 'reminder',
    expression:
      /\b(?:(?:payment )?reminder|past due notice|overdue notice|final notice|dunning|\w*mahnung|zahlungserinnerung|relance|rappel de (?:paiement|facture)|recordatorio(?: de pago)?|sollecito|aanmaning|betalingsherinnering|lembrete|wezwanie do zaplaty|monit)\b/,
    weight: 1,
  },
  {
    type: 'statement',
    expression:
      /\b(?:(?:account|customer|monthly) statement|statement of account|kontoauszug|saldenbestatigung|releve de (?:compte|factures)|extracto(?: de cuenta)?|estratto conto|rekeningoverzicht|extrato|zestawienie)\b/,
    weight: 0.9,
  },
  { type: 'order_response', expression: /\b(?:order response|order acknowledg\w+|purchase order response)\b/, weight: 1.1 },
  { type: 'order_change', expression: /\b(?:order change|change order|purchase order change|bestellanderung)\b/, weight: 1.1 },
  {
    type: 'quote',
    expression:
      /\b(?:quotation|quote|estimate|angebot|kostenvoranschlag|offerte|devis|presupuesto|cotizacion|preventivo|orcamento|proposta|oferta|request for quotation)\b/,
    weight: 0.95,
  },
  { type: 'despatch_advice', expression: /\b(?:despatch advice|dispatch advice|advance ship(?:ping)? notice|lieferavis)\b/, weight: 1 },
  {
    type: 'delivery_note',
    expression:
      /\b(?:delivery (?:note|order|slip)|packing (?:slip|list)|goods receipt|goods received note|lieferschein|wareneingang|bon de livraison|bordereau de livraison|albaran|documento di trasporto|ddt|bolla|pakbon|afleverbon|guia de remessa|dokument dostawy|wz)\b/,
    weight: 0.9,
  },
  {
    type: 'purchase_order',
    expression:
      /\b(?:purchase order|bestellung|bon de commande|commande d'achat|orden de compra|ordine di acquisto|ordine d'acquisto|inkooporder|bestelbon|ordem de compra|nota de encomenda|zamowienie)\b/,
    weight: 0.85,
  },
  {
    type: 'sale_order',
    expression:
      /\b(?:sales? order|order confirmation|order n|auftragsbestatigung|confirmation de commande|accuse de reception de commande|confirmacion de pedido|conferma d'ordine|orderbevestiging|potwierdzenie zamowienia)\b/,
    weight: 0.85,
  },
  {
    type: 'receipt',
    expression:
      /\b(?:(?:payment|sales|cash|official|guest) receipt|receipt|kassenbon|quittung|kassenbeleg|bewirtungsbeleg|ticket de caisse|recu|recibo|ticket|scontrino|ricevuta|kassabon|bonnetje|paragon|simplified tax invoice|cash bill|cash sales?|guest check)\b/,
    weight: 0.8,
  },
  {
    type: 'invoice',
    expression:
      /\b(?:\w*invoice|\w*rechnung|\w*facture|fattura|factura|factuur|fatura|faktura|betaaloverzicht|vendor bill|bill of sale|honorarnote|nota de honorarios|project statement)\b/,
    weight: 0.9,
  },
];

/** Whether the text is what documents of this type are headed with. */
export function isTitleOf(type: DocumentType, folded: string): boolean {
  return titles.some((title) => title.type === type && title.expression.test(folded));
}

export interface DocumentTypeClues {
  readonly hasTotals: boolean;
  readonly hasItems: boolean;
  readonly isReceiptShaped: boolean;
  readonly hasNumber: boolean;
  readonly grossIsNegative: boolean;
  /** The row that heads a table of an account: papers it lists below give it no title. */
  readonly accountFrom?: number | null;
}

/** Decides what the document is by its title, and by its shape where no title is found. */
export function decideDocumentType(layout: Layout, clues: DocumentTypeClues): { readonly type: DocumentType; readonly confidence: number } {
  const scores = new Map<DocumentType, number>();
  const end = clues.accountFrom ?? Number.POSITIVE_INFINITY;
  const rows = layout.rows.filter((row) => row.page === 1 && row.index < end);
  const usual = rows.map((row) => row.height).toSorted((a, b) => a - b)[rows.length >> 1] ?? 1;
  const height = layout.pages[0]?.height ?? 1;
  for (const row of rows) {
    for (const { type, expression, weight } of titles) {
      const match = expression.exec(row.folded);
      if (match === null) continue;
      const score = weight * titleness(row, match, usual, height, type);
      scores.set(type, Math.max(scores.get(type) ?? 0, score));
    }
  }
  if (clues.isReceiptShaped) scores.set('receipt', Math.max(scores.get('receipt') ?? 0, 0.62));
  if (!clues.hasTotals && !clues.hasItems) {
    for (const type of ['invoice', 'credit_note', 'receipt'] as const)
      scores.set(type, (scores.get(type) ?? 0) * (clues.hasNumber ? 0.75 : 0.4));
  } else if (clues.hasTotals && (scores.size === 0 || Math.max(...scores.values()) < 0.3)) {
    scores.set(clues.hasNumber || clues.hasItems ? 'invoice' : 'receipt', 0.4);
  }
  if (clues.grossIsNegative) scores.set('credit_note', (scores.get('credit_note') ?? 0) + 0.25);
  const [best, second] = [...scores].toSorted((a, b) => b[1] - a[1]);
  if (best === undefined || best[1] < 0.3) return { type: 'other', confidence: 0.5 };
  const margin = best[1] - (second?.[1] ?? 0);
  return { type: best[0], confidence: Math.min(0.97, 0.55 + best[1] * 0.25 + Math.min(0.25, margin)) };
}

/** How much a phrase is the title: alone in its cell, at the head of it, large, near the top, not amid a sentence. */
function titleness(row: Row, match: RegExpExecArray, usual: number, height: number, type: DocumentType): number {
  const cell = row.cells.findLast((one) => one.start <= match.index) ?? row.cells[0];
  if (cell === undefined) return 0;
  const lead = row.folded.slice(cell.start, match.index).replaceAll(/[^a-z]/g, '').length;
  const rest = row.folded.slice(match.index + match[0].length, cell.start + cell.text.length);
  const wordsAfter = rest.match(/[a-z]{3,}/g)?.length ?? 0;
  const isUpper = /^[\p{Lu}\W\d]+$/u.test(row.text.slice(match.index, match.index + match[0].length));
  let score = lead === 0 ? 0.55 : lead < 9 ? 0.4 : 0.12;
  if (wordsAfter === 0) score += 0.12;
  else if (wordsAfter > 3) score -= 0.3;
  const own = row.words.find((word, index) => (row.offsets[index] ?? 0) + word.text.length > match.index);
  const size = own === undefined ? row.height : own.box[3] - own.box[1];
  if (size > 1.25 * usual) score += size > 1.7 * usual ? 0.3 : 0.18;
  if (isUpper) score += 0.08;
  const depth = row.box[1] / height;
  if (depth < 0.35) score += 0.1;
  else if (depth > 0.6) score -= 0.25;
  const isReference =
    type !== 'invoice' &&
    type !== 'credit_note' &&
    (/^\s*(?:n[or°]\.?|nummer|number|id|ref)?\s*[:.#°]/.test(rest) || (rest.trim() === '' && cell !== row.cells.at(-1))) &&
    size < 1.3 * usual;
  if (isReference) score -= 0.3;
  if (/\b(?:date|datum|due|to|an|address|period|amount|total|betrag|summe|payment)\b/.test(rest.slice(0, 18))) score -= 0.3;
  return Math.max(0, Math.min(1, score));
}
