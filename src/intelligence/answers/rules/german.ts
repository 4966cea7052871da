import type { AnswerRules } from './answer-rules.ts';

const gives = String.raw`(send\w*|schick\w*|zuschick\w*|zusend\w*|zugesandt|zugeschickt|erstell\w*|ausstell\w*|ausgestellt|stellen|stelle|erhalten|erhaltst|bekommen|bekommst|kommt|folgt|anbei|beigefugt|veranlass\w*|zukommen|geht|gehen|lasse\w*|mach\w*|liegt bei|im anhang|ubersend\w*|geben|gewahren)`;
const corrected = String.raw`((korrigiert|berichtigt|neu|geandert|richtig|uberarbeitet)e[nrs]? rechnung|rechnungskorrektur|korrekturrechnung|rechnungsberichtigung)`;
const goods = String.raw`(rest|ruckstande|restliche\w*|restmenge|fehlende\w*|fehlmenge|nachlieferung|ausstehende\w*|ruckstand)`;
const moves = String.raw`(geliefert|liefern|lieferung|auslieferung|ausgeliefert|kommt|kommen|versandt|versendet|verschickt|verschicken|geht|gehen|zulauf|unterwegs|nachgeliefert|trifft|treffen|eintreffen|folgt|folgen)`;
const insiders = ['buyer', 'receiver'] as const;

export const german: AnswerRules = {
  evidence: [
    {
      kind: 'credit-note',
      says: new RegExp(`\\bgutschrift(en)?\\b.*\\b${gives}|\\b${gives}.*\\bgutschrift(en)?\\b`),
      by: ['supplier'],
      denied: 'refuses',
    },
    {
      kind: 'credit-note',
      says: /\bgutgeschrieben\b|\bgutschreiben\b|\bschreiben?\b.*\bgut$|\b(erstatten|erstattet|erstattung)\b/,
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
      says: /\bstornier\w*\b.*\brechnung|\brechnung\b.*\b(storniert|stornieren|neu aus|neu geschrieben|neu schreiben|korrigieren|korrigiert|berichtigen|berichtigt)\b|\bstornorechnung\b|\b(korrigieren|berichtigen) (die|unsere|diese) rechnung/,
      by: ['supplier'],
      denied: 'refuses',
    },
    {
      kind: 'corrected-invoice',
      says: /\brechnung\b.*\b(doppelt|zweimal|versehentlich|irrtumlich)\b.*\b(gesendet|geschickt|verschickt|gestellt|erstellt|versandt)\b|\bgegenstandslos\b/,
      by: ['supplier'],
    },
    {
      kind: 'stands',
      says: /\b(rechnung|preis|betrag|menge|berechnung|berechneten?|stuckpreis|einzelpreis)\b.{0,80}\b(korrekt|richtig|in ordnung|stimmt|stimmen|passt|vereinbart)\b/,
    },
    {
      kind: 'stands',
      says: /\b(stimmt|passt) so\b|\bso (in ordnung|korrekt|richtig)\b|\bentsprechen? (unserem|unserer|dem|der|ihrer|ihrem) (angebot|vereinbarung|bestellung|preisliste|auftrag)/,
    },
    { kind: 'stands', says: /\b(kein(en)?|keinerlei) fehler\b/, by: ['supplier'], isDenial: true },
    {
      kind: 'stands',
      says: /\bbitte (be)?zahlen\b|\b(kann|darf) (so )?bezahlt werden\b|\bakzeptier\w*\b|\beinverstanden\b|\bfreigegeben\b|\bgenehmigt\b|\bist in ordnung\b|\b(gebe|geben) .*frei\b/,
      by: insiders,
      denied: 'refuses',
    },
    {
      kind: 'stands',
      says: /\b(alles|vollstandig|komplett|gesamte|alle)\b.*\b(angekommen|erhalten|geliefert|eingetroffen|eingegangen|da)\b/,
      by: insiders,
    },
    { kind: 'stands', says: /\bfehlt nichts\b/, by: insiders, isDenial: true },
    {
      kind: 'stands',
      says: /\b(preis|preise|rechnung|berechnet|betrag|abgerechnet)\b.*\b(wie (vereinbart|angekundigt|besprochen|angeboten|bestatigt)|(laut|gemass) (unserem|unserer|der|dem|ihrer)?)\b|\b(laut|gemass) (unserem |unserer |der |dem |ihrer )?(angebot|vereinbarung|preisliste|auftragsbestatigung|vertrag)\b.*\b(berechnet|preis|abgerechnet)\b/,
    },
    {
      kind: 'stands',
      says: /\bwurden? (am|bereits|vollstandig|komplett)\b.*\b(geliefert|zugestellt|angeliefert)\b|\b(lieferschein|ablieferbeleg|liefernachweis)\b.*\b(anbei|unterschrieben|anhang|quittiert|beigefugt)\b|\banbei\b.*\b(lieferschein|ablieferbeleg|liefernachweis)\b/,
      by: ['supplier'],
    },
    {
      kind: 'order-change',
      says: /\bbestellung\b.*\b(geandert|angepasst|korrigiert|aktualisiert|berichtigt)\b|\b(passen?|andern?|korrigieren?|aktualisieren?) (sie )?(bitte )?(ihre|eure|die) bestellung/,
    },
    {
      kind: 'more-goods',
      says: new RegExp(`\\b${goods}\\b.*\\b${moves}|\\b${moves}.*\\b${goods}\\b|\\b(liefern?|liefere)\\b.*\\bnach$|\\bnachgeliefert\\b`),
      by: ['supplier'],
    },
    {
      kind: 'promise',
      says: /\bmelden? (mich|uns)\b|\b(klare|klaren|prufe|prufen)\b|\b(antwort|ruckmeldung|bescheid) (von (mir|uns)|geben|bekommen|erhalten)\b|\b(bekommen|erhalten) (sie )?.*\b(antwort|ruckmeldung|bescheid)\b|\bgebe\w* .*bescheid\b|\bkommen? .*auf sie zu\b/,
    },
    {
      kind: 'refuses',
      says: /\b(nicht|keinem fall|keinesfalls) (entsprechen|anerkennen|akzeptieren|nachkommen|stattgeben|entgegenkommen|zustimmen)\b|\bbestehen? auf\b|\blehnen? .*\bab\b|\bverweigern\b/,
      by: ['supplier'],
      isDenial: true,
    },
    {
      kind: 'refuses',
      says: /\bnicht (so )?bestellt\b|\bnie bestellt\b|\bnicht (be)?zahlen\b|\b(rechnung )?(bitte )?ablehnen\b|\bzuruckweisen\b|\blehne .*\bab\b/,
      by: insiders,
      isDenial: true,
    },
    { kind: 'credit-note', says: /\bgutschrift(en)?\b/, by: ['supplier'], denied: 'refuses' },
    { kind: 'corrected-invoice', says: /\b(korrigiert|berichtigt|neu|geandert)e[nrs]? rechnung\b/, by: ['supplier'], denied: 'refuses' },
    {
      kind: 'stands',
      says: /\b(abrechnung|berechnung|berechnete\w*|fakturiert\w*)\b.{0,60}\b(richtig|korrekt|stimmt)\b|\bbleibt es bei\b|\brechnung\b.*\b(bleibt|unverandert)\b/,
    },
    {
      kind: 'stands',
      says: /\b(passt|okay|ok|alles gut|geht klar|in ordnung)\b/,
      by: insiders,
      unless: /\b(nur|bisher|erst|teilweise|halb)\b/,
    },
    {
      kind: 'stands',
      says: /\b(gekommen|angekommen|eingetroffen|geliefert worden|sind da|ist da)\b/,
      by: ['receiver'],
      unless: /\b(nur|bisher|erst|teilweise|halb|von)\b/,
    },
    { kind: 'order-change', says: /\bbestellung\b.*\b(steht jetzt|jetzt richtig|ist jetzt)\b/, by: insiders },
    {
      kind: 'more-goods',
      says: /\b(kommt|kommen|folgt|folgen|treffen|trifft)\b.*\b(am|bis|in|nachste|diese|morgen)\b|\b(wird|werden) .*\b(geliefert|verschickt|versandt|zugestellt)\b/,
      by: ['supplier'],
      unless: /\b(rechnung|gutschrift|antwort|bescheid)\b/,
    },
    { kind: 'promise', says: /\bhor(en|t)\b.*\bvon (uns|mir)\b|\bantwort\b.*\b(bis|spatestens|am|innerhalb)\b|\bkommt eine antwort\b/ },
    {
      kind: 'refuses',
      says: /\b(zahlen|bezahlen|akzeptieren|akzeptiere|zahle) (wir |ich |das |die )*nicht\b/,
      by: insiders,
      isDenial: true,
    },
    { kind: 'stands', says: /\b(korrekt|richtig|ordnungsgemass) (berechnet|abgerechnet|fakturiert)\b/ },
    { kind: 'stands', says: /\blieferung (ist|war) (komplett|vollstandig)\b/ },
    { kind: 'stands', says: /\bzugestimmt\b|\bkann so durch\b|\bkann durchgehen\b/, by: insiders },
    {
      kind: 'corrected-invoice',
      says: /\brechnung (neu|nochmal) (erstellen|ausstellen|schreiben|machen)\b|\brechnung\b.*\bersetzt\b/,
      by: ['supplier'],
      denied: 'refuses',
    },
    {
      kind: 'refuses',
      says: /\b(keinen (grund|anlass)|nicht bereit)\b|\berwarten (die |ihre )?(\w+ )?zahlung\b/,
      by: ['supplier'],
      isDenial: true,
    },
    {
      kind: 'refuses',
      says: /\brechnung\b.*\b(zuruckschicken|zuruckgeben|zuruckgehen)\b|\b(bestellt|geordert) und nicht\b/,
      by: insiders,
      isDenial: true,
    },
  ],
  denial: /\b(nicht|kein|keine|keinen|keiner|keinem|keines|nie|niemals|ohne|weder|nichts)\b/,
  doubt:
    /\b(vielleicht|eventuell|evtl|möglicherweise|vermutlich|wahrscheinlich|könnten?|koennten?|würden?|wuerden?|müssten?|dürften?|sollte|falls|wenn|ob|sofern|soweit ich weiß|ich glaube|glaube ich|ich denke|denke ich|nicht sicher|entweder|normalerweise|in der regel|üblicherweise|grundsätzlich|bei falsch\p{L}+|im falle?|unter umständen|ggf|gegebenenfalls|hoffentlich|entscheidet|entscheiden|entschieden|gesprochen|besprechen|anfrage (nach|zu|bezüglich)|bitte um (eine|die|ihre) (gutschrift|korrektur)|nachfragen)(?!\p{L})/u,
  automatic:
    /\b(nicht im (buro|hause)|ausser haus|abwesen(d|heit)|automatisch(e|en|er)? (generierte|erstellte|erzeugte|antwort|nachricht|e-?mail)?|(ich bin|wir sind) .{0,30}(im urlaub|abwesend|verreist)|antworten sie (bitte )?nicht auf diese)\b/,
  months: [
    'jan(uar)?',
    'feb(ruar)?',
    'ma(e)?rz',
    'apr(il)?',
    'mai',
    'juni?',
    'juli?',
    'aug(ust)?',
    'sept?(ember)?',
    'okt(ober)?',
    'nov(ember)?',
    'dez(ember)?',
  ],
  weekdays: ['sonntag', 'montag', 'dienstag', 'mittwoch', 'donnerstag', 'freitag', 'samstag'],
  today: /\bheute\b/,
  tomorrow: /\bmorgen\b/,
  nextWeek: /\b(nachste|kommende)n? woche\b/,
  thisWeek: /\b(diese woche|ende der woche|dieser woche)\b/,
};
