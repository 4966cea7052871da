import type { TaxReason } from '#domain/documents';

/**
 * Words by which a paper says why it charges no tax, folded, in English, German, French, Spanish, Italian, Dutch, Portuguese and Polish.
 * Sources: the wordings of Directive 2006/112/EC, Art. 226 nos. 11 to 14, in these languages, and of the national laws it leaves room to.
 */
const words: Readonly<Record<TaxReason, RegExp>> = {
  'reverse-charge':
    /reverse[ -]?charged?|customer (?:to )?accounts? for (?:the )?vat|steuerschuldnerschaft|umkehr der steuerschuld|ubergang der steuerschuld|13b (?:abs\.? ?\d+ )?ustg|autoliquidation|283-2 du cgi|inversione contabile|inversion (?:del )?sujeto pasivo|btw[ -]?verlegd|verlegd(?:e)? btw|autoliquidacao|odwrotne(?:go)? obciazeni/,
  'intra-community':
    /innergemeinschaftlich|intra[ -]?community (?:supply|supplies|delivery)|intra[ -]?eu (?:supply|delivery)|livraisons? intra-?communautaires?|exoneration .{0,40}262 ter|262 ter|entregas? intracomunitarias?|cession[ei] intracomunitari|intracommunautaire levering|transmissao intracomunitaria|transmissoes intracomunitarias|wewnatrzwspolnotow|art(?:icle|ikel|\.)? ?138 (?:der |of |de la |of council )?(?:directive|richtlinie|mwstsystrl|council)|6a (?:abs\.? ?\d+ )?ustg/,
  export:
    /ausfuhrlieferung|steuerfreie ausfuhr|export (?:supply|delivery|of goods)|exportation exoneree|262 i (?:du )?cgi|exportacion exenta|cessione all'?esportazione|non imponibile art\.? ?8|uitvoer van goederen|eksport towarow|isento .{0,20}exportac/,
  'small-business':
    /kleinunternehmer|\b19 (?:abs\.? ?1 )?ustg|small business (?:exemption|scheme)|(?:not|no) vat[ -]registered|not registered for vat|tva non applicable|franchise (?:de|en base de) tva|art(?:icle|\.)? ?293 ?-?b\b|293 ?b du cgi|regime forfettario|regime dei minimi|kleineondernemersregeling|regime especial de (?:la )?franquicia|regime de isencao|113 ust\.? 1/,
  'margin-scheme':
    /margin scheme|differenzbesteuer|25a ustg|regime (?:particulier de|de) la marge|regime (?:del )?margine|margeregeling|regimen especial de (?:los )?bienes usados|procedura marzy/,
  'zero-rated': /zero[ -]rated|nullsteuersatz|12 abs\.? ?3 ustg|nultarief/,
  exempt:
    /no (?:vat|tax|gst) (?:is |was )?charged|(?:vat|tax|gst)[ -]exempt|exempt from (?:vat|tax|gst)|steuerfrei|umsatzsteuerbefrei|von der (?:umsatz|mehrwert)steuer befreit|\b4 (?:nr|ziff)\.? ?\d+ ?[a-z]? ustg|exoner|esente iva|esente da iva|exent[ao] de iva|operacion exenta|vrijgesteld van btw|isento de iva|zwolnion[eya] z (?:vat|podatku)|non imponibile/,
  'outside-scope':
    /outside the scope of (?:vat|eu|uk)|not subject to (?:vat|tax|gst)|no sales tax (?:applies|is due)|nicht steuerbar|nicht umsatzsteuerbar|hors champ (?:d'application )?(?:de la )?tva|no sujet[oa] a(?:l)? iva|fuori campo (?:di applicazione )?iva|escluso art\.? ?15|buiten (?:de )?(?:reikwijdte|toepassing) (?:van )?(?:de )?btw|nao sujeito a iva|nie podlega (?:opodatkowaniu )?(?:vat|podatk)/,
};
const kinds = Object.entries(words) as [TaxReason, RegExp][];

/** Every reason a folded line gives, each with where its words begin and end. */
export function taxReasonsIn(folded: string): { readonly reason: TaxReason; readonly start: number; readonly end: number }[] {
  return kinds.flatMap(([reason, pattern]) => {
    const match = pattern.exec(folded);
    return match === null ? [] : [{ reason, start: match.index, end: match.index + match[0].length }];
  });
}

/** Whether a folded line says that no tax is charged, for whatever reason. */
export function saysNoTax(folded: string): boolean {
  return kinds.some(([, pattern]) => pattern.test(folded));
}
