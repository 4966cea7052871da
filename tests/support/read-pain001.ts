import { XMLParser } from 'fast-xml-parser';

/** One transfer of a pain.001, read by the paths of the schema and nothing that wrote it. */
export interface OrderedTransfer {
  readonly part: string;
  readonly instructionId: string | null;
  readonly endToEndId: string;
  /** Decimal text as in the file. */
  readonly amount: string;
  readonly currency: string;
  readonly iban: string;
  readonly name: string;
  readonly remittance: string;
  readonly executeOn: string;
}

export interface OrderFile {
  readonly messageId: string;
  readonly count: number;
  readonly controlSum: string;
  readonly debtorIban: string;
  readonly transfers: readonly OrderedTransfer[];
}

interface Node {
  readonly [name: string]: Node[] | string | undefined;
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  isArray: (_, __, ___, isAttribute) => !isAttribute,
});

/** Reads a payment file as a bank would, and checks its own counts and sums. */
export function readPain001(xml: string): OrderFile {
  const root = at(parser.parse(xml) as Node, 'Document', 'CstmrCdtTrfInitn');
  const parts = all(root, 'PmtInf');
  const transfers = parts.flatMap((part) => {
    const found = all(part, 'CdtTrfTxInf').map((transfer): OrderedTransfer => {
      const amount = at(transfer, 'Amt', 'InstdAmt');
      return {
        part: text(part, 'PmtInfId'),
        instructionId: text(at(transfer, 'PmtId'), 'InstrId') || null,
        endToEndId: text(at(transfer, 'PmtId'), 'EndToEndId'),
        amount: own(amount, '#text'),
        currency: own(amount, '@Ccy'),
        iban: text(at(transfer, 'CdtrAcct', 'Id'), 'IBAN'),
        name: text(at(transfer, 'Cdtr'), 'Nm'),
        remittance: text(at(transfer, 'RmtInf'), 'Ustrd'),
        executeOn: text(at(part, 'ReqdExctnDt'), 'Dt'),
      };
    });
    if (Number(text(part, 'NbOfTxs')) !== found.length) throw new Error(`${text(part, 'PmtInfId')} counts wrongly.`);
    return found;
  });
  const header = at(root, 'GrpHdr');
  return {
    messageId: text(header, 'MsgId'),
    count: Number(text(header, 'NbOfTxs')),
    controlSum: text(header, 'CtrlSum'),
    debtorIban: text(at(parts[0] ?? {}, 'DbtrAcct', 'Id'), 'IBAN'),
    transfers,
  };
}

function all(node: Node, name: string): readonly Node[] {
  const found = node[name];
  return Array.isArray(found) ? found.map((one) => (typeof one === 'string' ? { '#text': one } : one)) : [];
}

function at(node: Node, ...path: readonly string[]): Node {
  return path.reduce((here, name) => all(here, name)[0] ?? {}, node);
}

function text(node: Node, name: string): string {
  const value = all(node, name)[0]?.['#text'];
  return typeof value === 'string' ? value : '';
}

/** Text or an attribute of the element itself. */
function own(node: Node, name: '#text' | '@Ccy'): string {
  const value = node[name];
  return typeof value === 'string' ? value : '';
}
