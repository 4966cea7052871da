import type { Vocabulary } from '../vocabulary.ts';

export const en: Vocabulary = {
  language: 'en',
  titles: {
    invoice: 'Invoice|INVOICE|Tax Invoice|Sales Invoice|TAX INVOICE|Bill|Invoice / Statement of Services|Service Invoice',
    credit: 'Credit Note|CREDIT NOTE|Credit Memo|Credit|Refund Note|Adjustment Note',
    receipt: 'Receipt|RECEIPT|Sales Receipt|Thank you|Simplified Tax Invoice',
  },
  labels: {
    number:
      'Invoice No.|Invoice Number|Invoice #|Inv. No|Invoice ID|Document No.|Our invoice|Invoice ref|Bill no.|Doc. number|Tax invoice no.|INVOICE NO|Invoice reference',
    creditNumber: 'Credit Note No.|Credit note number|Credit memo #|CN number|Document No.|Credit no.',
    issued:
      'Invoice Date|Date|Date of issue|Issued|Issue date|Billing date|Dated|Tax point|Document date|Date issued|Invoiced on|Bill date',
    due: 'Due Date|Payment due|Due|Pay by|Payable by|Due on|Please pay by|Date due|Payment due date|Settlement date|Pay before',
    delivered: 'Delivery date|Date of supply|Supply date|Shipped on|Ship date|Despatched|Service date|Delivered',
    ordered: 'Order date|Date of order|Ordered on|PO date|Your order of',
    period: 'Billing period|Service period|Period|For the period',
    purchaseOrder:
      'PO Number|Purchase Order|P.O. #|Your order no.|Customer PO|Your PO|PO No.|Purchase order no.|Customer order number|PO ref|Your purchase order',
    salesOrder: 'Order No.|Our order|Sales order|SO number|Job no.|Our ref.|Order ID|Works order',
    customer: 'Customer No.|Account No.|Customer ID|Account|Client number|A/C no.|Customer code|Client ref',
    deliveryNote: 'Delivery note|Despatch note|Packing slip no.|Consignment|Docket no.|Delivery docket',
    contract: 'Contract no.|Agreement|Contract ID|Subscription ID',
    project: 'Project|Job|Site|Cost centre',
    yourReference: 'Your reference|Your ref.|Customer reference|Attention',
    creditsInvoice: 'Original invoice|Refers to invoice|Credit for invoice|Against invoice',
    contact: 'Contact|Account manager|Sales rep|Your contact|Salesperson|Prepared by',
    phone: 'Phone|Tel.|Telephone|T|Tel',
    mail: 'Email|E-mail|E|Mail',
    web: 'Web|Website|www|Online',
    vatId: 'VAT No.|VAT Reg. No.|VAT registration number|VAT number|Tax ID|VAT ID|VAT Reg',
    taxNumber: 'Company No.|Registered no.|Company reg. no.|Registration number|EIN',
    buyerVatId: 'Customer VAT no.|Your VAT number|Buyer VAT ID',
    iban: 'IBAN|IBAN No.|Account (IBAN)',
    bic: 'BIC|SWIFT|SWIFT/BIC|BIC/SWIFT',
    bank: 'Bank|Bank name|Banking details|Bankers',
    holder: 'Account name|Beneficiary|Payee',
    billTo: 'Bill To|Invoice to|Billed to|Sold to|Customer|Client|Invoice address|Prepared for|Charge to|Billing details',
    shipTo: 'Ship To|Deliver to|Delivery address|Shipping address|Site address|Consignee',
    seller: 'From|Seller|Supplier|Issued by|Our details|Supplied by|Remit to',
    net: 'Subtotal|Net total|Total excl. VAT|Net amount|Total net|Sub-total|Goods total|Amount before tax|Nett|Total ex VAT|Net value|Taxable total',
    tax: 'VAT {rate}%|VAT ({rate}%)|VAT @ {rate}%|Tax {rate}%|Sales tax ({rate}%)|VAT at {rate} %|Value added tax {rate} %|Output VAT {rate}%',
    taxBase: 'on {base}|of {base}|taxable {base}',
    gross:
      'Total|Grand Total|Invoice total|Total incl. VAT|TOTAL|Gross total|Total including VAT|Gross amount|Total inc. VAT|Invoice value|Amount incl. tax|Total invoice amount',
    asked: 'Amount due|Balance due|To pay|Total due|Please pay|Amount payable|Outstanding|Now due',
    prepaid: 'Paid|Less deposit paid|Payment received|Advance payment|Amount paid|Deposit received|Already paid',
    oldBalance: 'Previous balance|Balance brought forward|Account balance before this invoice|Last statement balance',
    shipping: 'Shipping|Carriage|Freight|Delivery charge|Postage & packing|Handling',
    discount: 'Discount|Trade discount|Less discount|Rebate|Loyalty discount',
    subtotal: 'Subtotal|Section total|Total {group}|Sub total',
    terms: 'Payment terms|Terms|Terms of payment|Payment',
    carriedOut: 'Carried forward|Subtotal carried over|Continued, total so far',
    carriedIn: 'Brought forward|Subtotal from previous page|Amount b/f',
    page: 'Page {page} of {pages}|Page {page}/{pages}|{page} / {pages}',
    cash: 'Cash|CASH|Card|VISA|Tendered|Contactless',
    change: 'Change|CHANGE|Change due',
    till: 'Till|Register|Cashier|Receipt no.|Trans|Table',
  },
  columns: {
    position: '#|Pos|No.|Item|Line|Ln',
    code: 'SKU|Item code|Part no.|Product code|Code|Article|Stock ref.|Catalogue no.',
    description:
      'Description|Item|Details|Product|Service|Description of goods|Particulars|Item & description|Work carried out|Goods / services',
    quantity: 'Qty|Quantity|Qty.|Hours|Units|Shipped|Qnty|No. of units|Qty supplied',
    unit: 'Unit|UoM|U/M|Per|Measure',
    price: 'Unit price|Price|Rate|Price each|Unit cost|Each|Net price|Cost|Price per unit|Unit rate',
    discount: 'Disc.|Discount|Disc %|Less|Reduction',
    rate: 'VAT|VAT %|Tax|VAT rate|Tax rate|VAT code',
    net: 'Amount|Total|Net|Line total|Net amount|Value|Total net|Line value|Extended|Sum|Goods value',
    grossPrice: 'Price incl. VAT|Unit price (gross)|Price inc. tax',
    gross: 'Total incl. VAT|Gross|Amount incl. tax|Total inc. VAT',
    date: 'Date|Day|Work date',
  },
  openings:
    'Dear Sir or Madam, please find below our charges for the services supplied.|Thank you for your order. We charge as follows:|We have supplied the following goods and services:|Thank you for your business!|For work completed as agreed we invoice:',
  sentences:
    'Invoice {number} dated {date}|Our invoice no. {number} of {date}|Tax invoice {number}, issued on {date}|Invoice number {number} – {date}',
  dueSentences:
    'Please pay the total by {due}.|Payment is due on {due}.|This invoice falls due on {due} without deduction.|Kindly settle this account no later than {due}.|Please transfer the amount to the account below by {due}.',
  termsSentences:
    'Payment terms: {days} days net.|Payable within {days} days of receipt.|Net {days} days.|Terms: strictly {days} days from date of invoice.',
  closings:
    'Kind regards|Thank you for your custom.|Goods remain our property until paid in full.|Registered office as above. E. & O. E.|Interest may be charged on late payment.|Questions about this invoice? Call our accounts team.',
  months: 'January|February|March|April|May|June|July|August|September|October|November|December',
  shortMonths: 'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec',
  units: 'pcs|ea|h|kg|box|m|set|day|pack|l',
  goods:
    'Steel bracket, galvanised|Website maintenance|Office chair Comfort Plus|Consulting services|Hydraulic hose 12 mm|Copy paper A4 80 g|Annual software licence|Transport and handling|Safety gloves, nitrile|Cleaning of offices|LED panel 60 x 60|Training workshop|Ballpoint pens, blue|Cable tray 200 mm|Tomatoes on the vine|Espresso beans Arabica|Project management|Concrete C25/30|Translation EN-DE|Server hosting medium|Wooden pallet|Rental of scaffold|Paint, white matt 10 l|Repair of heating system|Photography half day|Filter cartridge HX-4|Data backup service|Printed brochures|Network switch 24-port|Catering for meeting',
  details:
    'incl. delivery and fitting|as per quotation|serial no. {id}|delivery note {id}|batch {id}, colour anthracite|in accordance with EN 10204|for the main building, second floor|country of origin: Poland|customs tariff no. 8471 30 00|minimum order quantity applies',
  groups: 'Materials|Labour|Services|Additional items|Section A|Section B|Hardware',
};
