/**
 * What documents call things, in English, German, French, Spanish, Italian, Dutch, Portuguese and Polish. Data, not rules: phrases are
 * folded (no case, no accents, `ß` as `s`), punctuation is a blank, `*` at the front of a word allows any compound (`*rechnung`).
 */
export type LabelKind =
  | 'invoiceNumber'
  | 'orderNumber'
  | 'buyerOrder'
  | 'otherNumber'
  | 'issueDate'
  | 'dueDate'
  | 'otherDate'
  | 'net'
  | 'subtotal'
  | 'tax'
  | 'gross'
  | 'total'
  | 'due'
  | 'taxBase'
  | 'notTotal'
  | 'prepaid'
  | 'discount'
  | 'charge'
  | 'tip'
  | 'tendered'
  | 'taxId'
  | 'iban'
  | 'buyer'
  | 'shipTo'
  | 'supplier';

const numberWords = ['number', 'numbers', 'no', 'nos', 'nr', 'num', 'n', 'id', 'nummer', 'numero', 'nro', 'ref', 'reference', 'code', ''];
const invoiceNouns =
  'invoice|tax invoice|sales invoice|proforma invoice|commercial invoice|inv|credit note|credit memo|creditnote|vendor bill|bill|receipt|document|doc|*rechnung|rechnungs|*rechnungs|beleg|*gutschrift|gutschrifts|facture|la facture|de facture|votre facture|avoir|factura|de factura|fattura|nota di credito|nota de credito|factuur|creditnota|creditfactuur|fatura|faktura|faktura vat|faktury|statement|betaaloverzicht|credit invoice|slip|quittung|bon|ticket|recibo|ricevuta|scontrino';
const orderNouns =
  'quotation|quote|estimate|sales order|so|order confirmation|order response|order change|order|angebot|angebots|*bestatigung|auftragsbestatigung|auftrag|devis|bon de commande|commande|presupuesto|pedido|preventivo|ordine|offerte|bestelling|orcamento|encomenda|oferta|zamowienie|delivery note|packing slip|despatch advice|lieferschein|bon de livraison|albaran|bolla|ddt|pakbon|purchase order|po|p o|bestellung|goods receipt|reminder|mahnung';
const buyerOrderPhrases =
  'purchase order|purchase order no|purchase order number|purchase order id|purchase order ref|po|po no|po number|po nr|po num|po ref|p o|p o no|p o number|your order|your order no|your order number|your po|customer order|customer order no|your reference|your ref|ihre referenz|votre ref|su referencia|uw referentie|uw kenmerk|vostro riferimento|vs riferimento|sua referencia|customer po|buyer order|buyer s order no|order reference|order ref|cust po|cust p o|bestellung|bestellung nr|bestellung nr kunde|bestellnummer|bestellnr|bestell nr|ihre bestellung|ihre bestellnummer|ihre bestell nr|ihre auftragsnummer|ihre auftrags nr|kundenbestellung|kundenbestellnummer|auftragsnummer kunde|gemas bestellung nr|bestellreferenz|votre commande|votre commande n|votre bon de commande|votre reference|bon de commande|bon de commande n|n de commande|numero de commande|commande n|commande client|reference commande|ref commande|su pedido|su numero de pedido|numero de pedido|pedido|pedido n|n pedido|orden de compra|ordine|vostro ordine|vs ordine|numero ordine|ordine n|ordine di acquisto|n ordine|bestelnummer|uw bestelnummer|uw bestelling|inkoopnummer|inkoopordernummer|uw ordernummer|ordernummer klant|sua encomenda|n encomenda|ordem de compra|nota de encomenda|numer zamowienia|nr zamowienia|zamowienie nr|zamowienie';

const kinds: Readonly<Record<LabelKind, string>> = {
  invoiceNumber:
    'rechnungsnummer|rechnungsnr|rechnungs nr|rechnung nr|belegnummer|belegnr|gutschriftsnummer|gutschriftnummer|factuurnummer|factuurnr|fakturanummer|numero de facture|n de facture|no de facture|numero facture|numero de factura|n factura|num factura|numero fattura|n fattura|fattura n|numero da fatura|n da fatura|fatura n|numer faktury|nr faktury|invoice|betaaloverzichtnummer|bonnummer|bonnr|bon nr|numero documento|n documento|documento n|document number|receipt no|receipt number|invoice ref',
  orderNumber: '',
  buyerOrder: buyerOrderPhrases,
  otherNumber:
    'nummer|globale nummer|global id|p o box|po box|customer no|customer number|customer id|customer code|customer|client no|client number|client id|id client|account no|account number|account|acct no|a c no|order number|order no|order id|order|billing id|contract no|contract number|contract|delivery note|delivery note no|delivery no|do no|d o no|job no|job|quote no|our reference|our ref|reference|reference no|ref|ref no|payment reference|transaction|transaction id|transaction no|registration no|registration number|reg no|reg|company no|company reg no|company number|co reg no|roc no|vat reg no|gst no|gst id no|gst reg no|gst id|phone|telephone|tel|fax|mobile|cashier|terminal|till|table|member|member no|page|kundennummer|kundennr|kunden nr|kd nr|ihre kundennr|debitorennummer|debitor|debitornr|lieferscheinnummer|lieferschein nr|lieferschein|auftragsnummer|auftrag nr|auftrags nr|auftrag|vorgang|projekt|projektnummer|vertrag|vertragsnummer|vertragskonto|leasingnummer|referenz|unser zeichen|ihr zeichen|ihre nummer|handelsregister|handelsregisternummer|steuernummer|telefon|telefax|kontonr|kontonummer|konto nr|kto nr|kto|blz|seite|artikelnummer|art nr|filiale|kasse|bediener|numero de dossier|numero client|n client|code client|reference client|votre reference client|numero de compte|n de compte|compte|numero de contrat|contrat|dossier|bon de livraison|n bl|siret|siren|rcs|ape|naf|telephone client|page n|caisse|numero de cliente|n cliente|cliente n|cuenta|contrato|referencia|albaran|codice cliente|cod cliente|numero cliente|riferimento|rif|contratto|klantnummer|klantnr|debiteurnummer|kenmerk|ons kenmerk|rekeningnummer|contractnummer|kvk|kvk nummer|numero de cliente|n contribuinte|numer klienta|nr klienta|numer konta|nr konta|bic|swift|swift bic|account name|bank account|sort code|routing|ifsc code|cin|gln|global id gln|gtin|serial no|vehicle no|sku|item no|approval code|auth code|trace no|batch no|invoice period|sale|sales person|salesperson|buyer reference',
  issueDate:
    'date|dated|invoice date|invoice date time|date of invoice|bill date|billing date|date of issue|issue date|date issued|issued|issued on|issued date|receipt date|doc date|document date|tax point|tax point date|payment date|transaction date|purchase date|sale date|date time|quotation date|quote date|order date|date ordered|po date|purchase order date|credit note date|statement date|rechnungsdatum|rechnungs datum|datum|belegdatum|beleg datum|ausstellungsdatum|rechnung vom|liefer und rechnungsdatum|rechnungs und lieferdatum|gutschriftsdatum|bestelldatum|angebotsdatum|vom|den|du|am|date de facture|date de la facture|date facture|date d emission|date emission|emise le|facture du|en date du|date de facturation|date du|le|fecha|fecha de factura|fecha factura|fecha de emision|fecha de expedicion|fecha emision|data|data fattura|data della fattura|data documento|data emissione|data di emissione|del|factuurdatum|datum factuur|betaaloverzichtdatum|data da fatura|data de emissao|data emissao|data wystawienia|data faktury|data sprzedazy|wystawiono|dnia',
  dueDate:
    'due date|date due|due|due on|due by|payment due|payment due date|payment due by|pay by|please pay by|pay before|to be paid by|payable by|total amount due on|amount due on|falligkeitsdatum|falligkeit|fallig am|fallig|fallig zum|fallig bis|zahlbar bis|zahlbar bis zum|zahlungsziel|zahlungsfrist|zahlungstermin|zu zahlen bis|bitte uberweisen sie bis zum|bitte zahlen sie bis|bis zum|netto bis|tagen netto bis|tage netto bis|ohne abzug bis|ohne abzug bis zum|falligkeitsdatum der zahlung|zahlungsfalligkeit|zahlung bis|date d echeance|date echeance|echeance|echeance le|echeance au|a payer avant le|a regler avant le|date limite de paiement|date limite de paiement le|payable le|payable au plus tard le|a payer pour le|date de reglement|date de paiement|fecha de vencimiento|fecha vencimiento|vencimiento|vence|vence el|pagar antes del|fecha limite de pago|scadenza|data scadenza|data di scadenza|scadenze|pagamento entro|scadenza pagamento|entro il|vervaldatum|vervaldag|te betalen voor|uiterlijk te betalen op|betaaldatum|betalen voor|uiterste betaaldatum|data de vencimento|vencimento|pagar ate|termin platnosci|termin zaplaty|platne do|zaplata do',
  otherDate:
    'delivery date|date of delivery|delivered on|delivery|supply date|date of supply|service date|service period|start of service|end of service|billing period|period|period start|period end|effective period start|effective period end|from|until|ship date|shipping date|shipped|valid until|expiry date|expiration date|expires|order date|date of order|check in|check out|arrival|departure|print date|printed|printed on|training date|start date|end date|activation date|date of birth|lieferdatum|leistungsdatum|leistungszeitraum|liefertermin|liefer und leistungsdatum|lieferzeitraum|abrechnungszeitraum|leistungserbringung|gultig bis|gultig ab|druckdatum|auftragsdatum|bestelldatum|bestellung vom|auftrag vom|lieferschein vom|skonto bis|skonto innerhalb|tagen bis|zeitraum|version vom|stand|date de livraison|livraison|livre le|date de commande|date commande|periode du|periode|periode de|prelevement a partir du|date d expedition|valable jusqu au|imprime le|date de prestation|fecha de entrega|fecha de pedido|fecha pedido|fecha de operacion|periodo|data consegna|data ordine|data di consegna|periodo di|leverdatum|leveringsdatum|besteldatum|aankoopdatum|periode van|data de entrega|data da encomenda|data dostawy|data zamowienia|pick up start date|pick up end date|del start|del end|pk up start|pk up end|stylesheet version|codelisten version|zugferd version',
  net: 'net total|total without|total net|net amount|net|total net amount|net value|total excl vat|total excl|total excluding vat|total excluding tax|total excl tax|total ex vat|total ex tax|total before tax|total before vat|amount before tax|amount excl vat|total without tax|total without taxes|total without vat|total amount without vat|total excl gst|total excluding gst|sub total excl gst|amount excluding gst|total amount excluding gst|total exclude gst|taxable total|total taxable|taxable amount total|invoice total net|total untaxed|untaxed amount|total w o tax|invoice total without vat|nettobetrag|netto betrag|nettosumme|netto summe|summe netto|gesamt netto|gesamtnetto|gesamtbetrag netto|netto gesamt|netto gesamtbetrag|gesamtbetrag ohne mwst|netto|nettowert|warenwert netto|rechnungsbetrag netto|rechnungssumme netto|rechnungssumme ohne ust|summe ohne mwst|gesamtsumme netto|total netto|zwischensumme netto|summe ohne umsatzsteuer|rechnungsbetrag ohne umsatzsteuer|rechnungsbetrag ohne ust|gesamtbetrag ohne umsatzsteuer|gesamtbetrag ohne ust|total ht|montant ht|montant total ht|total hors taxes|total hors taxe|montant hors taxes|total net ht|net ht|sous total ht|montant eur ht|total eur ht|montant net ht|total facture ht|base imponible|total sin iva|importe neto|total neto|neto|total base imponible|suma base|imponibile|totale imponibile|totale netto|netto imponibile|totale iva esclusa|totale senza iva|tot imponibile|totaal excl btw|totaal exclusief btw|subtotaal excl btw|subtotaal ex btw|bedrag excl btw|totaal excl|netto bedrag|totaal netto|totaal exclusief|bedrag exclusief btw|totaal ex btw|total sem iva|total iliquido|valor liquido|total liquido|base tributavel|total mercadoria|incidencia|wartosc netto|razem netto|suma netto|kwota netto',
  subtotal:
    'subtotal|sub total|sub totals|goods total|total of lines|total amount of lines|merchandise total|zwischensumme|summe|warenwert|positionssumme|summe positionen|summe der positionen|gesamtbetrag der positionen|summe aller positionen|sous total|sous totaux|sottototale|subtotale|totale merce|subtotaal|tussentotaal|suma parcial|suma|purchases|sum of items|service charges total|item total|items total|food total|total sales excl gst|total sales excluding gst|suma czesciowa|gesamtbetrag der positionen netto',
  tax: 'tax|tax1|tax2|tax 1|tax 2|tax a|sst|ppn|vat incl|vat included|gst inclusive|gst included|incl of vat|includes vat|tax included|sales tax|vat|gst|hst|pst|qst|total tax|tax total|total vat|vat total|total gst|gst total|total vat amount|vat amount|tax amount|gst amount|total tax amount|taxes|state tax|local tax|county tax|city tax|tax due|gst payable|total taxes|add gst|plus vat|service tax|cgst|sgst|igst|mwst|mwst betrag|mehrwertsteuer|umsatzsteuer|ust|ust betrag|zzgl mwst|zuzuglich mwst|zzgl ust|zzgl umsatzsteuer|zuzuglich umsatzsteuer|summe umsatzsteuer|summe mwst|summe ust|steuerbetrag|gesamtsteuer|gesamtbetrag steuer|steuer|steuern|steuersumme|summe steuern|summe steuer|gesamt mwst|mehrwertsteuer gesamt|enthaltene mwst|inkl mwst betrag|darin enthaltene mwst|steuerbetrag gesamt|summe umsatzsteuerbetrage|umsatzsteuerbetrag|umsatzsteuer gesamt|summe des umsatzsteuerbetrages|tva|montant tva|total tva|montant total tva|dont tva|montant de la tva|t v a|taxe|montant taxe|montant taxes|total taxe|iva|importe iva|cuota iva|total iva|cuota|impuesto|impuestos|total impuestos|i v a|imposta|totale iva|importo iva|totale imposta|imposte|di cui iva|btw|btw bedrag|totaal btw|bedrag btw|waarvan btw|valor iva|total do iva|imposto|vat kwota|kwota vat|podatek|razem vat|suma vat|podatek vat|wartosc vat',
  gross:
    'grand total|total gross|gross total|gross amount|total gross amount|total amount with tax|total incl vat|total including vat|total incl tax|total incl|total including tax|total inclusive of gst|total incl gst|total including gst|total inc gst|total inclusive gst|total sales inclusive gst|total sales inclusive of gst|total sales incl gst|total amt incl gst|total amount incl gst|total amount inclusive gst|total amount including gst|invoice total|total invoice|total for this invoice|total amount incl vat|amount incl vat|total inc vat|total inc tax|total with tax|invoice amount|total invoice amount|order total|total at checkout|rounded total|total rounded|total after rounding|round total|nett total|net total payable|total after tax|total with vat|invoice total with vat|total rm|total usd|total eur|total in eur|total in usd|bruttobetrag|brutto betrag|bruttosumme|summe brutto|brutto|gesamtbetrag brutto|gesamtbetrag inkl mwst|gesamt brutto|brutto gesamt|gesamtsumme|gesamtsumme brutto|endbetrag|endsumme|rechnungsbetrag|rechnungsbetrag brutto|rechnungsendbetrag|rechnungssumme|rechnungssumme brutto|rechnungssumme inkl ust|summe inkl ust|summe inkl mwst|summe inkl umsatzsteuer|rechnungsbetrag inkl mwst|gesamtbetrag mit umsatzsteuer|rechnungsbetrag mit umsatzsteuer|rechnungsbetrag inkl umsatzsteuer|gesamtbetrag inkl ust|total brutto|summe gesamt|zu zahlen gesamt|gesamtpreis|bruttosumme gesamt|gesamtbetrag inkl umsatzsteuer|total ttc|montant ttc|montant total ttc|total toutes taxes comprises|montant eur ttc|total eur ttc|total facture|total general|ttc|prix ttc|total facture ttc|montant total|total factura|importe total|total con iva|total iva incluido|total euros|importe total factura|totale fattura|totale documento|totale iva inclusa|totale ivato|totale complessivo|totale euro|importo totale|totale a pagare|totaal incl btw|totaal inclusief btw|bedrag incl btw|totaalbedrag|factuurbedrag|totaal factuur|te betalen|totaal te betalen|totaal incl|bedrag inclusief btw|total com iva|total a pagar|valor total|total da fatura|total documento|wartosc brutto|razem brutto|suma brutto|kwota brutto|do zaplaty|razem do zaplaty|total price|kwota do zaplaty',
  total:
    'total|totals|total amount|total amt|total bill|bill total|total sales|total sale|sales total|net sale|amount|total value|ttl|tl|gesamt|gesamtbetrag|gesamtbetrage|betrag|summe eur|total eur betrag|totaux|montant|total general|totale|importo|importe|totaal|bedrag|valor|total geral|razem|suma|ogolem|wartosc',
  due: 'amount due|balance due|total due|amount payable|total payable|payable|net payable|total to pay|amount to pay|to pay|balance|please pay|due amount|total amount due|total amount payable|pay this amount|total amt payable|amt payable|total rm payable|amt due|outstanding|outstanding amount|outstanding balance|zahlbetrag|zu zahlen|zu zahlender betrag|offener betrag|ausstehender betrag|falliger betrag|forderungsbetrag|restbetrag|net a payer|net a payer ttc|solde a payer|reste a payer|montant a payer|somme a payer|a payer|solde du|montant du|total a pagar|importe a pagar|a pagar|saldo pendiente|netto a pagare|da pagare|saldo|totale dovuto|openstaand bedrag|te voldoen|openstaand|saldo devedor|pozostalo do zaplaty',
  taxBase:
    'tax base|taxable amount|taxable|base amount|taxable value|net base|steuerbasis|bemessungsgrundlage|steuerbasisbetrag|basisbetrag|base ht|base tva|base|base imposable|grundlage|maatstaf|grondslag|base di calcolo|podstawa|aus|von|auf|amt rm|goods amount|gst summary|tax summary|gst analysis|vat breakdown|tax breakdown|umsatzsteueraufschlusselung|mwst aufschlusselung|steueraufschlusselung|desglose|riepilogo iva|btw specificatie|incidencia iva',
  notTotal:
    'previous balance|previous unpaid balance|balance brought forward|brought forward|carried forward|carry forward|opening balance|unpaid balance|total qty|total quantity|total items|total item|total no of items|item count|items|qty|no of items|total discount|total savings|total saving|you saved|savings|credit|credits|credit limit|total charges and allowances|points|point|points balance|total points|ubertrag|saldovortrag|altsaldo|alter saldo|anzahl|ihr vorteil|sie sparen|gesamtrabatt|report|a reporter|ancien solde|solde anterieur|total remise|quantite totale|saldo anterior|saldo precedente|riporto|vorig saldo|z przeniesienia|capital|au capital de|sarl au capital de|sas au capital de|stammkapital|minimum order|franco de port|penalite|indemnite forfaitaire|indemnite forfaitaire de recouvrement|loan amount|suggested tip|tip guide|exchange rate|total number of items|total sold|sold items|regular price|unit price|price|rate|interest|late fee|deposit required|verzugszinsen|mahngebuhr|kaution|gst charged rate|skonto|skontobetrag|zahlbetrag bei skonto|discount amount if paid|umsatzsteuer auf',
  prepaid:
    'already paid|erhaltene anzahlungen|erhaltene anzahlung|anzahlungen|bereits geleistete zahlungen|vorausgezahlter betrag|vorauszahlungen|total prepaid|paid|amount paid|paid amount|less paid|payment received|payments|prepaid|prepayment|deposit|down payment|advance payment|total paid|payment|paid with|paid with card|credits applied|bereits bezahlt|bereits gezahlt|anzahlung|geleistete anzahlung|abzgl anzahlung|gezahlt|bezahlt|vorauszahlung|abschlagszahlung|abzuglich anzahlung|acompte|acomptes|deja paye|deja regle|acompte verse|regle|montant regle|anticipo|pagado|a cuenta|acconto|gia pagato|pagato|aanbetaling|reeds betaald|betaald|voldaan|sinal|ja pago|pago|zaliczka|zaplacono',
  discount:
    'discount|less discount|trade discount|allowance|allowances|allowances amount|rebate|discounts|promo|voucher|coupon|rabatt|nachlass|sondernachlass|abzgl|abzuglich|abschlag|abschlage|summe der abschlage|summe nachlasse|remise|rabais|escompte|reduction|ristourne|descuento|dto|sconto|sconti|abbuono|korting|desconto|rabat|upust',
  charge:
    'shipping|shipping and handling|shipping handling|freight|freight costs|freight charge|delivery charge|delivery fee|handling|postage|postage and packing|carriage|surcharge|charges amount|service charge|serv charge|svc charge|svc chg|serv chg|versand|versandkosten|fracht|frachtkosten|porto|verpackung|zuschlag|zuschlage|summe der zuschlage|summe zuschlage|frais de port|port|livraison frais|frais de livraison|transport|gastos de envio|portes|envio|spese di spedizione|spedizione|trasporto|verzendkosten|portes de envio|koszty wysylki|przesylka|rounding|rounding adj|rounding adjustment|rounding adjust|rundung|arrondi|redondeo|arrotondamento|afronding|zaokraglenie|service chg',
  tip: 'tip|tips|gratuity|trinkgeld|pourboire|propina|mancia|fooi|napiwek',
  tendered:
    'cash|change|change due|tendered|cash tendered|amount tendered|amounts tendered|amount tender|total tendered|cash tend|card|visa|mastercard|amex|credit card|debit card|debit|eft|cash received|paid cash|paid by|bar|gegeben|ruckgeld|wechselgeld|zuruck|ec karte|girocard|kartenzahlung|rendu|especes|carte bancaire|cb|efectivo|cambio|tarjeta|entregado|contanti|resto|carta|bancomat|wisselgeld|contant|pin|dinheiro|troco|cartao|gotowka|reszta|karta|credit|us debit|debit tend|visa tend|mcard|amount received|received|payment amt|account balance|cash change',
  taxId:
    'vat|vat no|vat number|vat id|vat reg no|vat reg|vat registration no|vat registration number|vat id no|tax id|tax id no|tax no|tax number|tax identification number|ein|federal tax id|gst no|gst reg no|gst id|gst id no|gst registration no|gst number|gst|gstin|gstin no|abn|acn|tin|trn|pan|bn|busn no|hst no|ust id|ust idnr|ust id nr|ustid|ustidnr|ust identnr|ust ident nr|umsatzsteuer id|umsatzsteueridentifikationsnummer|umsatzsteuer identifikationsnummer|umsatzsteuer identnummer|uid|uid nr|mwst nr|steuernummer|steuer nr|st nr|steuernr|tva|n tva|no tva|numero tva|numero de tva|n de tva|tva intracommunautaire|n tva intracommunautaire|numero de tva intracommunautaire|n de tva intra communautaire|tva intracom|code tva|cif|nif|cif nif|n i f|c i f|dni|p iva|partita iva|p i|codice fiscale|c f|cod fisc|btw|btw nr|btw nummer|btw id|btw nr nl|vat nummer|contribuinte|nif contribuinte|nipc|nip|nip ue|vat consol busn no|vat id consol busn no|identificador fiscal|moms nr|cvr|cvr nr|organisationsnummer|org nr',
  iban: 'iban|iban nr|iban no|iban number|iban code',
  buyer:
    'bill to|billed to|bill to address|billing address|billing to|invoice to|invoiced to|sold to|sold by to|customer|customer name|client|client name|buyer|to|recipient|invoice address|purchased by|invoice recipient|guest name|account holder|invoicing address|invoicing and shipping address|invoice and shipping address|customer address|attention|attn|rechnung an|rechnungsempfanger|rechnungsadresse|rechnungsanschrift|kunde|kundenname|kaufer|kaufer leistungsempfanger|leistungsempfanger|auftraggeber|empfanger|kundenanschrift|an|facture a|adresse de facturation|client facture|destinataire|acheteur|nom de l abonne|titulaire|adresse facturation|facturer a|facturado a|facturar a|cliente|datos del cliente|destinatario|comprador|datos cliente|direccion de facturacion|intestatario|spett le|spettabile|fatturato a|cessionario|cessionario committente|intestato a|factuuradres|factuur aan|klant|afnemer|aan|koper|faturar a|facturado para|exmo s|adquirente|nabywca|odbiorca|kupujacy|platnik',
  shipTo:
    'ship to|shipped to|delivery address|deliver to|shipping address|delivery to|service address|ship from|remit to|remittance address|lieferadresse|lieferanschrift|abweichender warenempfanger|warenempfanger|versandadresse|lieferung an|adresse de livraison|livre a|livraison a|adresse de l installation|direccion de entrega|direccion de envio|enviar a|indirizzo di consegna|destinazione|luogo di consegna|afleveradres|bezorgadres|leveringsadres|morada de entrega|local de entrega|adres dostawy|buyer requisitionner|requisitioner',
  supplier:
    'from|seller|supplier|vendor|issued by|sold by|service provider|provided by|product s provided by|products provided by|merchant|invoice from|billed by|payee|beneficiary|account name|make checks payable to|make all checks payable to|cheque payable to|pay to|rechnungsersteller|rechnungssteller|verkaufer|lieferant|leistungserbringer|absender|kontoinhaber|aussteller|vendeur|fournisseur|emetteur|prestataire|titulaire du compte|expediteur|vendedor|proveedor|emisor|datos del emisor|fornitore|cedente|cedente prestatore|emittente|venditore|prestatore|leverancier|verkoper|fornecedor|emitente|sprzedawca|wystawca|dostawca',
};

const exactPhrases = buildPhrases();

function buildPhrases(): ReadonlyMap<string, readonly LabelKind[]> {
  const all = new Map<string, LabelKind[]>();
  const enter = (phrase: string, kind: LabelKind): void => {
    const known = all.get(phrase);
    if (known === undefined) all.set(phrase, [kind]);
    else if (!known.includes(kind)) known.push(kind);
  };
  for (const [kind, phrases] of Object.entries(kinds)) {
    for (const phrase of phrases.split('|').filter((text) => text !== '')) enter(phrase, kind as LabelKind);
  }
  for (const [nouns, kind] of [
    [invoiceNouns, 'invoiceNumber'],
    [orderNouns, 'orderNumber'],
  ] as const) {
    for (const noun of nouns.split('|').flatMap((text) => (text.startsWith('*') ? [text, text.slice(1)] : [text]))) {
      for (const word of numberWords) enter(word === '' ? noun : `${noun} ${word}`, kind);
    }
  }
  return all;
}

/** Every word of five letters or more that labels are made of. */
export const labelWords: ReadonlySet<string> = new Set(
  [...exactPhrases.keys()].flatMap((phrase) => phrase.replaceAll('*', '').split(' ')).filter((word) => word.length >= 5),
);

interface Node {
  readonly next: Map<string, Node>;
  kinds: readonly LabelKind[];
}

/** Ends of compounds: `Mietrechnung` is read as `*rechnung`. */
const compoundEnds: readonly string[] = [
  ...new Set([...exactPhrases.keys()].flatMap((phrase) => phrase.split(' ').filter((word) => word.startsWith('*')))),
].map((word) => word.slice(1));
const root = buildTree();

function buildTree(): Node {
  const top: Node = { next: new Map(), kinds: [] };
  for (const [phrase, phraseKinds] of exactPhrases) {
    let node = top;
    for (const word of phrase.split(' ')) {
      const child = node.next.get(word) ?? { next: new Map(), kinds: [] };
      node.next.set(word, child);
      node = child;
    }
    node.kinds = phraseKinds;
  }
  return top;
}

export interface PhraseMatch {
  readonly kinds: readonly LabelKind[];
  readonly start: number;
  readonly end: number;
  /** How many words the phrase has: the more, the surer. */
  readonly words: number;
}

/** All label phrases in a folded text, the longest at each place, not overlapping. */
export function findPhrases(folded: string): PhraseMatch[] {
  const tokens = [...folded.matchAll(/[a-z0-9_]+/g)].map((match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
  const found: PhraseMatch[] = [];
  for (let index = 0; index < tokens.length;) {
    const match = longestFrom(tokens, index);
    if (match === null) index += 1;
    else {
      found.push(match);
      index += match.words;
    }
  }
  return found;
}

function longestFrom(tokens: readonly { text: string; start: number; end: number }[], from: number): PhraseMatch | null {
  let nodes: Node[] = [root];
  let best: PhraseMatch | null = null;
  for (let index = from; index < tokens.length && nodes.length > 0; index += 1) {
    const token = tokens[index];
    if (token === undefined) break;
    nodes = nodes.flatMap((node) => childrenFor(node, token.text));
    const kinds = nodes.flatMap((node) => node.kinds);
    if (kinds.length > 0) best = { kinds: [...new Set(kinds)], start: tokens[from]?.start ?? 0, end: token.end, words: index - from + 1 };
  }
  return best;
}

function childrenFor(node: Node, word: string): Node[] {
  const children: Node[] = [];
  const exact = node.next.get(word);
  if (exact !== undefined) children.push(exact);
  if (word.length < 8) return children;
  for (const end of compoundEnds) {
    const compound = word.endsWith(end) && word !== end ? node.next.get(`*${end}`) : undefined;
    if (compound !== undefined) children.push(compound);
  }
  return children;
}
