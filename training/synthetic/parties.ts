import {
  austrianVatId,
  belgianIban,
  britishVatId,
  dutchVatId,
  frenchIban,
  frenchVatId,
  germanVatId,
  iban,
  irishVatId,
  spanishIban,
  spanishVatId,
  swissVatId,
} from '../../src/app/sample-office/check-digits.ts';
import type { Dice } from './dice.ts';

/** A company or person as it stands on paper. */
export interface Party {
  readonly name: string;
  /** What a logo says: the name without its legal form, or a brand of its own. */
  readonly brand: string;
  readonly street: string;
  /** Postcode and town as the country writes them. */
  readonly town: string;
  readonly country: string;
  readonly person: string;
  readonly phone: string;
  readonly domain: string;
  readonly vatId: string | null;
  readonly iban: string | null;
  readonly bic: string;
  readonly bank: string;
  readonly register: string;
}

interface Country {
  readonly forms: string;
  readonly streets: string;
  readonly towns: string;
  readonly people: string;
  readonly banks: string;
}

const countries: Readonly<Record<string, Country>> = {
  DE: {
    forms: 'GmbH|GmbH|AG|GmbH & Co. KG|UG (haftungsbeschränkt)|e.K.|KG|OHG|eG||',
    streets: 'Lindenstraße {n}|Am Hafen {n}|Industrieweg {n}|Bahnhofstr. {n}|Werkring {n}|Marktplatz {n}|Alte Gasse {n}|Gewerbepark {n}',
    towns: '20457 Hamburg|70173 Stuttgart|04109 Leipzig|48143 Münster|80331 München|99084 Erfurt|28195 Bremen|93047 Regensburg',
    people: 'Anke Petersen|Jörg Wallner|Sabine Krüger|Thomas Öttl|Miriam Vogt|Dieter Hahn',
    banks: 'Sparkasse Nord|Volksbank Mitte eG|Commerzbank|Postbank|Stadtsparkasse',
  },
  AT: {
    forms: 'GmbH|GmbH|e.U.|OG|KG',
    streets: 'Hauptplatz {n}|Ringstraße {n}|Mühlweg {n}|Salzburger Straße {n}',
    towns: '1030 Wien|4020 Linz|8010 Graz|6020 Innsbruck',
    people: 'Eva Huber|Martin Gruber|Lukas Steiner',
    banks: 'Raiffeisenbank|Erste Bank|Oberbank',
  },
  CH: {
    forms: 'AG|GmbH|SA|Sàrl|& Co.',
    streets: 'Bahnhofstrasse {n}|Rue du Lac {n}|Seeweg {n}|Industriestrasse {n}',
    towns: '8001 Zürich|1003 Lausanne|3011 Bern|4051 Basel',
    people: 'Reto Brunner|Claire Favre|Urs Keller',
    banks: 'Kantonalbank|PostFinance|UBS Switzerland',
  },
  FR: {
    forms: 'SARL|SAS|SA|EURL|SASU|SNC||',
    streets:
      '{n} rue de la Gare|{n}, avenue Victor Hugo|{n} bis rue des Moulins|ZA Les Pins, lot {n}|{n} quai des Lices|{n} impasse du Port',
    towns: '69003 LYON|75011 Paris|44000 Nantes|31000 TOULOUSE|35200 Rennes|59800 Lille CEDEX',
    people: 'Camille Durand|Julien Morel|Sophie Girard|Hervé Lefèvre',
    banks: 'Crédit Agricole|BNP Paribas|La Banque Postale|Société Générale',
  },
  BE: {
    forms: 'SRL|BV|NV|SA',
    streets: 'Rue Haute {n}|Kerkstraat {n}|Chaussée de Wavre {n}|Havenlaan {n}',
    towns: '1000 Bruxelles|9000 Gent|4000 Liège|2000 Antwerpen',
    people: 'Luc Peeters|Marie Dubois|Els Janssens',
    banks: 'KBC|Belfius|ING België',
  },
  ES: {
    forms: 'S.L.|S.A.|SL|S.L.U.|S. Coop.||',
    streets: 'C/ Mayor, {n}|Avda. de la Constitución, {n}|Calle del Olmo {n}|Polígono Industrial Sur, nave {n}|Plaza España {n}',
    towns: '28013 Madrid|46002 Valencia|41001 SEVILLA|08009 Barcelona|50001 Zaragoza',
    people: 'Lucía Fernández|Javier Ortega|Carmen Ruiz|Íñigo Peña',
    banks: 'Banco Santander|CaixaBank|BBVA|Banco Sabadell',
  },
  IT: {
    forms: 'S.r.l.|S.p.A.|Srl|S.n.c.|S.a.s.|SRL||',
    streets: 'Via Roma, {n}|Via Garibaldi {n}|Viale Europa, {n}|Corso Italia {n}|Piazza Duomo, {n}',
    towns: '20121 Milano (MI)|00184 Roma RM|10121 Torino (TO)|40121 Bologna|35121 Padova (PD)',
    people: 'Giulia Conti|Marco Ferri|Paola Greco|Luca Moretti',
    banks: 'Intesa Sanpaolo|UniCredit|Banca Sella|BPER Banca',
  },
  NL: {
    forms: 'B.V.|BV|N.V.|V.O.F.|VOF||',
    streets: 'Kerkstraat {n}|Havenweg {n}|Industrielaan {n}|Prinsengracht {n}|Stationsplein {n}',
    towns: '1017 AB Amsterdam|3511 LX Utrecht|5611 AZ Eindhoven|9711 HS Groningen|3011 CD Rotterdam',
    people: 'Anneke de Vries|Pieter van Dijk|Sanne Bakker|Joost Visser',
    banks: 'ING Bank|Rabobank|ABN AMRO|Triodos',
  },
  PT: {
    forms: 'Lda.|Lda|S.A.|Unipessoal Lda.|, Lda',
    streets: 'Rua das Flores, {n}|Avenida da Liberdade {n}|Rua do Comércio n.º {n}|Zona Industrial, lote {n}',
    towns: '1250-142 Lisboa|4000-123 Porto|3000-214 Coimbra|4700-321 Braga',
    people: 'Inês Carvalho|Rui Pereira|João Teixeira',
    banks: 'Caixa Geral de Depósitos|Millennium bcp|Novo Banco',
  },
  PL: {
    forms: 'Sp. z o.o.|sp. z o.o.|S.A.|Sp. k.|s.c.|Sp. z o.o. Sp. k.||',
    streets: 'ul. Długa {n}|ul. Przemysłowa {n}|Aleje Jerozolimskie {n}|ul. Kościuszki {n}/4|Rynek {n}',
    towns: '00-950 Warszawa|31-011 Kraków|61-772 Poznań|50-101 Wrocław|80-001 Gdańsk',
    people: 'Agnieszka Nowak|Paweł Wiśniewski|Łukasz Zieliński',
    banks: 'PKO BP|mBank|Santander Bank Polska|ING Bank Śląski',
  },
  GB: {
    forms: 'Ltd|Limited|Ltd.|PLC|LLP|& Sons|& Co.||',
    streets: '{n} High Street|Unit {n}, Riverside Park|{n} Mill Lane|{n} King Street|The Old Brewery, {n} Dock Road',
    towns: 'London SE1 7PB|Manchester M2 5DB|Bristol BS1 4ST|Leeds LS1 4AP|Edinburgh EH1 1YZ',
    people: 'Hannah Clarke|Oliver Shaw|Priya Patel|George Whitfield',
    banks: 'Barclays|Lloyds Bank|NatWest|HSBC UK',
  },
  US: {
    forms: 'Inc.|LLC|Inc|Corp.|Co.|, Inc.|, LLC||',
    streets: '{n} Main Street|{n} Oak Avenue, Suite 200|{n}0 Commerce Blvd|{n} 5th Ave|P.O. Box {n}12',
    towns: 'Portland, OR 97204|Austin, TX 78701|Columbus, OH 43215|Denver, CO 80202|Brooklyn, NY 11201',
    people: 'Ashley Johnson|Michael Brown|Maria Lopez|David Kim',
    banks: 'Bank of America|Wells Fargo|Chase',
  },
  IE: {
    forms: 'Limited|Ltd|DAC|Ltd.',
    streets: '{n} Grand Canal Street|{n} Patrick Street|Unit {n}, Sandyford',
    towns: 'Dublin 2 D02 X285|Cork T12 W8KP|Galway H91 E2P3',
    people: 'Aoife Murphy|Conor Walsh',
    banks: 'AIB|Bank of Ireland',
  },
  AU: {
    forms: 'Pty Ltd|Pty Limited|Pty. Ltd.|',
    streets: '{n} George Street|{n} Beach Road|Level 3, {n} Collins Street',
    towns: 'Sydney NSW 2000|Melbourne VIC 3000|Brisbane QLD 4000',
    people: 'Jack Wilson|Chloe Nguyen',
    banks: 'Westpac|NAB|ANZ',
  },
};

const stems =
  'Nord|Alba|Kestrel|Brunner|Vantor|Helio|Morava|Sander|Quint|Arden|Lumen|Castell|Ferrum|Ostra|Merid|Tavola|Orbis|Rivet|Solano|Pinto|Garda|Varga|Ekman|Delphin|Corvo|Mistral|Tessin|Baltica|Zephyr|Ondo|Larsen|Novak|Petri|Amara|Granit|Halden|Isar|Juno|Kaldor|Lyra';
const ends = 'tec|werk|ware|plan|line|bau|net|lab|soft|form|trans|mark|graf|port|log|med|print|stone|agro|wood';
const words =
  'Logistics|Systems|Metall|Design|Consulting|Services|Elektro|Food|Media|Energy|Tools|Textil|Studio|Trading|Papier|Akustik|Optik|Cargo|Garden|Solutions|Druck|Transport|Software|Bau|Fleisch|Chemie|Interior|Digital|Automotive|Packaging';
const brands = 'flo|zuzu|Kora|minimo|Bloom|PaperPlane|Snap|hi-five|Nimbus|Otter|Pixelpost|Tandem|Wunder|Yonder|Bricks|Cobalt';

/** An invented party of a country; ids have right check digits where the country's rule is known. */
export function partyFrom(dice: Dice, country: string): Party {
  const own = countries[country] as Country;
  const from = (list: string): string => dice.pick(list.split('|'));
  const person = from(own.people);
  const [stem, end, word] = [from(stems), from(ends), from(words)];
  const bare = dice.weighted([
    [`${stem}${end}`, 3],
    [`${stem} ${word}`, 4],
    [`${person.split(' ').at(-1) ?? stem} ${word}`, 2],
    [`${person.split(' ').at(-1) ?? stem} & ${stem}`, 1],
    [`${stem}${end} ${word}`, 2],
    [person, 0.6],
    [`${stem.toUpperCase()} ${word.toUpperCase()}`, 1],
  ]);
  const form = from(own.forms);
  const name = form === '' ? bare : form.startsWith(',') ? `${bare}${form}` : `${bare} ${form}`;
  const brand = dice.chance(0.25) ? from(brands) : dice.chance(0.5) ? bare : `${stem}${dice.chance(0.5) ? end : ''}`;
  const [vatId, account] = [vatIdOf(dice, country), ibanOf(dice, country)];
  return {
    name,
    brand,
    street: from(own.streets).replace('{n}', String(dice.between(1, 190))),
    town: from(own.towns),
    country,
    person,
    phone: phoneOf(dice, country),
    domain: `${plain(dice.chance(0.75) ? bare : brand)}.${dice.pick([country === 'GB' ? 'co.uk' : country.toLowerCase(), 'com', 'eu'])}`,
    vatId,
    iban: account,
    bic: `${plain(from(own.banks)).toUpperCase().slice(0, 4).padEnd(4, 'X')}${country}${dice.pick(['2L', 'FF', '21', 'PP'])}${dice.chance(0.4) ? 'XXX' : ''}`,
    bank: from(own.banks),
    register: registerOf(dice, country),
  };
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/[^A-Za-z0-9]/g, '')
    .toLowerCase();
}

function vatIdOf(dice: Dice, country: string): string | null {
  const body = dice.digits(8);
  const firstNine = dice.digits(9);
  switch (country) {
    case 'DE':
      return germanVatId(body);
    case 'AT':
      return austrianVatId(body.slice(0, 7));
    case 'CH':
      return swissVatId(body).endsWith('10') ? null : swissVatId(body);
    case 'FR':
      return frenchVatId(body);
    case 'BE':
      return `BE0${body.slice(0, 7)}${String(97 - (Number(`0${body.slice(0, 7)}`) % 97)).padStart(2, '0')}`;
    case 'ES':
      return spanishVatId(body.slice(0, 7));
    case 'IT':
      // Digits 8 to 10 name the province's office.
      return `IT${luhnCompleted(`0${firstNine.slice(0, 6)}${String(dice.between(1, 99)).padStart(3, '0')}`)}`;
    case 'NL':
      return dutchVatId(body).length === 14 ? dutchVatId(body) : null;
    case 'PT':
      return `PT5${weighed(`5${body.slice(0, 7)}`, [9, 8, 7, 6, 5, 4, 3, 2], body.slice(0, 7))}`;
    case 'PL':
      return polish(firstNine);
    case 'GB':
      return britishVatId(body.slice(0, 7));
    case 'IE':
      return irishVatId(body.slice(0, 7));
    case 'AU':
      return `${firstNine.slice(0, 2)} ${firstNine.slice(2, 5)} ${firstNine.slice(5, 8)} ${body.slice(0, 3)}`;
    default:
      return null;
  }
}

/** Eleven digits whose last is the Luhn digit. */
function luhnCompleted(ten: string): string {
  const sum = [...ten].reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return `${ten}${(10 - (sum % 10)) % 10}`;
}

function weighed(digits: string, weights: readonly number[], rest: string): string {
  const left = weights.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0) % 11;
  return `${rest}${left < 2 ? 0 : 11 - left}`;
}

function polish(nine: string): string | null {
  const check = [6, 5, 7, 2, 3, 4, 5, 6, 7].reduce((sum, weight, index) => sum + weight * Number(nine[index]), 0) % 11;
  return check === 10 ? null : `PL${nine}${check}`;
}

/** Bank and branch of seven digits, their check digit, and the account. */
function polishAccount(bank: string, account: string): string {
  const sum = [3, 9, 7, 1, 3, 9, 7].reduce((total, weight, index) => total + weight * Number(bank[index]), 0);
  return `${bank}${(10 - (sum % 10)) % 10}${account}`;
}

function ibanOf(dice: Dice, country: string): string | null {
  switch (country) {
    case 'FR':
      return frenchIban(dice.digits(5), dice.digits(5), dice.digits(11));
    case 'ES':
      return spanishIban(dice.digits(4), dice.digits(4), dice.digits(10));
    case 'BE':
      return belgianIban(dice.digits(10));
    case 'DE':
      return iban('DE', dice.digits(18));
    case 'AT':
      return iban('AT', dice.digits(16));
    case 'CH':
      return iban('CH', dice.digits(17));
    case 'NL':
      return iban('NL', `${dice.pick(['INGB', 'RABO', 'ABNA'])}${dice.digits(10)}`);
    case 'PL':
      return iban('PL', polishAccount(dice.digits(7), dice.digits(16)));
    case 'GB':
      return dice.chance(0.6) ? iban('GB', `BARC${dice.digits(14)}`) : null;
    case 'IE':
      return iban('IE', `AIBK${dice.digits(14)}`);
    default:
      // Italian and Portuguese accounts have national check digits of their own, the others have no IBAN.
      return null;
  }
}

function phoneOf(dice: Dice, country: string): string {
  const codes: Readonly<Record<string, string>> = {
    DE: '49',
    AT: '43',
    CH: '41',
    FR: '33',
    BE: '32',
    ES: '34',
    IT: '39',
    NL: '31',
    PT: '351',
    PL: '48',
    GB: '44',
    US: '1',
    IE: '353',
    AU: '61',
  };
  const area = dice.digits(country === 'US' ? 3 : 2);
  return dice.pick([
    `+${codes[country]} ${area} ${dice.digits(3)} ${dice.digits(4)}`,
    `0${area} / ${dice.digits(6)}`,
    `(${area}) ${dice.digits(3)}-${dice.digits(4)}`,
    `+${codes[country]} (0)${area} ${dice.digits(6)}-0`,
  ]);
}

function registerOf(dice: Dice, country: string): string {
  const number = dice.digits(6);
  const registers: Readonly<Record<string, string>> = {
    DE: `Amtsgericht Hamburg HRB ${number.slice(0, 5)}`,
    AT: `FN ${number} k, Handelsgericht Wien`,
    FR: `RCS Lyon B ${dice.digits(3)} ${dice.digits(3)} ${dice.digits(3)} - Capital ${dice.digits(2)} 000 €`,
    IT: `REA MI-${number} - Cap. soc. € 50.000 i.v.`,
    NL: `KvK ${dice.digits(8)}`,
    ES: `Reg. Merc. Tomo ${number.slice(0, 4)}, Folio ${number.slice(0, 2)}`,
    PL: `KRS 0000${number}, REGON ${dice.digits(9)}`,
    PT: `C.R.C. Lisboa ${dice.digits(5)} - Capital Social 50.000 €`,
    GB: `Registered in England no. ${dice.digits(8)}`,
    IE: `Registered in Ireland ${number}`,
    AU: `ACN ${dice.digits(3)} ${dice.digits(3)} ${dice.digits(3)}`,
  };
  return registers[country] ?? `Reg. ${number}`;
}
