import type { Vocabulary } from '../vocabulary.ts';

export const de: Vocabulary = {
  language: 'de',
  titles: {
    invoice: 'Rechnung|RECHNUNG|Rechnung / Invoice|Honorarrechnung|Schlussrechnung|Faktura|Abrechnung|Lieferrechnung|R E C H N U N G',
    credit: 'Gutschrift|GUTSCHRIFT|Rechnungskorrektur|Stornorechnung|Kaufmännische Gutschrift|Korrekturrechnung',
    receipt: 'Quittung|Kassenbon|Kassenbeleg|Rechnung|Bewirtungsrechnung|Kundenbeleg',
  },
  labels: {
    number:
      'Rechnungsnummer|Rechnungs-Nr.|Rechnung Nr.|Re.-Nr.|Belegnummer|Beleg-Nr.|Rechnungsnr.|RE-Nummer|Faktura-Nr.|Rg.-Nr.|Unsere Rechnung|Dokumentnummer|Fakturanummer|Vorgangs-Nr.|RgNr',
    creditNumber: 'Gutschriftsnummer|Gutschrift Nr.|Belegnummer|Gutschrift-Nr.|Korrekturbeleg Nr.|Storno-Nr.',
    issued:
      'Rechnungsdatum|Datum|Belegdatum|Ausstellungsdatum|Rechnung vom|Re.-Datum|Ausgestellt am|Fakturadatum|Rg.-Datum|vom|Dokumentdatum|Erstellt am',
    due: 'Fällig am|Zahlbar bis|Fälligkeit|Fälligkeitsdatum|Zahlungsziel|Zu zahlen bis|Zahlungstermin|Spätestens zahlbar am|Fällig|Valuta|Nettofälligkeit',
    delivered: 'Lieferdatum|Leistungsdatum|Liefertag|Datum der Lieferung|Geliefert am|Leistung vom|Versanddatum|Ausgeführt am',
    ordered: 'Bestelldatum|Auftragsdatum|Ihre Bestellung vom|Bestellt am|Auftrag vom',
    period: 'Leistungszeitraum|Abrechnungszeitraum|Zeitraum|Abrechnungsmonat',
    purchaseOrder:
      'Ihre Bestellnummer|Bestell-Nr.|Ihre Bestellung|Bestellnummer|Bestellung Nr.|Ihre Best.-Nr.|Kundenbestellnummer|Ihre Auftragsnummer|Bestellreferenz|Best.-Nr. Kunde|Ihre Order',
    salesOrder: 'Auftragsnummer|Auftrag|Auftrags-Nr.|Unser Auftrag|Unser Zeichen|Vorgang|AB-Nr.|Kommission',
    customer: 'Kundennummer|Kunden-Nr.|Kd.-Nr.|Ihre Kundennummer|Debitor|Debitorennummer|Kundenkonto|Kd-Nr',
    deliveryNote: 'Lieferschein|Lieferschein-Nr.|Lieferscheinnummer|LS-Nr.|Warenausgang',
    contract: 'Vertragsnummer|Vertrag|Vertrags-Nr.|Rahmenvertrag|Vertragskonto',
    project: 'Projekt|Objekt|Baustelle|Kostenstelle|Bauvorhaben',
    yourReference: 'Ihr Zeichen|Ihre Nachricht|Ihre Referenz|Besteller|z. Hd.',
    creditsInvoice: 'zur Rechnung|Ursprungsrechnung|Bezug Rechnung|Storno zu Rechnung',
    contact: 'Ansprechpartner|Bearbeiter|Sachbearbeiter|Ihr Kontakt|Betreuer|Es schreibt Ihnen',
    phone: 'Telefon|Tel.|Fon|Durchwahl|T',
    mail: 'E-Mail|Mail|E-mail|Email',
    web: 'Internet|Web|www|Homepage',
    vatId: 'USt-IdNr.|USt-ID|UID|Umsatzsteuer-ID|USt.-Id.-Nr.|Umsatzsteuer-Identifikationsnummer|UStID|Ust-Id-Nr',
    taxNumber: 'Steuernummer|St.-Nr.|Steuer-Nr.|StNr.|Finanzamt-Nr.',
    buyerVatId: 'Ihre USt-IdNr.|USt-ID Kunde|Ihre UID|Kunden-UStID',
    iban: 'IBAN|IBAN-Nr.|Konto (IBAN)|Bankverbindung IBAN',
    bic: 'BIC|SWIFT|BIC/SWIFT|SWIFT-BIC',
    bank: 'Bank|Bankverbindung|Kreditinstitut|Hausbank',
    holder: 'Kontoinhaber|Zahlungsempfänger|Empfänger',
    billTo: 'Rechnung an|Rechnungsempfänger|Rechnungsanschrift|Kunde|Auftraggeber|Leistungsempfänger|Käufer|Rechnungsadresse|Besteller',
    shipTo: 'Lieferadresse|Lieferanschrift|Warenempfänger|Lieferung an|Versand an|Abladestelle',
    seller: 'Verkäufer|Lieferant|Leistungserbringer|Rechnungssteller|Aussteller|Absender|Auftragnehmer',
    net: 'Nettobetrag|Summe netto|Zwischensumme|Netto|Gesamt netto|Warenwert|Nettosumme|Summe Positionen|Rechnungsbetrag netto|Entgelt|Betrag ohne MwSt.|Nettogesamtbetrag|Summe exkl. USt.',
    tax: 'MwSt. {rate} %|USt. {rate}%|zzgl. {rate} % MwSt.|{rate} % Umsatzsteuer|Mehrwertsteuer {rate} %|zzgl. USt {rate} %|+ {rate}% MwSt|Umsatzsteuer ({rate} %)|USt-Betrag {rate} %',
    taxBase: 'auf {base}|von {base}|aus {base}',
    gross:
      'Gesamtbetrag|Rechnungsbetrag|Bruttobetrag|Gesamtsumme|Endbetrag|Summe brutto|Gesamt brutto|Total|Endsumme|Rechnungssumme|Gesamt|Rechnungsendbetrag|Brutto|Gesamtbetrag inkl. USt.|Summe inkl. MwSt.',
    asked: 'Zahlbetrag|Zu zahlen|Noch zu zahlen|Offener Betrag|Restbetrag|Fälliger Betrag|Bitte überweisen Sie|Zahllast',
    prepaid: 'Bereits gezahlt|Abzgl. Anzahlung|Geleistete Anzahlung|Vorauszahlung|Abschlag vom {date}|Bezahlt|Erhaltene Zahlungen',
    oldBalance: 'Alter Saldo|Saldovortrag|Offene Posten|Kontostand vor dieser Rechnung',
    shipping: 'Versandkosten|Fracht|Porto und Verpackung|Transportkosten|Frachtanteil|Versand',
    discount: 'Rabatt|Nachlass|Treuerabatt|abzgl. Rabatt|Sonderrabatt|Mengenrabatt',
    subtotal: 'Zwischensumme|Summe {group}|Titelsumme|Gesamt {group}',
    terms: 'Zahlungsbedingungen|Zahlungskonditionen|Zahlungsweise|Konditionen',
    carriedOut: 'Übertrag|Zwischensumme Übertrag|Übertrag auf nächste Seite',
    carriedIn: 'Übertrag|Übertrag von Seite 1|Vortrag',
    page: 'Seite {page} von {pages}|Seite {page}/{pages}|Blatt {page}|S. {page}',
    cash: 'BAR|Bar|EC-Karte|Kartenzahlung|Gegeben|Girocard',
    change: 'Rückgeld|Zurück|Wechselgeld',
    till: 'Kasse|Bon-Nr.|Bediener|Filiale|Beleg|Tisch',
  },
  columns: {
    position: 'Pos.|Pos|Nr.|Position|Lfd. Nr.|#',
    code: 'Art.-Nr.|Artikelnr.|Artikelnummer|Artikel-Nr.|Best.-Nr.|Materialnr.|SKU|Mat.-Nr.|Sachnummer',
    description:
      'Bezeichnung|Beschreibung|Artikel|Leistung|Text|Artikelbezeichnung|Leistungsbeschreibung|Produkt|Warenbezeichnung|Tätigkeit|Gegenstand',
    quantity: 'Menge|Anzahl|Anz.|Stunden|Stück|Stk.|Liefermenge|Menge gel.|Std.',
    unit: 'Einheit|ME|Einh.|EH|Mengeneinheit',
    price: 'Einzelpreis|E-Preis|Preis|EP|Preis/Einheit|Stückpreis|Einzelpreis €|Stundensatz|Preis netto|Einzel|EP netto|Satz',
    discount: 'Rabatt|Rab. %|Rabatt %|Nachlass|Rab.',
    rate: 'MwSt.|USt.|MwSt %|Steuersatz|USt %|St.|Steuer',
    net: 'Gesamtpreis|Betrag|Gesamt|G-Preis|Summe|Netto|Gesamt €|Gesamt netto|GP|Wert|Positionswert|Zeilensumme|Betrag EUR',
    grossPrice: 'Bruttopreis|Preis inkl. MwSt.|Einzelpreis brutto',
    gross: 'Brutto|Gesamt brutto|Betrag inkl. MwSt.|Bruttobetrag',
    date: 'Datum|Tag|Leistungstag|Lieferdatum',
  },
  openings:
    'Sehr geehrte Damen und Herren, für unsere Lieferungen und Leistungen erlauben wir uns zu berechnen:|vielen Dank für Ihren Auftrag. Wir berechnen Ihnen wie folgt:|Gemäß unserem Angebot stellen wir Ihnen in Rechnung:|Wir danken für die gute Zusammenarbeit und berechnen:|Für die Ausführung Ihres Auftrags berechnen wir:',
  sentences:
    'Rechnung {number} vom {date}|Rechnung Nr. {number} vom {date}|Unsere Rechnung Nr. {number} / {date}|Rechnungsnummer {number}, Datum {date}|Rechnung: {number} Datum: {date}',
  dueSentences:
    'Bitte überweisen Sie den Betrag bis zum {due}.|Zahlbar bis {due} ohne Abzug.|Der Rechnungsbetrag ist fällig am {due}.|Wir bitten um Überweisung bis spätestens {due}.|Zahlungsziel: {due}, rein netto.',
  termsSentences:
    'Zahlbar innerhalb von {days} Tagen ohne Abzug.|Zahlungsziel {days} Tage netto.|Zahlbar binnen {days} Tagen rein netto.|Bitte zahlen Sie innerhalb von {days} Tagen nach Erhalt.',
  closings:
    'Mit freundlichen Grüßen|Die Ware bleibt bis zur vollständigen Bezahlung unser Eigentum.|Gerichtsstand ist der Sitz der Gesellschaft.|Es gelten unsere allgemeinen Geschäftsbedingungen.|Bitte geben Sie bei Zahlung Kunden- und Rechnungsnummer an.|Vielen Dank für Ihren Einkauf.',
  months: 'Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember',
  shortMonths: 'Jan|Feb|Mrz|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez',
  units: 'Stk|Std|kg|m|Pck|lfm|h|Psch|Kart|l',
  goods:
    'Sechskantschraube M8 x 40, verzinkt|Montagearbeiten vor Ort|Bürostuhl Komfort|Wartung der Heizungsanlage|Kopierpapier A4 80 g|Softwarepflege Jahresvertrag|Anfahrt und Transport|Schutzhandschuhe Nitril|Unterhaltsreinigung|LED-Panel 60 x 60|Schulung Grundlagen|Kabelkanal 60 x 40|Rispentomaten|Espressobohnen|Projektleitung|Beton C25/30|Übersetzung DE-EN|Server-Hosting|Europalette|Gerüstmiete|Wandfarbe weiß matt 10 l|Reparatur Pumpe|Fotografie halbtags|Filterpatrone HX-4|Datensicherung|Broschürendruck|Netzwerk-Switch 24-Port|Bewirtung|Miete Lagerfläche|Hydraulikschlauch 12 mm',
  details:
    'inkl. Lieferung und Montage|gemäß Angebot|Serien-Nr. {id}|Lieferschein {id}|Charge {id}, Farbe anthrazit|nach DIN EN 10204|für Hauptgebäude, 2. OG|Ursprungsland: Polen|Zolltarifnummer 8471 30 00|zuzüglich Teuerungszuschlag',
  groups: 'Material|Lohn|Dienstleistungen|Zusatzpositionen|Titel 1|Titel 2|Hardware',
};
