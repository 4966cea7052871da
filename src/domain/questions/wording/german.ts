import type { Wording } from './wording.ts';

export const german: Wording = {
  subject: ({ invoice, order }) => `Rückfrage zur Rechnung ${invoice}${order === null ? '' : `, Bestellung ${order}`}`,
  greeting: (name) => `Guten Tag ${name},`,
  opening: {
    supplier: ({ invoice, issuedOn, order }) =>
      `wir haben eine Frage zu Ihrer Rechnung ${invoice}${issuedOn === null ? '' : ` vom ${issuedOn}`}${order === null ? '' : ` zu unserer Bestellung ${order}`}:`,
    inside: ({ invoice, issuedOn, order, supplier }) =>
      `die Rechnung ${invoice} von ${supplier}${issuedOn === null ? '' : ` vom ${issuedOn}`} wartet auf eine Antwort von Ihnen${order === null ? '' : ` (Bestellung ${order})`}:`,
  },
  line: (position) => `Position ${position}`,
  expected: {
    price: 'bestellt zu',
    quantity: 'bestellt',
    receipt: 'eingegangen',
    item: 'bestellt',
    order: 'erwartet',
    duplicate: 'schon bekannt',
    total: 'erwartet',
  },
  found: 'berechnet',
  difference: 'Differenz',
  asks: {
    price: {
      supplier:
        'Ist der berechnete Preis richtig? Wenn ja, nennen Sie uns bitte den Grund. Wenn nicht, senden Sie uns bitte eine korrigierte Rechnung oder eine Gutschrift und schreiben Sie uns, bis wann.',
      inside:
        'War dieser Preis vereinbart? Bitte antworten Sie, ob wir ihn annehmen, ob die Bestellung zu ändern oder die Rechnung abzulehnen ist.',
    },
    quantity: {
      supplier:
        'Ist die berechnete Menge richtig? Wenn nicht, senden Sie uns bitte eine korrigierte Rechnung oder eine Gutschrift und schreiben Sie uns, bis wann.',
      inside:
        'Ist diese Menge richtig? Bitte antworten Sie, ob wir sie annehmen, ob die Bestellung zu ändern oder die Rechnung abzulehnen ist.',
    },
    receipt: {
      supplier: 'Wir haben diese Ware noch nicht ganz als eingegangen gebucht. Wann wurde sie geliefert, oder wann kommt sie?',
      inside: 'Ist diese Ware ganz angekommen? Bitte buchen Sie den Eingang, oder antworten Sie, was fehlt.',
    },
    item: {
      supplier: 'Wir finden diese Position nicht in unserer Bestellung. Wofür ist sie, und wer hat sie bestellt?',
      inside:
        'Wir finden diese Position nicht in der Bestellung. Haben Sie sie bestellt? Bitte antworten Sie, ob wir sie annehmen oder die Rechnung ablehnen.',
    },
    order: {
      supplier: 'Zu welcher unserer Bestellungen gehört sie, und wer hat bestellt?',
      inside: 'Zu welcher Bestellung gehört sie? Bitte antworten Sie, ob wir sie annehmen oder ablehnen.',
    },
    duplicate: {
      supplier:
        'Sie gleicht einer, die wir schon haben. Ist es dieselbe, so dass wir diese beiseitelegen dürfen, oder eine andere Lieferung?',
      inside: 'Sie gleicht einer, die wir schon haben. Ist es dieselbe oder eine andere Lieferung?',
    },
    total: {
      supplier:
        'Diese Beträge passen nicht zusammen. Bitte prüfen Sie die Rechnung und senden Sie uns eine korrigierte, oder schreiben Sie uns, wie sie zustande kommen.',
      inside: 'Diese Beträge passen nicht zusammen. Bitte antworten Sie, ob wir die Rechnung annehmen oder ablehnen.',
    },
  },
  closing: 'Bis dahin wartet die Rechnung. Bitte antworten Sie auf diese Mail und lassen Sie den Betreff so, wie er ist.',
  reminder: (askedOn) => `wir haben Sie am ${askedOn} gefragt und noch keine Antwort. Dürfen wir darum bitten?`,
  signOff: 'Freundliche Grüße',
  byItself: 'Diese Frage hat unsere Software geschrieben und gesendet. Ihre Antwort liest ein Mensch.',
  day: (day) => day.split('-').toReversed().join('.'),
  thousands: '.',
  point: ',',
  units: {
    piece: 'Stück',
    pieces: 'Stück',
    litre: 'Liter',
    litres: 'Liter',
    hour: 'Stunde',
    hours: 'Stunden',
    day: 'Tag',
    days: 'Tage',
    month: 'Monat',
    months: 'Monate',
    box: 'Karton',
    boxes: 'Kartons',
    pack: 'Packung',
    packs: 'Packungen',
    carton: 'Karton',
    cartons: 'Kartons',
    roll: 'Rolle',
    rolls: 'Rollen',
    set: 'Satz',
    sets: 'Sätze',
    bag: 'Beutel',
    bags: 'Beutel',
    pallet: 'Palette',
    pallets: 'Paletten',
    dozen: 'Dutzend',
    pair: 'Paar',
    pairs: 'Paar',
    at: 'zu',
    per: 'je',
  },
};
