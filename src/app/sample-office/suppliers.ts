import type { SupplierRecord } from '#domain/ports';
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
} from './check-digits.ts';

/** How words, dates and numbers are written. */
export type Manner = 'en-gb' | 'en-us' | 'de' | 'de-ch' | 'fr' | 'es';

/** Names of the programs that draw invoices, in `layouts/`. */
export type LayoutName =
  | 'din-letter'
  | 'boutique'
  | 'banded'
  | 'ledger'
  | 'subscription'
  | 'typewriter'
  | 'sidebar'
  | 'swiss'
  | 'utility'
  | 'timesheet'
  | 'warehouse';

/** A supplier as master data, and how it writes its invoices. */
export interface SampleSupplier extends SupplierRecord {
  /** Stable short name, for messages and tests. */
  readonly key: string;
  readonly iban: string;
  readonly bic: string;
  readonly bankName: string;
  readonly manner: Manner;
  readonly street: string;
  readonly postcode: string;
  readonly city: string;
  readonly phone: string;
  readonly contact: string;
  /** Register entry or similar, as small print says it. */
  readonly register: string;
  /** Percent, where the line says nothing else. */
  readonly taxRate: string;
  readonly layout: LayoutName;
  readonly colour: string;
  /** How its invoice numbers look: `#` is the running number. */
  readonly numbering: string;
  readonly customerNumber: string;
}

type Draft = Omit<SampleSupplier, 'aliases' | 'emailDomains' | 'discounts' | 'key'> &
  Partial<Pick<SampleSupplier, 'discounts' | 'aliases'>>;

function supplier(key: string, domain: string, draft: Draft): SampleSupplier {
  return { aliases: [], discounts: [], ...draft, key, emailDomains: [domain] };
}

/** All firms are invented; `.example` domains never exist (RFC 2606). */
export const suppliers: readonly SampleSupplier[] = [
  supplier('nordwind', 'nordwind-buero.example', {
    number: 'S-1001',
    name: 'Nordwind Bürobedarf GmbH',
    vatId: germanVatId('31866950'),
    country: 'DE',
    currency: 'EUR',
    netDays: 30,
    discounts: [
      { days: 7, basisPoints: 300 },
      { days: 14, basisPoints: 200 },
    ],
    iban: iban('DE', '200411110532017400'),
    bic: 'COBADEFFXXX',
    bankName: 'Commerzbank Hamburg',
    manner: 'de',
    street: 'Speicherweg 7',
    postcode: '20457',
    city: 'Hamburg',
    phone: '+49 40 5550 1200',
    contact: 'Jens Petersen',
    register: 'Amtsgericht Hamburg HRB 90417',
    taxRate: '19',
    layout: 'din-letter',
    colour: '#1f4e79',
    numbering: 'RE-2026-#',
    customerNumber: '104417',
  }),
  supplier('lumiere', 'maison-lumiere.example', {
    number: 'S-1002',
    name: 'Maison Lumière Événements SARL',
    vatId: frenchVatId('41277635'),
    country: 'FR',
    currency: 'EUR',
    netDays: 30,
    iban: frenchIban('30004', '00811', '00012345678'),
    bic: 'BNPAFRPPXXX',
    bankName: 'BNP Paribas',
    manner: 'fr',
    street: '18 rue des Forges',
    postcode: '75011',
    city: 'Paris',
    phone: '+33 1 55 50 01 20',
    contact: 'Camille Aubert',
    register: 'RCS Paris – capital de 20 000 €',
    taxRate: '20',
    layout: 'boutique',
    colour: '#7a4a2b',
    numbering: 'FA26-#',
    customerNumber: 'CL-0288',
  }),
  supplier('mediterraneo', 'espacio-mediterraneo.example', {
    number: 'S-1003',
    name: 'Espacio Mediterráneo S.L.',
    vatId: spanishVatId('6041873'),
    country: 'ES',
    currency: 'EUR',
    netDays: 30,
    iban: spanishIban('2100', '0418', '0200051332'),
    bic: 'CAIXESBBXXX',
    bankName: 'CaixaBank',
    manner: 'es',
    street: 'Carrer de Mallorca 221',
    postcode: '08008',
    city: 'Barcelona',
    phone: '+34 93 555 01 20',
    contact: 'Lucía Ferrer',
    register: 'Registro Mercantil de Barcelona, hoja B-441207',
    taxRate: '21',
    layout: 'banded',
    colour: '#0f766e',
    numbering: 'F/2026/#',
    customerNumber: '430017',
  }),
  supplier('thames', 'thames-facility.example', {
    number: 'S-1004',
    name: 'Thames Facility Services Ltd',
    vatId: britishVatId('8124073'),
    country: 'GB',
    currency: 'GBP',
    netDays: 30,
    iban: iban('GB', 'NWBK60161331926819'),
    bic: 'NWBKGB2LXXX',
    bankName: 'NatWest',
    manner: 'en-gb',
    street: '42 Tooley Street',
    postcode: 'SE1 2TU',
    city: 'London',
    phone: '+44 20 7946 0120',
    contact: 'Oliver Grant',
    register: 'Registered in England No. 07441920',
    taxRate: '20',
    layout: 'ledger',
    colour: '#14532d',
    numbering: 'TFS#',
    customerNumber: 'SAM001',
  }),
  supplier('cloudharbor', 'cloudharbor.example', {
    number: 'S-1005',
    name: 'Cloudharbor Inc.',
    vatId: null,
    country: 'US',
    currency: 'USD',
    netDays: 30,
    discounts: [{ days: 10, basisPoints: 200 }],
    iban: belgianIban('9670555012'),
    bic: 'KREDBEBBXXX',
    bankName: 'KBC Bank, Brussels (USD account)',
    manner: 'en-us',
    street: '500 Harbor Blvd, Suite 310',
    postcode: 'CA 94607',
    city: 'Oakland',
    phone: '+1 510 555 0120',
    contact: 'Billing team',
    register: 'Federal tax ID 84-5550127',
    taxRate: '0',
    layout: 'subscription',
    colour: '#4f46e5',
    numbering: 'CH-#',
    customerNumber: 'acct_7719',
  }),
  supplier('alpenglas', 'alpenglas.example', {
    number: 'S-1006',
    name: 'Alpenglas Gebäudereinigung GmbH',
    vatId: austrianVatId('6120448'),
    country: 'AT',
    currency: 'EUR',
    netDays: 14,
    iban: iban('AT', '1200000234573201'),
    bic: 'BKAUATWWXXX',
    bankName: 'UniCredit Bank Austria',
    manner: 'de',
    street: 'Griesgasse 31',
    postcode: '5020',
    city: 'Salzburg',
    phone: '+43 662 5550 12',
    contact: 'Theresa Moser',
    register: 'Firmenbuch Salzburg FN 412207k',
    taxRate: '0',
    layout: 'banded',
    colour: '#0369a1',
    numbering: '26/#',
    customerNumber: '20188',
  }),
  supplier('vanderberg', 'vanderbergmeubels.example', {
    number: 'S-1007',
    name: 'Van der Berg Meubels B.V.',
    vatId: dutchVatId('81245567'),
    country: 'NL',
    currency: 'EUR',
    netDays: 30,
    iban: iban('NL', 'ABNA0417164300'),
    bic: 'ABNANL2AXXX',
    bankName: 'ABN AMRO',
    manner: 'en-gb',
    street: 'Havenstraat 122',
    postcode: '1019 BR',
    city: 'Amsterdam',
    phone: '+31 20 555 0120',
    contact: 'Sanne de Wit',
    register: 'KvK 34120917',
    taxRate: '0',
    layout: 'sidebar',
    colour: '#9a3412',
    numbering: 'VB-26-#',
    customerNumber: 'D-5512',
  }),
  supplier('seefeld', 'seefeld-druck.example', {
    number: 'S-1008',
    name: 'Seefeld Druck AG',
    vatId: swissVatId('10744918'),
    country: 'CH',
    currency: 'CHF',
    netDays: 30,
    iban: iban('CH', '00762011623852957'),
    bic: 'KBSZCH22XXX',
    bankName: 'Schwyzer Kantonalbank',
    manner: 'de-ch',
    street: 'Seefeldstrasse 88',
    postcode: '8008',
    city: 'Zürich',
    phone: '+41 44 555 01 20',
    contact: 'Reto Bänziger',
    register: 'Handelsregister Kanton Zürich',
    taxRate: '8.1',
    layout: 'swiss',
    colour: '#b91c1c',
    numbering: '#',
    customerNumber: '70114',
  }),
  supplier('rheinkraft', 'rheinkraft.example', {
    number: 'S-1009',
    name: 'Rheinkraft Energie AG',
    vatId: germanVatId('81109876'),
    country: 'DE',
    currency: 'EUR',
    netDays: 14,
    iban: iban('DE', '370501980012345678'),
    bic: 'COLSDE33XXX',
    bankName: 'Sparkasse KölnBonn',
    manner: 'de',
    street: 'Am Malzbüchel 3',
    postcode: '50667',
    city: 'Köln',
    phone: '+49 221 5550 300',
    contact: 'Geschäftskundenservice',
    register: 'Amtsgericht Köln HRB 31188',
    taxRate: '19',
    layout: 'utility',
    colour: '#047857',
    numbering: 'VR 7700#',
    customerNumber: '8830 1745',
  }),
  supplier('morgenrot', 'morgenrot-kaffee.example', {
    number: 'S-1010',
    name: 'Kaffeerösterei Morgenrot e.K.',
    vatId: germanVatId('26512345'),
    country: 'DE',
    currency: 'EUR',
    netDays: 14,
    iban: iban('DE', '430609677000123400'),
    bic: 'GENODEM1GLS',
    bankName: 'GLS Bank',
    manner: 'de',
    street: 'Sonnenallee 67',
    postcode: '12045',
    city: 'Berlin',
    phone: '+49 30 5550 4411',
    contact: 'Mira Yılmaz',
    register: 'Amtsgericht Charlottenburg HRA 55120',
    taxRate: '7',
    layout: 'boutique',
    colour: '#b45309',
    numbering: 'MR#',
    customerNumber: 'K-88',
  }),
  supplier('brightit', 'bright-it.example', {
    number: 'S-1011',
    name: 'Bright IT Consulting Ltd',
    vatId: irishVatId('3301842'),
    country: 'IE',
    currency: 'EUR',
    netDays: 30,
    iban: iban('IE', 'AIBK93115212345678'),
    bic: 'AIBKIE2DXXX',
    bankName: 'AIB Dublin',
    manner: 'en-gb',
    street: '9 Baggot Street Lower',
    postcode: 'D02 X658',
    city: 'Dublin',
    phone: '+353 1 555 0120',
    contact: 'Aoife Brennan',
    register: 'CRO 588214',
    taxRate: '0',
    layout: 'timesheet',
    colour: '#334155',
    numbering: 'BIT-#',
    customerNumber: 'SO-14',
  }),
  supplier('brandt', 'technikhaus-brandt.example', {
    number: 'S-1012',
    name: 'Technikhaus Brandt GmbH & Co. KG',
    vatId: germanVatId('29440173'),
    country: 'DE',
    currency: 'EUR',
    netDays: 60,
    iban: iban('DE', '700202700015820117'),
    bic: 'HYVEDEMMXXX',
    bankName: 'HypoVereinsbank München',
    manner: 'de',
    street: 'Landsberger Straße 310',
    postcode: '80687',
    city: 'München',
    phone: '+49 89 5550 7700',
    contact: 'Florian Huber',
    register: 'Amtsgericht München HRA 88120',
    taxRate: '19',
    layout: 'warehouse',
    colour: '#111827',
    numbering: '9026#',
    customerNumber: '5520019',
  }),
  supplier('kurier', 'blitzkurier-spree.example', {
    number: 'S-1013',
    name: 'Blitzkurier Spree OHG',
    vatId: germanVatId('13409772'),
    country: 'DE',
    currency: 'EUR',
    netDays: 14,
    iban: iban('DE', '100500001070123456'),
    bic: 'BELADEBEXXX',
    bankName: 'Berliner Sparkasse',
    manner: 'de',
    street: 'Köpenicker Straße 154',
    postcode: '10997',
    city: 'Berlin',
    phone: '+49 30 5550 9090',
    contact: 'Disposition',
    register: 'Amtsgericht Charlottenburg HRA 30117',
    taxRate: '19',
    layout: 'typewriter',
    colour: '#000000',
    numbering: '26-#',
    customerNumber: '3391',
  }),
];

/** Not on file: the one that Ana has to put there. */
export const stranger: SampleSupplier = supplier('spreekueche', 'spreekueche.example', {
  number: 'S-9999',
  name: 'Spreeküche Catering GbR',
  vatId: germanVatId('27715408'),
  country: 'DE',
  currency: 'EUR',
  netDays: 14,
  iban: iban('DE', '100500000190234567'),
  bic: 'BELADEBEXXX',
  bankName: 'Berliner Sparkasse',
  manner: 'de',
  street: 'Schlesische Straße 27',
  postcode: '10997',
  city: 'Berlin',
  phone: '+49 30 5550 8123',
  contact: 'Nele Krause',
  register: 'Gesellschafter: N. Krause, T. Öztürk',
  taxRate: '7',
  layout: 'boutique',
  colour: '#9d174d',
  numbering: '2026-#',
  customerNumber: 'neu',
});

/** The supplier of a key. */
export function supplierOf(key: string): SampleSupplier {
  const found = suppliers.find((candidate) => candidate.key === key);
  if (found === undefined) throw new TypeError(`The sample office has no supplier ${key}.`);
  return found;
}
