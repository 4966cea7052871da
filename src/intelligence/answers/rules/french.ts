import type { AnswerRules } from './answer-rules.ts';

const credit = String.raw`((un|l'|d'|cet|notre|votre|aucun) ?avoir\b|notes? de credit)`;
const gives = String.raw`(envoy\w*|enverr\w*|renvoy\w*|adress\w*|etabli\w*|emett\w*|emis|ferons|faisons|ferai|recevr\w*|recevez|prepar\w*|joint\w*|joins|joignons|transmet\w*|parviendra|suit|suivra|edit\w*|accord\w*|trouverez)`;
const corrected = String.raw`(facture (corrigee|rectifiee|rectificative|modifiee)|nouvelle facture|facture d'annulation)`;
const goods = String.raw`(restante?s?|reste|reliquat|manquante?s?|solde)`;
const moves = String.raw`(livr\w*|exped\w*|part|partent|partira|partiront|arriv\w*|envoy\w*|suivr\w*)`;
const insiders = ['buyer', 'receiver'] as const;

export const french: AnswerRules = {
  evidence: [
    { kind: 'credit-note', says: new RegExp(`\\b${credit}.*\\b${gives}|\\b${gives}.*\\b${credit}`), by: ['supplier'], denied: 'refuses' },
    {
      kind: 'credit-note',
      says: /\b(sera|serez|seront|avons) (\w+ )?(credite|credites|creditee|creditees|rembourse\w*)\b|\b(crediterons|rembourserons|creditons|remboursons)\b/,
      by: ['supplier'],
      denied: 'refuses',
    },
    {
      kind: 'corrected-invoice',
      says: new RegExp(`\\b${gives}.*\\b${corrected}|\\b${corrected}.*\\b${gives}`),
      by: ['supplier'],
      denied: 'refuses',
    },
    {
      kind: 'corrected-invoice',
      says: /\b(annul(ons|e|ee|er|erons)|corrig\w*|rectifi\w*|refaire|refaisons|reemett\w*|modifi\w*) (\w+ )?(cette|la|notre|votre|l'ancienne) ?facture|\bfacture\b.*\b(la refaire|refaite|annulee)\b|\bla refaire\b/,
      by: ['supplier'],
      denied: 'refuses',
    },
    {
      kind: 'corrected-invoice',
      says: /\bfacture\b.*\b(envoyee|emise|facturee) (deux fois|par erreur|en double)\b|\bfacture\b.*\best (annulee|nulle)\b/,
      by: ['supplier'],
    },
    {
      kind: 'stands',
      says: /\b(facture|prix|montant|tarif|quantite)\b.{0,80}\b(est|sont) (bien |tout a fait )?(correcte?s?|exacte?s?|conformes?|justes?|celui d|ceux d|bonne?s?)/,
    },
    { kind: 'stands', says: /\b(pas|aucune) (d')?erreur\b/, by: ['supplier'], isDenial: true },
    {
      kind: 'stands',
      says: /\b(bon|ok|d'accord) pour moi\b|\bj'accepte\b|\bje (valide|confirme)\b|\b(vous pouvez|tu peux|merci de|on peut) (la |le )?(payer|regler)\b|\bd'accord (avec|sur) (le|la|ce) (prix|quantite|montant|facture)/,
      by: insiders,
    },
    {
      kind: 'stands',
      says: /\b(tout|totalite|integralite|complete?|entierement)\b.*\b(recue?s?|arrivee?s?|livree?s?|complete?)\b|\brecu\w* (tout|la totalite|l'integralite)\b/,
      by: insiders,
    },
    { kind: 'stands', says: /\b(ne|n') ?manque rien\b|\brien ne manque\b/, by: insiders, isDenial: true },
    {
      kind: 'stands',
      says: /\b(prix|tarif|facture|facturee?s?|montant)\b.*\b(comme convenu|conformement a|conformement au|selon (le|notre|votre) (devis|tarif|contrat|accord)|conforme au|conforme a)\b/,
    },
    {
      kind: 'stands',
      says: /\b(a|ont) (bien )?ete livree?s?\b|\b(bon de livraison|preuve de livraison)\b.*\b(signee?|joint|jointe|ci-joint|ci-jointe)\b/,
      by: ['supplier'],
    },
    {
      kind: 'order-change',
      says: /\b(modifi\w*|mise? a jour|mettre a jour|corrig\w*|chang\w*|adapt\w*)\b.{0,30}\bcommande\b|\bcommande\b.*\b(modifiee?|mise a jour|corrigee?|changee?|adaptee?)\b/,
    },
    { kind: 'more-goods', says: new RegExp(`\\b${goods}\\b.*\\b${moves}\\b|\\b${moves}\\b.*\\b${goods}\\b`), by: ['supplier'] },
    {
      kind: 'promise',
      says: /\brev(iens|enons|iendrai|iendrons) vers vous\b|\b(me|nous) renseign\w*|\b(je|nous) (verifi\w*|vous repond\w*|vous tiens|vous tiendr\w*)\b|\baurez une reponse\b|\btien\w* (vous )?au courant\b/,
    },
    {
      kind: 'refuses',
      says: /\bpas (donner suite|accepter|accorder|faire droit)\b|\b(refusons|refuse)\b|\bpouvons (\w+ )?pas\b.*\b(donner suite|accepter|accorder)\b/,
      by: ['supplier'],
      isDenial: true,
    },
    {
      kind: 'refuses',
      says: /\b(jamais|pas) (ete )?commande\b|\bpas (la )?(payer|regler)\b|\b(merci de )?(refuser|rejeter|rejetez|refusez)\b|\bpas ce que j'ai commande\b/,
      by: insiders,
      isDenial: true,
    },
    {
      kind: 'credit-note',
      says: /\b(l'|d'|un |cet |l |notre )avoir\b(?! (votre|vos|la|le|les|un|une|pu|ete|bien))|\bnote de credit\b/,
      by: ['supplier'],
      denied: 'refuses',
    },
    {
      kind: 'corrected-invoice',
      says: /\b(nouvelle facture|facture (corrigee|rectifiee|rectificative))\b/,
      by: ['supplier'],
      denied: 'refuses',
    },
    {
      kind: 'stands',
      says: /\b(facturation|facture|prix)\b.{0,60}\b(juste|inchangee?|maintenue?|correcte?)\b|\bce que nous avons facture est\b/,
    },
    {
      kind: 'stands',
      says: /\b(ok|c'est bon|ca me va|tout est la|d'accord|en ordre)\b/,
      by: insiders,
      unless: /\b(seulement|pour l'instant|partie|moitie)\b/,
    },
    {
      kind: 'stands',
      says: /\b(est|sont) (bien )?arrivee?s?\b|\b(est|sont) la\b/,
      by: ['receiver'],
      unless: /\b(seulement|pour l'instant|partie|moitie|sur)\b/,
    },
    {
      kind: 'more-goods',
      says: /\b(arrivera|arriveront|arrivent|arrive|sera livre|seront livres?|sera livree|seront livrees|sera expedie\w*|seront expedie\w*)\b/,
      by: ['supplier'],
      unless: /\b(facture|avoir|reponse)\b/,
    },
    { kind: 'promise', says: /\breponse\b.*\b(au plus tard|avant|d'ici|sous|dans)\b/ },
    { kind: 'refuses', says: /\b(paie|paye|payons|paierons|accepte|acceptons) pas\b|\bhors de question\b/, by: insiders, isDenial: true },
    { kind: 'stands', says: /\b(facture|calcule)\w* correctement\b|\bcorrectement (facture|calcule)\w*\b/ },
    { kind: 'stands', says: /\blivraison (est|etait) complete\b/ },
    { kind: 'stands', says: /\b(j'ai dit oui|a valider|valide la facture)\b/, by: insiders },
    {
      kind: 'corrected-invoice',
      says: /\b(refaire|annule\w*|remplace\w*)\b.*\bfacture\b|\bfacture\b.*\b(remplacee|annulee)\b/,
      by: ['supplier'],
      denied: 'refuses',
    },
    {
      kind: 'refuses',
      says: /\b(aucune raison de|pas disposes a)\b|\battendons (votre|le) (reglement|paiement)\b/,
      by: ['supplier'],
      isDenial: true,
    },
    { kind: 'refuses', says: /\b(renvoyez|renvoyer|retournez) (la|cette) facture\b|\bcommande \w+, pas\b/, by: insiders, isDenial: true },
    { kind: 'order-change', says: /\bmettre (votre|la|le bon de) commande\b.*\ba jour\b/ },
  ],
  denial: /\b(ne|pas|jamais|aucune?|rien|ni|sans)\b|\bn'/,
  doubt:
    /(?<!\p{L})(peut-être|peut être|éventuellement|probablement|sans doute|pourr(ait|aient|ions|iez|ais)|serait|devrait|devrions|ferions|si|s'il|sauf|je crois|généralement|normalement|habituellement|en cas d|je pense|il me semble|soit|pas sûre?|selon que|à condition|au cas où|décidera|décidé|discuté|évoqué|demande d'avoir|demande de|corrigerions|doit décider|établirions)(?!\p{L})/u,
  automatic:
    /\b(message automatique|reponse automatique|absente? du bureau|(je suis|nous sommes) (actuellement )?(en (vacances|conges?))|ne pas (y )?repondre)\b/,
  months: [
    'janv(ier)?',
    'fevr?(ier)?',
    'mars',
    'avr(il)?',
    'mai',
    'juin',
    'juil(let)?',
    'aout',
    'sept(embre)?',
    'oct(obre)?',
    'nov(embre)?',
    'dec(embre)?',
  ],
  weekdays: ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi'],
  today: /\baujourd'hui\b/,
  tomorrow: /\bdemain\b/,
  nextWeek: /\bsemaine prochaine\b/,
  thisWeek: /\b(cette semaine|fin de (la )?semaine)\b/,
};
