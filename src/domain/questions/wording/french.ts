import type { Wording } from './wording.ts';

export const french: Wording = {
  subject: ({ invoice, order }) => `Question sur la facture ${invoice}${order === null ? '' : `, commande ${order}`}`,
  greeting: (name) => `Bonjour ${name},`,
  opening: {
    supplier: ({ invoice, issuedOn, order }) =>
      `nous avons une question sur votre facture ${invoice}${issuedOn === null ? '' : ` du ${issuedOn}`}${order === null ? '' : `, pour notre commande ${order}`} :`,
    inside: ({ invoice, issuedOn, order, supplier }) =>
      `la facture ${invoice} de ${supplier}${issuedOn === null ? '' : ` du ${issuedOn}`} attend une réponse de votre part${order === null ? '' : ` (commande ${order})`} :`,
  },
  line: (position) => `Ligne ${position}`,
  expected: {
    price: 'commandé à',
    quantity: 'commandé',
    receipt: 'reçu',
    item: 'commandé',
    order: 'attendu',
    duplicate: 'déjà connue',
    total: 'attendu',
  },
  found: 'facturé',
  difference: 'différence',
  asks: {
    price: {
      supplier:
        'Le prix facturé est-il juste ? Si oui, merci de nous dire pourquoi. Sinon, merci de nous envoyer une facture corrigée ou un avoir, et de nous dire pour quand.',
      inside:
        'Ce prix était-il convenu ? Merci de répondre si nous l’acceptons, si la commande est à modifier ou si la facture est à refuser.',
    },
    quantity: {
      supplier:
        'La quantité facturée est-elle juste ? Sinon, merci de nous envoyer une facture corrigée ou un avoir, et de nous dire pour quand.',
      inside:
        'Cette quantité est-elle juste ? Merci de répondre si nous l’acceptons, si la commande est à modifier ou si la facture est à refuser.',
    },
    receipt: {
      supplier:
        'Nous n’avons pas encore enregistré la réception de toute cette marchandise. Quand a-t-elle été livrée, ou quand arrive-t-elle ?',
      inside: 'Toute cette marchandise est-elle arrivée ? Merci d’enregistrer la réception, ou de répondre ce qui manque.',
    },
    item: {
      supplier: 'Nous ne trouvons pas cette ligne dans notre commande. À quoi correspond-elle, et qui l’a commandée ?',
      inside:
        'Nous ne trouvons pas cette ligne dans la commande. L’avez-vous commandée ? Merci de répondre si nous l’acceptons ou si la facture est à refuser.',
    },
    order: {
      supplier: 'À quelle commande correspond-elle, et qui l’a passée ?',
      inside: 'À quelle commande correspond-elle ? Merci de répondre si nous l’acceptons ou la refusons.',
    },
    duplicate: {
      supplier:
        'Elle ressemble à une facture que nous avons déjà. Est-ce la même, que nous pouvons mettre de côté, ou une autre livraison ?',
      inside: 'Elle ressemble à une facture que nous avons déjà. Est-ce la même ou une autre livraison ?',
    },
    total: {
      supplier:
        'Ces montants ne concordent pas. Merci de vérifier la facture et de nous en envoyer une corrigée, ou de nous expliquer ces montants.',
      inside: 'Ces montants ne concordent pas. Merci de répondre si nous acceptons la facture ou la refusons.',
    },
  },
  closing: 'D’ici là, la facture reste en attente. Merci de répondre à ce message sans changer son objet.',
  reminder: (askedOn) => `nous vous avons écrit le ${askedOn} et n’avons pas encore de réponse. Pouvons-nous vous la demander ?`,
  signOff: 'Cordialement',
  byItself: 'Cette question a été rédigée et envoyée par notre logiciel. Une personne lira votre réponse.',
  day: (day) => day.split('-').toReversed().join('/'),
  thousands: '\u00a0',
  point: ',',
  units: {
    piece: 'pièce',
    pieces: 'pièces',
    hour: 'heure',
    hours: 'heures',
    day: 'jour',
    days: 'jours',
    month: 'mois',
    months: 'mois',
    box: 'boîte',
    boxes: 'boîtes',
    pack: 'paquet',
    packs: 'paquets',
    carton: 'carton',
    cartons: 'cartons',
    roll: 'rouleau',
    rolls: 'rouleaux',
    set: 'jeu',
    sets: 'jeux',
    bag: 'sac',
    bags: 'sacs',
    pallet: 'palette',
    pallets: 'palettes',
    dozen: 'douzaine',
    pair: 'paire',
    pairs: 'paires',
    at: 'à',
    per: 'par',
  },
};
