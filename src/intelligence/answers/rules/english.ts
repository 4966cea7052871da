import type { AnswerRules } from './answer-rules.ts';

const credit = String.raw`credit (note|memo)s?`;
const gives = String.raw`(send|sent|sending|issu\w*|rais\w*|receiv\w*|get|provid\w*|prepar\w*|creat\w*|follow\w*|coming|attach\w*|enclos\w*|arrang\w*|process\w*|mail\w*|e-mail\w*|on its way|grant\w*|give|gives|have it)`;
const corrected = String.raw`(correct(ed)?|revised|new|amended|replacement|updated) (invoice|bill)`;
const order = String.raw`(purchase order|order|po)`;
const goods = String.raw`(remaining|remainder|rest|missing|outstanding|balance|back-?order(ed)?|back order)`;
const moves = String.raw`(ship\w*|deliver\w*|arriv\w*|sent|left|leav\w*|dispatch\w*|follow\w*|come|coming|on (its|their) way)`;
const insiders = ['buyer', 'receiver'] as const;

export const english: AnswerRules = {
  evidence: [
    {
      kind: 'credit-note',
      says: new RegExp(`${credit}.*\\b${gives}|\\b${gives}.*\\b${credit}|by ${credit}`),
      by: ['supplier'],
      denied: 'refuses',
    },
    {
      kind: 'credit-note',
      says: /\b(credit(ed|ing)?|refund(ed|ing)?|reimburs(e|ed|ing)) (you |your account |back )*(for )?(the|this|that|it|\d)/,
      by: ['supplier'],
      denied: 'refuses',
    },
    { kind: 'credit-note', says: /\b(will|shall|to) be (credited|refunded)/, by: ['supplier'], denied: 'refuses' },
    {
      kind: 'corrected-invoice',
      says: new RegExp(`\\b${gives}.*\\b${corrected}|\\b${corrected}.*\\b${gives}`),
      by: ['supplier'],
      denied: 'refuses',
    },
    {
      kind: 'corrected-invoice',
      says: /\b(re-?issu\w*|cancel\w*|replac\w*|revis\w*|redo|correct(ing)?|chang\w*) (the |this |our |that )?invoice/,
      by: ['supplier'],
      denied: 'refuses',
    },
    { kind: 'corrected-invoice', says: /\b(disregard|ignore) (the |this |our |that )?(\w+ )?invoice/, by: ['supplier'] },
    {
      kind: 'corrected-invoice',
      says: /\binvoice\b.*\b(sent|issued|billed) (twice|by mistake|in error)\b|\binvoice\b.*\b(is|was|has been) (void|cancelled|canceled|withdrawn)\b/,
      by: ['supplier'],
    },
    {
      kind: 'stands',
      says: /\b(invoice|price|amount|quantity|charge|total|figures?|rate)\b.{0,80}\b(is|are|was|were) (\w+ )?(correct|right|accurate|fine|ok|okay|in order|as agreed|as quoted|as ordered|the agreed (one|price|rate))\b/,
    },
    { kind: 'stands', says: /\bcorrect as (invoiced|issued|billed)|\b(invoice|price) stands\b/ },
    {
      kind: 'stands',
      says: /\b(there (is|was)|we (see|find|found)) no (error|mistake)|\bno (error|mistake) on our (side|part)/,
      by: ['supplier'],
      isDenial: true,
    },
    {
      kind: 'stands',
      says: /\b(please|can|ok to|okay to|you may|go ahead and) (be )?(pay|paid|approve)\b|\bgo ahead\b|\bfine (by|with|for) me\b/,
      by: insiders,
    },
    {
      kind: 'stands',
      says: /\bi( have|'ve)? (agree|agreed|accept|accepted|approve|approved|confirm|confirmed)\b.*\b(price|quantity|amount|invoice|difference|it|this)\b/,
      by: insiders,
    },
    {
      kind: 'stands',
      says: /\b(all|everything|complete|completely|full|in full)\b.*\b(arrived|received|delivered|here|complete)\b|\b(received|got) (all|everything)\b|\bdelivery was complete\b/,
      by: insiders,
    },
    { kind: 'stands', says: /\bnothing (is|was) missing\b/, by: insiders, isDenial: true },
    {
      kind: 'stands',
      says: /\b(invoice|invoiced|price|prices|charged|billed|amount)\b.*\b(as agreed|as announced|as quoted|as discussed|in line with|according to|as per|per our) ?(our|the|your)? ?(offer|quote|quotation|contract|agreement|price list|order confirmation)?\b/,
    },
    {
      kind: 'stands',
      says: /\b(was|were) (all )?delivered (to you )?(on|in full|completely)\b|\b(signed )?(delivery note|proof of delivery) (is |was )?(signed|attached|enclosed)\b/,
      by: ['supplier'],
    },
    {
      kind: 'order-change',
      says: new RegExp(
        `\\b(updat|amend|chang|adjust|correct|revis)(e|ed|ing)?\\b.{0,20}\\b${order}\\b|\\b${order} (has been|is|was) (now )?(updated|amended|changed|adjusted|corrected)`,
      ),
    },
    { kind: 'more-goods', says: new RegExp(`\\b${goods}\\b.*\\b${moves}|\\b${moves}.*\\b(the )?${goods}\\b`), by: ['supplier'] },
    {
      kind: 'promise',
      says: /\b(get|come) back to you\b|\b(will|'ll) (revert|check|look into|clarify|investigate|let you know|reply|answer|find out)\b|\bhear from (me|us)\b|\b(am|are|'m|'re) (checking|looking into|clarifying|investigating)\b|\blet me (check|look into)\b/,
    },
    {
      kind: 'refuses',
      says: /\b(unable|not able|can ?not|can't|won't|will not|do not|don't|are not) (to )?(accept|agree|grant|reduce|credit|refund|offer|give you)\b|\b(refuse|insist on|reject your|decline)\b/,
      by: ['supplier'],
      isDenial: true,
    },
    {
      kind: 'refuses',
      says: /\b(never|not|n't) order(ed)?\b|\b(do not|don't|must not) pay\b|\breject (the|this|it)\b|\b(can ?not|can't|do not|don't) (accept|agree|approve)\b/,
      by: insiders,
      isDenial: true,
    },
    {
      kind: 'credit-note',
      says: /\bcredit (note|memo)s?\b|\b(a|the|with a) credit\b(?! (card|check|limit|line|term))/,
      by: ['supplier'],
      denied: 'refuses',
    },
    { kind: 'refuses', says: /\bno credit\b/, by: ['supplier'], isDenial: true },
    {
      kind: 'corrected-invoice',
      says: /\b(corrected|revised|new|amended|replacement|updated) (invoice|bill)\b/,
      by: ['supplier'],
      denied: 'refuses',
    },
    {
      kind: 'stands',
      says: /\b(billed|charged|invoiced|billing|invoicing)\b.{0,40}\b(is|are|was|were) (\w+ )?(correct|right|fine|ok)\b|\b(invoice|price|amount)\b.*\b(stays|remains|stand|stands|unchanged)\b/,
    },
    {
      kind: 'stands',
      says: /\b(ok|okay|fine|alright|all good|agreed)\b|\b(can|may|should) be paid\b/,
      by: insiders,
      unless: /\b(only|so far|half|part|some)\b/,
    },
    {
      kind: 'stands',
      says: /\b(came|arrived|are here|is here|were delivered|was delivered)\b/,
      by: ['receiver'],
      unless: /\b(only|so far|half|part|partly|some|rest|of the|yet)\b/,
    },
    { kind: 'order-change', says: /\b(po|purchase order|order)\b.*\b(is|has been) (\w+ )?(fixed|right)\b/, by: insiders },
    {
      kind: 'more-goods',
      says: /\b(will|to|should) (arrive|follow|be (with you|delivered|shipped|dispatched|sent out))\b/,
      by: ['supplier'],
      unless: /\b(invoice|note|credit|answer|reply)\b/,
    },
    { kind: 'promise', says: /\b(answer|reply|response)\b.*\b(by|no later than|within|until|before)\b/ },
    { kind: 'refuses', says: /\b(not|n't|never) (be )?(pay|paid|paying|accept|accepted)\b/, by: insiders, isDenial: true },
    {
      kind: 'stands',
      says: /\b(charged|billed|invoiced|calculated) (correctly|properly|as agreed)\b|\b(correctly|properly) (charged|billed|invoiced|calculated)\b/,
    },
    { kind: 'stands', says: /\b(delivery|shipment) (is|was) complete\b/ },
    { kind: 'stands', says: /\b(said yes|approve (it|this|the invoice)|go for it)\b/, by: insiders },
    {
      kind: 'corrected-invoice',
      says: /\b(have|get) (the|this|our) invoice (redone|corrected|reissued|changed)\b|\binvoice\b.*\b(redone|reissued|replaced)\b/,
      by: ['supplier'],
      denied: 'refuses',
    },
    {
      kind: 'refuses',
      says: /\b(no reason to|not prepared to|not willing to)\b|\bexpect (full )?payment\b/,
      by: ['supplier'],
      isDenial: true,
    },
    {
      kind: 'refuses',
      says: /\b(send|return) (the|this) invoice( back)?\b|\bsend it back\b|\bordered \w+, not\b/,
      by: insiders,
      isDenial: true,
    },
  ],
  denial: /\b(not|no(?! later)|never|cannot|unable|without|neither|nor|nobody)\b|n't\b/,
  doubt:
    /\b(may|might|maybe|perhaps|possibly|probably|presumably|could|would|if|unless|whether|think|believe|guess|suppose|not sure|unsure|as far as i know|hopefully|hope|either|depends|usually|normally|generally|in case|has to (decide|ask)|have to (decide|ask)|will decide|decided|discuss\w*|request for|asked for|should be)\b/,
  automatic:
    /\b(out of (the )?office|automat(ed|ic) (reply|response|message|e-?mail)|auto-?reply|do not reply to this|on (annual |parental |sick )?leave until|(i am|i'm|we are) (currently )?(on (holiday|vacation|leave)|away)|currently away)\b/,
  months: [
    'jan(uary)?',
    'feb(ruary)?',
    'mar(ch)?',
    'apr(il)?',
    'may',
    'june?',
    'july?',
    'aug(ust)?',
    'sept?(ember)?',
    'oct(ober)?',
    'nov(ember)?',
    'dec(ember)?',
  ],
  weekdays: ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'],
  today: /\b(today|tonight)\b/,
  tomorrow: /\btomorrow\b/,
  nextWeek: /\bnext week\b/,
  thisWeek: /\b(this week|end of (the|this) week)\b/,
};
