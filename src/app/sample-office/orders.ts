/** One thing ordered; `tax` in percent where it is not the supplier's usual rate, `list` the price before a line discount. */
export interface SampleOrderLine {
  readonly code: string | null;
  readonly description: string;
  readonly unit: string;
  readonly quantity: string;
  readonly price: string;
  readonly tax?: string;
  readonly list?: string;
}

export interface SampleOrder {
  readonly number: string;
  /** Key of the supplier. */
  readonly supplier: string;
  /** Key of the member who ordered. */
  readonly requester: 'ana' | 'bo' | 'chiara';
  readonly daysAgo: number;
  /** `service`: nothing arrives in the storeroom. A list: what arrived of each line so far. */
  readonly received: 'all' | 'nothing' | 'service' | readonly string[];
  readonly lines: readonly SampleOrderLine[];
}

type Line = readonly [
  code: string | null,
  description: string,
  unit: string,
  quantity: string,
  price: string,
  extra?: { tax?: string; list?: string },
];

function order(
  number: number,
  supplier: string,
  requester: SampleOrder['requester'],
  daysAgo: number,
  received: SampleOrder['received'],
  ...lines: Line[]
): SampleOrder {
  return {
    number: `PO-2026-0${number}`,
    supplier,
    requester,
    daysAgo,
    received,
    lines: lines.map(([code, description, unit, quantity, price, extra]) => ({ code, description, unit, quantity, price, ...extra })),
  };
}

const food = { tax: '10' };
const goods19 = { tax: '19' };

/** What the office ordered in the last two months, in the words of the suppliers' catalogues. */
export const orders: readonly SampleOrder[] = [
  order(
    101,
    'nordwind',
    'ana',
    38,
    'all',
    ['NW-80512', 'Kopierpapier A4 80 g/m² weiß, 500 Blatt', 'Pack', '60', '4.29'],
    ['NW-31077', 'Ordner Kunststoff 80 mm schwarz', 'Stk', '40', '2.35'],
    ['NW-44120', 'Toner CF259A schwarz', 'Stk', '4', '89.90'],
    ['NW-20018', 'Haftnotizen 76 x 76 mm gelb, 12 Blöcke', 'Pack', '15', '7.49'],
  ),
  order(
    102,
    'nordwind',
    'bo',
    33,
    ['12', '12'],
    ['NW-70233', 'Schreibtischleuchte LED dimmbar, silber', 'Stk', '20', '54.90'],
    ['NW-70240', 'Tischklemme für Schreibtischleuchte', 'Stk', '20', '11.25'],
  ),
  order(
    103,
    'nordwind',
    'chiara',
    30,
    'all',
    ['NW-61200', 'Whiteboard emailliert 120 x 180 cm', 'Stk', '3', '189.00'],
    ['NW-61214', 'Boardmarker Set, 4 Farben', 'Set', '10', '6.95'],
  ),
  order(
    104,
    'lumiere',
    'chiara',
    41,
    'service',
    ['SEM-GS', 'Location du Grand Salon, journée complète', 'jour', '2', '1450.00'],
    ['TRA-24', 'Déjeuner d’équipe, menu en trois services', 'pers.', '24', '38.50', food],
    ['TRA-07', 'Pause café et viennoiseries', 'pers.', '48', '6.80', food],
    ['AV-02', 'Vidéoprojecteur et sonorisation', 'forfait', '1', '180.00'],
  ),
  order(
    105,
    'lumiere',
    'ana',
    27,
    'service',
    ['SEM-PS', 'Location du Petit Salon, demi-journée', 'demi-jour', '1', '420.00'],
    ['TRA-11', 'Cocktail dînatoire', 'pers.', '16', '29.50', food],
  ),
  order(
    106,
    'mediterraneo',
    'chiara',
    35,
    'service',
    ['SALA-A', 'Alquiler de la sala Terraza, día completo', 'día', '3', '690.00'],
    ['CAT-01', 'Desayuno continental', 'pers.', '45', '9.75', food],
    ['CAT-05', 'Comida bufé mediterráneo', 'pers.', '45', '24.20', food],
    ['TEC-02', 'Equipo de traducción simultánea', 'día', '3', '215.50'],
    ['AZA-01', 'Azafata de recepción', 'hora', '18', '22.40'],
  ),
  order(
    107,
    'mediterraneo',
    'bo',
    29,
    ['20', '20'],
    ['MER-12', 'Mochila de algodón con logotipo', 'ud.', '30', '14.60'],
    ['MER-15', 'Botella térmica 500 ml grabada', 'ud.', '30', '17.95'],
  ),
  order(
    108,
    'thames',
    'ana',
    40,
    'service',
    ['CLN-M', 'Office cleaning, Tooley Street, monthly', 'month', '1', '1280.00'],
    ['WIN-Q', 'Window cleaning inside and outside, quarterly', 'visit', '1', '345.00'],
    ['WST-3', 'Confidential waste collection', 'sack', '14', '8.75'],
  ),
  order(
    109,
    'thames',
    'bo',
    24,
    'all',
    ['CON-210', 'Hand towels two-ply, case of 3200', 'case', '6', '27.40'],
    ['CON-118', 'Liquid soap refill 5 l', 'each', '8', '11.85'],
    ['CON-305', 'Bin liners 90 l, roll of 50', 'roll', '12', '6.20'],
  ),
  order(
    110,
    'cloudharbor',
    'bo',
    31,
    'service',
    ['CH-TEAM', 'Team workspace, per seat and month', 'seat', '38', '24.00'],
    ['CH-BKP', 'Backup add-on, per seat and month', 'seat', '38', '4.50'],
  ),
  order(
    111,
    'cloudharbor',
    'bo',
    26,
    'service',
    ['CH-STO', 'Object storage, GB-month', 'GB', '18450', '0.023'],
    ['CH-EGR', 'Data transfer out, GB', 'GB', '2310', '0.085'],
    ['CH-SUP', 'Priority support', 'month', '1', '290.00'],
  ),
  order(
    112,
    'alpenglas',
    'ana',
    36,
    'service',
    ['GF-01', 'Glasreinigung Fassade Süd', 'm²', '412.5', '3.80'],
    ['GF-09', 'Hubsteiger, Einsatztag', 'Tag', '1', '310.00'],
  ),
  order(
    113,
    'alpenglas',
    'chiara',
    22,
    'service',
    ['UR-04', 'Unterhaltsreinigung Büroflächen', 'Std.', '64', '31.50'],
    ['UR-11', 'Grundreinigung Teppichboden', 'm²', '180', '2.95'],
  ),
  order(
    114,
    'vanderberg',
    'chiara',
    48,
    'all',
    ['EL-160', 'Sit-stand desk Eleva 160 x 80 cm, oak', 'pcs', '12', '489.00'],
    ['EL-CB', 'Cable tray for Eleva desk', 'pcs', '12', '24.50'],
  ),
  order(
    115,
    'vanderberg',
    'chiara',
    45,
    'all',
    ['MO-CH7', 'Task chair Moveo 7, graphite', 'pcs', '14', '312.75'],
    ['MO-AR', 'Armrest set 4D', 'set', '14', '46.00'],
  ),
  order(116, 'vanderberg', 'bo', 37, ['12'], ['AC-P60', 'Acoustic panel 60 x 120 cm, sand', 'pcs', '10', '94.80']),
  order(
    117,
    'seefeld',
    'chiara',
    32,
    'all',
    ['DR-A2', 'Messeplakat A2, 4-farbig, 170 g', 'Stk', '250', '1.46'],
    ['DR-RU', 'Roll-up Display 85 x 200 cm inkl. Tasche', 'Stk', '4', '118.00'],
    ['LG-ZH', 'Lieferung an Messestand Zürich', 'Pausch.', '1', '65.00'],
  ),
  order(
    118,
    'seefeld',
    'chiara',
    25,
    'all',
    ['DR-FL', 'Flyer A5, 4/4-farbig, 135 g', 'Stk', '7500', '0.0895'],
    ['DR-VK', 'Visitenkarten, 350 g, matt', 'Stk', '2000', '0.118'],
  ),
  order(
    119,
    'rheinkraft',
    'ana',
    44,
    'service',
    ['STR-AP', 'Strom Arbeitspreis, Zähler 1ESY1160554', 'kWh', '6214', '0.2874'],
    ['STR-GP', 'Strom Grundpreis', 'Monat', '1', '18.90'],
  ),
  order(
    120,
    'rheinkraft',
    'ana',
    30,
    'service',
    ['FW-AP', 'Fernwärme Arbeitspreis, Zähler 8FWM20817', 'kWh', '9870', '0.1132'],
    ['FW-GP', 'Fernwärme Leistungspreis', 'Monat', '1', '142.35'],
    ['FW-EM', 'Emissionspreis Fernwärme', 'kWh', '9870', '0.0087'],
  ),
  order(
    121,
    'morgenrot',
    'bo',
    23,
    'all',
    ['ES-1', 'Espresso Neukölln, ganze Bohne', 'kg', '18', '21.90'],
    ['FI-2', 'Filterkaffee Äthiopien Yirgacheffe', 'kg', '7.5', '26.40'],
    ['HA-1', 'Hafermilch Barista 1 l', 'Stk', '36', '1.79', goods19],
  ),
  order(
    122,
    'morgenrot',
    'ana',
    19,
    'all',
    ['ES-1', 'Espresso Neukölln, ganze Bohne', 'kg', '12', '21.90'],
    ['TE-4', 'Kräutertee Berggarten, 100 g', 'Btl.', '20', '5.80'],
    ['WA-9', 'Wartung Siebträgermaschine', 'Pausch.', '1', '145.00', goods19],
  ),
  order(
    123,
    'brightit',
    'bo',
    39,
    'service',
    ['CON-SR', 'Senior consultant, network redesign', 'hours', '37.5', '112.00'],
    ['CON-EN', 'Network engineer, migration weekend', 'hours', '22.25', '96.00'],
    ['TRV', 'Travel Dublin - Berlin, as agreed', 'trip', '2', '284.60'],
    [null, 'Loyalty discount', 'flat', '1', '-150.00'],
  ),
  order(124, 'brightit', 'bo', 21, 'service', ['CON-SR', 'Senior consultant, security review', 'hours', '24', '112.00']),
  order(
    125,
    'brandt',
    'bo',
    34,
    'all',
    ['114-2207', 'Notebook Vertis 14 G5, 32 GB, 1 TB', 'Stk', '6', '1241.10', { list: '1379.00' }],
    ['114-9001', 'Dockingstation Vertis USB-C', 'Stk', '6', '161.10', { list: '179.00' }],
    ['220-0117', 'Garantieerweiterung 48 Monate', 'Stk', '6', '89.00'],
  ),
  order(
    126,
    'brandt',
    'chiara',
    28,
    'all',
    ['310-4410', 'Konferenzkamera Orbis 4K', 'Stk', '2', '684.50'],
    ['310-4415', 'Tischmikrofon Orbis, Kabel 5 m', 'Stk', '4', '129.95'],
    ['990-0001', 'Versandkostenpauschale', 'Stk', '1', '14.90'],
  ),
  order(
    127,
    'brandt',
    'bo',
    17,
    'nothing',
    ['205-2744', 'Monitor Panora 27" QHD, höhenverstellbar', 'Stk', '10', '298.00'],
    ['205-9010', 'Monitorarm Doppelgelenk', 'Stk', '10', '64.90'],
  ),
  order(
    128,
    'nordwind',
    'ana',
    26,
    'all',
    ['NW-10011', 'Kugelschreiber blau, Strichstärke M', 'Stk', '200', '0.42'],
    ['NW-10025', 'Druckbleistift 0,5 mm', 'Stk', '60', '1.89'],
    ['NW-10400', 'Textmarker gelb', 'Stk', '50', '0.74'],
    ['NW-11830', 'Collegeblock A4 liniert, 80 Blatt', 'Stk', '80', '1.65'],
    ['NW-12007', 'Notizbuch A5 gepunktet, Hardcover', 'Stk', '40', '6.20'],
    ['NW-13050', 'Heftgerät 30 Blatt', 'Stk', '12', '8.95'],
    ['NW-13061', 'Heftklammern 24/6, 5000 Stück', 'Pack', '20', '2.10'],
    ['NW-14022', 'Locher 25 Blatt', 'Stk', '8', '9.40'],
    ['NW-15500', 'Klebestift 20 g', 'Stk', '48', '1.12'],
    ['NW-15710', 'Klebefilm 19 mm x 33 m', 'Rolle', '60', '0.68'],
    ['NW-16003', 'Universalschere 21 cm', 'Stk', '15', '4.35'],
    ['NW-17200', 'Register A-Z A4, grau', 'Stk', '40', '1.98'],
    ['NW-18011', 'Sichthüllen A4 genarbt, 100 Stück', 'Pack', '25', '5.45'],
    ['NW-19004', 'Hängemappen A4 naturbraun, 25 Stück', 'Pack', '10', '14.80'],
    ['NW-21300', 'Versandtasche C4 weiß, 250 Stück', 'Karton', '4', '31.20'],
    ['NW-21345', 'Briefumschlag DL mit Fenster, 1000 Stück', 'Karton', '3', '27.90'],
    ['NW-22070', 'Stempelkissen schwarz', 'Stk', '6', '3.85'],
    ['NW-23110', 'Batterien AA Alkaline, 24 Stück', 'Pack', '10', '11.60'],
    ['NW-24800', 'Verlängerungskabel 3 m, 3-fach', 'Stk', '18', '9.25'],
    ['NW-26015', 'Reinigungstücher Bildschirm, 100 Stück', 'Dose', '24', '3.49'],
  ),
  order(129, 'nordwind', 'bo', 12, 'nothing', ['NW-75010', 'Rollcontainer 3 Schübe, weiß', 'Stk', '8', '132.50']),
  order(
    130,
    'kurier',
    'ana',
    20,
    'service',
    ['KF-CITY', 'Kurierfahrt Stadtgebiet', 'Fahrt', '23', '14.50'],
    ['KF-UML', 'Kurierfahrt Umland bis 40 km', 'Fahrt', '6', '38.00'],
    ['KF-WART', 'Wartezeit je angefangene 10 min', 'Stk', '5', '6.50'],
  ),
  order(
    131,
    'kurier',
    'bo',
    32,
    'service',
    ['UZ-TEAM', 'Umzugshelfer, Team mit zwei Personen', 'Std.', '16', '78.00'],
    ['UZ-LKW', 'Transporter 3,5 t mit Ladebordwand', 'Tag', '2', '149.00'],
  ),
  order(132, 'kurier', 'chiara', 16, 'service', ['KF-NACHT', 'Nachtkurier Berlin - Hamburg', 'Fahrt', '3', '189.00']),
  order(133, 'thames', 'chiara', 28, 'service', ['SEC-W', 'Reception and security, event weekend', 'hours', '32', '24.75']),
  order(134, 'vanderberg', 'ana', 9, 'nothing', ['BK-SH4', 'Bookcase Skane, four shelves', 'pcs', '5', '229.00']),
  order(
    135,
    'brandt',
    'ana',
    14,
    ['3', '0'],
    ['401-1180', 'Laserdrucker Vento M400, Duplex', 'Stk', '3', '419.00'],
    ['401-1195', 'Zusatzpapierfach 550 Blatt', 'Stk', '3', '118.50'],
  ),
];

/** The order of a number's last three digits. */
export function orderOf(number: number): SampleOrder {
  const found = orders.find((candidate) => candidate.number === `PO-2026-0${number}`);
  if (found === undefined) throw new TypeError(`The sample office has no order ${number}.`);
  return found;
}
