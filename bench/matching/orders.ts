import { readFileSync } from 'node:fs';
import path from 'node:path';
import { decimal, type Decimal } from '#domain/money';
import { orders as sampleOrders } from '../../src/app/sample-office/orders.ts';
import { findCorpus } from '../corpus.ts';

/** One thing ordered, as a real order or invoice words and prices it. */
export interface SourceLine {
  readonly description: string;
  readonly itemCode: string | null;
  readonly quantity: Decimal;
  readonly unitPrice: Decimal;
}

/** What cases are made of: the lines of one real document. */
export interface SourceOrder {
  readonly id: string;
  readonly lines: readonly SourceLine[];
}

/** Sets of the invoice data with lines whose quantity and price are known. Scans repeat the same documents. */
const sets = new Set(['po-ubl', 'po-orderx-pdf', 'po-orders-pdf', 'einvoice-xml', 'einv-pdf', 'real-invoices']);

interface IndexRow {
  readonly id: string;
  readonly set: string;
  readonly redistribution: string;
  readonly truth: { readonly lines?: readonly IndexLine[] | null } | null;
}
interface IndexLine {
  readonly description?: string | null;
  readonly quantity?: number | null;
  readonly unitPrice?: number | null;
}

/** Orders of the invoice data, each once; those of the sample office where there is no such data. */
export function sourceOrders(): { readonly from: string; readonly orders: readonly SourceOrder[] } {
  const corpus = findCorpus();
  return corpus === null ? { from: 'the sample office', orders: officeOrders() } : { from: corpus, orders: corpusOrders(corpus) };
}

/** The orders of the office that comes with the product. */
export function officeOrders(): SourceOrder[] {
  return sampleOrders.map(({ number, lines }) => ({
    id: number,
    lines: lines.map(({ code, description, quantity, price }) => ({
      description,
      itemCode: code,
      quantity: decimal(quantity),
      unitPrice: decimal(price),
    })),
  }));
}

function corpusOrders(folder: string): SourceOrder[] {
  const rows = readFileSync(path.join(folder, 'index.jsonl'), 'utf8').split('\n').filter(Boolean);
  const seen = new Set<string>();
  return rows.flatMap((row) => {
    const { id, set, redistribution, truth } = JSON.parse(row) as IndexRow;
    const lines = (truth?.lines ?? []).map(sourceLine).filter((line) => line !== null);
    const key = JSON.stringify(lines);
    if (!sets.has(set) || redistribution !== 'ok under licence' || lines.length === 0 || seen.has(key)) return [];
    seen.add(key);
    return [{ id, lines }];
  });
}

function sourceLine({ description, quantity, unitPrice }: IndexLine): SourceLine | null {
  const words = (description ?? '').replaceAll(/\s+/g, ' ').trim();
  if (words === '' || !isPositive(quantity) || !isPositive(unitPrice)) return null;
  return { description: words, itemCode: null, quantity: decimal(String(quantity)), unitPrice: decimal(String(unitPrice)) };
}

function isPositive(value: number | null | undefined): value is number {
  return typeof value === 'number' && value > 0;
}
