import type { TestOffice } from './office.ts';
import type { Paper } from './paper.ts';

/** Accounts that belong to nobody: right check digits, made up otherwise. */
export const accounts = {
  nordwind: 'DE02120300000000202051',
  lumiere: 'FR1420041010050500013M02606',
  other: 'DE02500105170137075030',
  third: 'DE02100500000054540402',
} as const;

/** Puts two suppliers on file, Nordwind with 2 % for ten days and thirty days net, Lumière with forty-five. */
export async function importSuppliers(office: TestOffice): Promise<void> {
  await office.import(
    'suppliers',
    `number,name,vatId,country,currency,netDays,discountDays,discountPercent,iban,bic
S-1,Nordwind Papier GmbH,DE136695976,DE,EUR,30,10,2.00,${accounts.nordwind},
S-2,Atelier Lumière SARL,FR40303265045,FR,EUR,45,,,${accounts.lumiere},
`,
  );
}

let orders = 0;

/** Orders boxes of paper from Nordwind, by Bo. @returns the order's number. */
export async function orderPaper(
  office: TestOffice,
  order: { readonly quantity: string; readonly price: string; readonly received?: string; readonly supplier?: string },
): Promise<string> {
  orders += 1;
  const number = `PO-26-${String(orders).padStart(4, '0')}`;
  await office.import(
    'purchase-orders',
    `number,supplierNumber,currency,orderedOn,requesterEmail,isReceiptRequired,position,itemCode,description,unit,quantity,unitPrice
${number},${order.supplier ?? 'S-1'},EUR,2026-02-02,bo@office.example,yes,1,A4-80,Copy paper A4 80 g,box,${order.quantity},${order.price}
`,
  );
  const received = order.received ?? order.quantity;
  if (received !== '0') await receiveGoods(office, number, received);
  return number;
}

let receipts = 0;

export async function receiveGoods(office: TestOffice, order: string, quantity: string): Promise<void> {
  receipts += 1;
  await office.import(
    'goods-receipts',
    `number,purchaseOrderNumber,receivedOn,position,quantity\nGR-${receipts},${order},2026-02-20,1,${quantity}\n`,
  );
  await office.settle();
}

let papers = 0;

/** An invoice of Nordwind for boxes of paper, with a number of its own. */
export function paperInvoice(
  order: string | null,
  bill: { readonly quantity: string; readonly price: string },
  changes: Partial<Paper> = {},
): Paper {
  papers += 1;
  return {
    number: `RE-${7000 + papers * 37}`,
    supplierName: 'Nordwind Papier GmbH',
    taxId: 'DE136695976',
    iban: accounts.nordwind,
    order,
    lines: [{ what: 'Copy paper A4 80 g', ...bill }],
    ...changes,
  };
}

/** Orders, receives and bills exactly that. @returns the invoice's id. */
export async function cleanInvoice(
  office: TestOffice,
  bill: { readonly quantity: string; readonly price: string },
  changes: Partial<Paper> = {},
): Promise<string> {
  return office.receive(paperInvoice(await orderPaper(office, bill), bill, changes));
}
