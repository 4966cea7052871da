import type { RecordKind } from '#domain/ports';

/** A small file of each kind that imports as it is, to start from; docs/guides/import.md shows the same. */
export const importTemplates: Readonly<Record<RecordKind, string>> = {
  suppliers: `number,name,aliases,vatId,country,emailDomains,currency,netDays,discountDays,discountPercent,iban,bic,phone,email,chargesForeignTax
S-1001,Nordwind Papier GmbH,Nordwind|NWP,DE136695976,DE,nordwind.example,EUR,30,10,2.00,DE89 3704 0044 0532 0130 00,,+49 40 5550 1200,rechnung@nordwind.example,
S-1002,Atelier Lumière SARL,,FR40303265045,FR,lumiere.example|atelier-lumiere.example,EUR,45,,,FR14 2004 1010 0505 0001 3M02 606,,,,yes
`,
  'purchase-orders': `number,supplierNumber,currency,orderedOn,requesterEmail,isReceiptRequired,position,itemCode,description,unit,quantity,unitPrice
PO-2026-001,S-1001,EUR,2026-02-02,,yes,1,A4-80,"Copy paper A4, 80 g",box,40,18.90
PO-2026-001,S-1001,EUR,2026-02-02,,yes,2,A3-80,"Copy paper A3, 80 g",box,5,37.50
PO-2026-002,S-1002,EUR,2026-02-09,,no,1,,Lamp repair,hour,3.5,62.00
`,
  'goods-receipts': `number,purchaseOrderNumber,receivedOn,position,quantity
GR-501,PO-2026-001,2026-02-10,1,40
GR-501,PO-2026-001,2026-02-10,2,5
`,
  accounts: `number,name,isActive
4930,Office supplies,yes
4210,Rent,yes
`,
  'cost-centres': `number,name,isActive
100,Administration,yes
300,Production,yes
`,
  projects: `number,name,isActive
P-7,New warehouse,yes
`,
  'tax-codes': `number,name,isActive,taxRate
V19,Input tax 19 %,yes,19
V7,Input tax 7 %,yes,7
`,
  'past-bookings': `supplierNumber,invoiceNumber,line,description,taxRate,bookedOn,account,costCentre,project,taxCode
S-1001,RE-2025-118,1,"Copy paper A4, 80 g",19,2025-11-03,4930,100,,V19
S-1001,RE-2025-131,1,"Copy paper A4, 80 g",19,2025-12-02,4930,100,,V19
`,
  agreements: `supplierNumber,kind,name,reference,every,instalments,amount,currency,bandAmount,bandPercent,total,firstOn,validUntil,graceDays
S-1001,contract,Office rent,MV-2024/0815,1 month,,1190.00,EUR,,2,,2026-01-05,,
S-1001,recurring-bill,Electricity,,1 quarter,,640.00,EUR,,15,,2026-02-10,,14
S-1002,payment-plan,Lift repair,,,2026-02-01=400.00|2026-05-01=300.00,,EUR,,,,,,
`,
};
