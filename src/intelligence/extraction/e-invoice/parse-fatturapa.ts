import type { DocumentType } from '#domain/documents';
import { decimal, isDecimalText } from '#domain/money';
import { isoDate } from './structured-document.ts';
import type { StructuredDocument, StructuredLine, TaxRow } from './structured-document.ts';
import { elementAt, elementsAt, textAt } from './xml-tree.ts';
import type { Element } from './xml-tree.ts';

/** `TipoDocumento` of the specification (Agenzia delle Entrate, FatturaPA 1.2.3, table of codes): what is no invoice. */
const otherTypes: Readonly<Record<string, DocumentType>> = { TD04: 'credit_note', TD08: 'credit_note' };

export function isFatturaPaRoot(root: string): boolean {
  return root === 'FatturaElettronica';
}

/** Maps an ordinary FatturaPA invoice. A file with several bodies is a batch of invoices (`countFatturaPa`); its first is mapped. */
export function parseFatturaPa(element: Element): StructuredDocument {
  const header = elementAt(element, 'FatturaElettronicaHeader');
  const body = elementAt(element, 'FatturaElettronicaBody');
  const general = elementAt(body, 'DatiGenerali', 'DatiGeneraliDocumento');
  const payment = elementsAt(body, 'DatiPagamento', 'DettaglioPagamento');
  const lines = elementsAt(body, 'DatiBeniServizi', 'DettaglioLinee').map(parseLine);
  const taxRows = elementsAt(body, 'DatiBeniServizi', 'DatiRiepilogo').map(parseTaxRow);
  const rounding =
    textAt(general, 'Arrotondamento') ??
    sum(elementsAt(body, 'DatiBeniServizi', 'DatiRiepilogo').map((row) => textAt(row, 'Arrotondamento')));
  const net = sum(taxRows.map(({ basis }) => basis));
  const tax = sum(taxRows.map(({ tax: amount }) => amount));
  return {
    syntax: 'FatturaPA',
    documentType: otherTypes[textAt(general, 'TipoDocumento') ?? ''] ?? 'invoice',
    values: {
      invoiceNumber: textAt(general, 'Numero'),
      issueDate: isoDate(textAt(general, 'Data')),
      dueDate: isoDate(payment.map((one) => textAt(one, 'DataScadenzaPagamento')).find((date) => date !== null) ?? null),
      supplierName: partyName(elementAt(header, 'CedentePrestatore')),
      supplierTaxId: taxId(elementAt(header, 'CedentePrestatore')),
      iban: payment.map((one) => textAt(one, 'IBAN')).find((iban) => iban !== null) ?? null,
      buyerName: partyName(elementAt(header, 'CessionarioCommittente')),
      poNumber: textAt(body, 'DatiGenerali', 'DatiOrdineAcquisto', 'IdDocumento'),
      currency: textAt(general, 'Divisa'),
      netTotal: net,
      taxTotal: tax,
      grossTotal: textAt(general, 'ImportoTotaleDocumento') ?? sum([net, tax, rounding]),
    },
    lines,
    sums: {
      lines: null,
      allowances: sum(adjustments(general, 'SC')),
      // Contributions to a pension fund are charged on top of the lines.
      charges: sum([
        ...elementsAt(general, 'DatiCassaPrevidenziale').map((fund) => textAt(fund, 'ImportoContributoCassa')),
        ...adjustments(general, 'MG'),
      ]),
      prepaid: null,
      rounding: null,
      payable: null,
    },
    taxRows,
  };
}

/** Amounts of discounts (`SC`) or surcharges (`MG`) on the whole document. */
function adjustments(general: Element | undefined, kind: 'SC' | 'MG'): (string | null)[] {
  return elementsAt(general, 'ScontoMaggiorazione').flatMap((one) => (textAt(one, 'Tipo') === kind ? [textAt(one, 'Importo')] : []));
}

/** How many invoices the file holds. */
export function countFatturaPa(element: Element): number {
  return elementsAt(element, 'FatturaElettronicaBody').length;
}

function partyName(party: Element | undefined): string | null {
  const holder = elementAt(party, 'DatiAnagrafici', 'Anagrafica');
  const person = [textAt(holder, 'Nome'), textAt(holder, 'Cognome')].filter((part) => part !== null).join(' ');
  return textAt(holder, 'Denominazione') ?? (person === '' ? null : person);
}

function taxId(party: Element | undefined): string | null {
  const id = elementAt(party, 'DatiAnagrafici', 'IdFiscaleIVA');
  const code = textAt(id, 'IdCodice');
  return code === null ? textAt(party, 'DatiAnagrafici', 'CodiceFiscale') : `${textAt(id, 'IdPaese') ?? ''}${code}`;
}

function parseLine(line: Element): StructuredLine {
  return {
    description: textAt(line, 'Descrizione'),
    quantity: textAt(line, 'Quantita'),
    unitPrice: textAt(line, 'PrezzoUnitario'),
    netAmount: textAt(line, 'PrezzoTotale'),
    taxRate: textAt(line, 'AliquotaIVA'),
  };
}

function parseTaxRow(row: Element): TaxRow {
  return {
    basis: textAt(row, 'ImponibileImporto'),
    rate: textAt(row, 'AliquotaIVA'),
    tax: textAt(row, 'Imposta'),
    category: textAt(row, 'Natura'),
  };
}

/** What is given added up; null where nothing is, or something is no number. */
function sum(texts: readonly (string | null)[]): string | null {
  const given = texts.filter((text) => text !== null);
  if (given.length === 0 || !given.every(isDecimalText)) return null;
  return given.reduce((total, text) => total.plus(text), decimal('0')).toFixed(2);
}
