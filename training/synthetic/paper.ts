import type { FieldName } from '#domain/documents';
import type { Content } from './content.ts';
import type { Ink } from './ink.ts';
import type { Program } from './program.ts';
import type { LabelName } from './vocabulary.ts';

/** A paper while it is drawn. */
export interface Paper {
  readonly ink: Ink;
  readonly program: Program;
  readonly content: Content;
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  /** What stands on it: the truth speaks about nothing else. */
  readonly said: Set<FieldName>;
}

/** The label as this issuer prints it, with its colon. */
export function labelOf({ program }: Paper, name: LabelName): string {
  const text = program.labels[name];
  return `${program.capitals ? text.toUpperCase() : text}${text.endsWith(':') ? '' : program.colon}`;
}

/** What stands beside a label; null where this paper has none. */
export function valueOf(paper: Paper, name: LabelName): string | null {
  const { content, program } = paper;
  const { day } = program.manner;
  const { issuer } = program;
  const tell = (field: FieldName, value: string): string => {
    paper.said.add(field);
    return value;
  };
  switch (name) {
    case 'number':
    case 'creditNumber':
      return tell('invoiceNumber', content.number);
    case 'issued':
      return tell('issueDate', day(content.issued));
    case 'due':
      return tell('dueDate', day(content.due));
    case 'purchaseOrder':
      return tell('poNumber', content.purchaseOrder);
    case 'delivered':
    case 'ordered':
      return day(content[name]);
    case 'period':
      return `${day(content.ordered)} - ${day(content.delivered)}`;
    case 'salesOrder':
    case 'customer':
    case 'deliveryNote':
    case 'contract':
    case 'project':
    case 'yourReference':
    case 'creditsInvoice':
      return content.decoys[name];
    case 'contact':
      return issuer.person;
    case 'phone':
      return issuer.phone;
    case 'mail':
      return `info@${issuer.domain}`;
    case 'web':
      return `www.${issuer.domain}`;
    case 'buyerVatId':
      return content.buyer.vatId;
    case 'vatId':
      return issuer.vatId === null ? null : tell('supplierTaxId', printedVatId(issuer.vatId, program.seed));
    case 'iban':
      return issuer.iban === null ? null : tell('iban', printedIban(issuer.iban, program.seed));
    case 'bic':
      return issuer.bic;
    case 'bank':
      return issuer.bank;
    case 'holder':
      return issuer.name;
    case 'taxNumber':
      return issuer.register;
    default:
      return null;
  }
}

/** The issuer's name in full, which is what the supplier is called. */
export function sellerName(paper: Paper): string {
  paper.said.add('supplierName');
  return paper.program.issuer.name;
}

function printedIban(iban: string, seed: number): string {
  return seed % 5 === 0 ? iban : iban.replaceAll(/(.{4})(?=.)/g, '$1 ');
}

/** Some print the country's letters apart, Spaniards, Italians, Portuguese and Poles mostly none. */
export function printedVatId(vatId: string, seed: number): string {
  if (/^(?:ES|IT|PT|PL)/.test(vatId) && seed % 3 > 0) return vatId.slice(2);
  return seed % 4 === 1 && /^[A-Z]{2}/.test(vatId) ? `${vatId.slice(0, 2)} ${vatId.slice(2)}` : vatId;
}
