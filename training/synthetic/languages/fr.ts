import type { Vocabulary } from '../vocabulary.ts';

export const fr: Vocabulary = {
  language: 'fr',
  titles: {
    invoice: "Facture|FACTURE|Facture client|Facture de vente|Facture d'acompte|Note d'honoraires|Facture n°",
    credit: "Avoir|AVOIR|Facture d'avoir|Note de crédit|Avoir client",
    receipt: 'Ticket|Reçu|Ticket de caisse|Note|Justificatif',
  },
  labels: {
    number:
      'Facture n°|Numéro de facture|N° facture|Facture N°|Référence facture|N° de pièce|Notre facture|Pièce n°|N° de document|Fact. n°|Numéro|Réf. facture',
    creditNumber: "Avoir n°|N° d'avoir|Numéro d'avoir|N° de pièce|Note de crédit n°",
    issued:
      "Date de facture|Date|Date de facturation|Date d'émission|Émise le|Le|Date facture|En date du|Établie le|Date de la pièce|Facturé le",
    due: "Échéance|Date d'échéance|À régler avant le|Payable le|Date limite de paiement|Règlement au plus tard le|À payer avant le|Échéance le|Date de règlement|Exigible le",
    delivered: 'Date de livraison|Livré le|Date de prestation|Expédié le|Date de la vente',
    ordered: 'Date de commande|Commande du|Votre commande du|Commandé le',
    period: 'Période|Période de facturation|Pour la période',
    purchaseOrder:
      'Votre commande|N° de commande|Bon de commande|Votre réf. commande|Commande client|Référence commande|BC n°|Votre n° de commande|Commande n°',
    salesOrder: 'Notre référence|N° dossier|Affaire|Notre commande|Dossier|Chantier',
    customer: 'N° client|Code client|Référence client|Compte client|Numéro client|Client n°|Identifiant client',
    deliveryNote: 'Bon de livraison|BL n°|N° BL|Bordereau',
    contract: 'Contrat|N° contrat|Contrat n°|Abonnement',
    project: 'Projet|Objet|Chantier|Affaire suivie',
    yourReference: 'Vos références|Votre réf.|Votre référence|Votre contact',
    creditsInvoice: 'Facture origine|Sur facture|Annule la facture|Relatif à la facture',
    contact: 'Contact|Votre interlocuteur|Suivi par|Commercial|Vendeur',
    phone: 'Tél.|Téléphone|Tel|Tél',
    mail: 'E-mail|Courriel|Mail|Mél',
    web: 'Site|Site web|www|Internet',
    vatId: 'N° TVA|TVA intracommunautaire|N° TVA intracom.|Numéro de TVA|TVA intra|N° TVA CEE|Id. TVA',
    taxNumber: 'SIRET|SIREN|RCS|N° SIRET',
    buyerVatId: 'TVA client|Votre n° TVA|N° TVA du client',
    iban: 'IBAN|Code IBAN|Compte IBAN|N° IBAN',
    bic: 'BIC|SWIFT|Code BIC|BIC-SWIFT',
    bank: 'Banque|Domiciliation|Coordonnées bancaires|RIB',
    holder: 'Titulaire|Titulaire du compte|Bénéficiaire',
    billTo: 'Facturé à|Client|Adresse de facturation|Destinataire|Facturer à|Doit|Acheteur|Adressé à|Société cliente',
    shipTo: 'Adresse de livraison|Livré à|Lieu de livraison|Livraison',
    seller: 'Émetteur|Vendeur|Fournisseur|Prestataire|De|Société',
    net: 'Total HT|Montant HT|Sous-total|Total net HT|Net HT|Base HT|Total hors taxes|Montant total HT|Somme HT|Total H.T.|Net commercial',
    tax: 'TVA {rate} %|TVA ({rate}%)|T.V.A. {rate} %|Montant TVA {rate} %|TVA à {rate} %|Dont TVA {rate} %|Taxe {rate} %',
    taxBase: 'sur {base}|base {base}|de {base}',
    gross:
      'Total TTC|Montant TTC|Total|Total général|Total à payer TTC|Montant total TTC|Total T.T.C.|Total facture|TTC|Total toutes taxes comprises|Net TTC',
    asked: 'Net à payer|Reste à payer|À payer|Solde à régler|Montant dû|Solde dû|Restant dû|Net à régler',
    prepaid: 'Acompte|Acompte versé|Déjà réglé|Acomptes reçus|Règlement reçu|Payé',
    oldBalance: 'Ancien solde|Solde antérieur|Report à nouveau|Solde précédent',
    shipping: 'Frais de port|Port|Transport|Livraison|Frais de livraison|Participation transport',
    discount: 'Remise|Remise commerciale|Escompte|Rabais|Remise globale',
    subtotal: 'Sous-total|Total {group}|Sous total',
    terms: 'Conditions de règlement|Mode de règlement|Modalités de paiement|Règlement',
    carriedOut: 'À reporter|Report page suivante|Total à reporter',
    carriedIn: 'Report|Report page précédente',
    page: 'Page {page} sur {pages}|Page {page}/{pages}|{page}/{pages}',
    cash: 'Espèces|CB|Carte bancaire|ESPECES|Carte',
    change: 'Rendu|Monnaie rendue|A rendre',
    till: 'Caisse|Ticket n°|Vendeur|Table|Magasin',
  },
  columns: {
    position: 'N°|Pos.|Ligne|#|Item',
    code: 'Référence|Réf.|Code|Code article|Article|Réf. produit|Code produit',
    description: 'Désignation|Description|Libellé|Produit|Prestation|Désignation des articles|Intitulé|Détail|Nature des travaux',
    quantity: 'Qté|Quantité|Qte|Nb|Heures|Nombre|Qté livrée|Q.',
    unit: 'Unité|U|Un.|Unité de mesure|Cond.',
    price: 'Prix unitaire|P.U. HT|PU HT|Prix unit.|P.U.|PU|Prix HT|Tarif|Prix unitaire HT|Prix de base',
    discount: 'Remise|Rem. %|Rem.|% Rem|Remise %',
    rate: 'TVA|TVA %|Taux TVA|Taux|Tx TVA',
    net: 'Montant HT|Total HT|Montant|Total|Prix total|Montant H.T.|Total ligne HT|Total net|Valeur',
    grossPrice: 'Prix TTC|PU TTC|P.U. TTC',
    gross: 'Montant TTC|Total TTC|TTC',
    date: 'Date|Jour|Date prestation',
  },
  openings:
    'Madame, Monsieur, veuillez trouver ci-dessous le détail de nos prestations.|Nous vous remercions de votre commande et vous facturons :|Suite à votre commande, nous vous prions de trouver ci-après notre facture.|Selon devis accepté, nous facturons :',
  sentences:
    'Facture {number} du {date}|Facture n° {number} du {date}|Notre facture {number} en date du {date}|Facture N° {number} - {date}',
  dueSentences:
    'Merci de régler cette facture avant le {due}.|Payable au plus tard le {due}.|Règlement par virement à échéance du {due}.|À régler le {due}, sans escompte.|Échéance : {due}',
  termsSentences:
    'Paiement à {days} jours.|Règlement à {days} jours net.|Payable à {days} jours date de facture.|Conditions : {days} jours fin de mois.',
  closings:
    "Pas d'escompte pour paiement anticipé.|Indemnité forfaitaire pour frais de recouvrement : 40 €|Avec nos remerciements|Nous restons à votre disposition.|Clause de réserve de propriété : loi du 12 mai 1980.|Veuillez rappeler le numéro de facture lors du règlement.",
  months: 'janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre',
  shortMonths: 'janv.|févr.|mars|avr.|mai|juin|juil.|août|sept.|oct.|nov.|déc.',
  units: 'u|pce|h|kg|m|lot|jour|boîte|ml|l',
  goods:
    "Vis inox M8 x 40|Maintenance du site internet|Fauteuil de bureau Confort|Conseil et assistance|Flexible hydraulique 12 mm|Papier A4 80 g|Licence logicielle annuelle|Transport et manutention|Gants de protection nitrile|Nettoyage des bureaux|Dalle LED 60 x 60|Formation, une journée|Stylos bille bleus|Chemin de câbles 200 mm|Tomates grappe|Café en grains|Gestion de projet|Béton C25/30|Traduction FR-EN|Hébergement serveur|Palette bois|Location d'échafaudage|Peinture blanche mate 10 l|Réparation de la chaudière|Reportage photo|Cartouche filtrante HX-4|Sauvegarde des données|Impression de brochures|Commutateur 24 ports|Huile d'olive 75 cl",
  details:
    'livraison et pose comprises|selon devis|n° de série {id}|bon de livraison {id}|lot {id}, coloris anthracite|conforme à la norme EN 10204|bâtiment principal, 2e étage|origine : Pologne|code douanier 8471 30 00|hors frais de dossier',
  groups: "Fournitures|Main d'œuvre|Prestations|Divers|Lot 1|Lot 2|Matériel",
};
