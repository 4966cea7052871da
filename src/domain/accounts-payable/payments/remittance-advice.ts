import { describeMoney, formatMoney, sum, type Money } from '#domain/money';
import { shortIban } from './iban.ts';

/** Languages that an advice is written in. */
export type AdviceLanguage = 'en' | 'de' | 'fr' | 'es';

/** One invoice that was paid, and what was taken off. */
export interface AdvisedInvoice {
  readonly number: string;
  /** `YYYY-MM-DD`; null where it prints none. */
  readonly issuedOn: string | null;
  /** As the invoice says. */
  readonly gross: Money;
  /** Cash discount that was taken; zero where none was. */
  readonly discount: Money;
  readonly paid: Money;
  /** What the bank statement of the supplier shows. */
  readonly endToEndId: string;
}

export interface AdvisedPayments {
  readonly payer: string;
  readonly supplier: string;
  /** The account that was paid. */
  readonly iban: string;
  /** The first day on which money leaves. */
  readonly executeOn: string;
  /** Of one currency. */
  readonly invoices: readonly AdvisedInvoice[];
}

export interface Advice {
  readonly subject: string;
  /** Plain text, lines of at most 78 characters but for names and references. */
  readonly text: string;
}

// Official languages of countries; where there are several, or another, English is understood.
const byCountry: Readonly<Record<string, AdviceLanguage>> = {
  DE: 'de',
  AT: 'de',
  LI: 'de',
  FR: 'fr',
  MC: 'fr',
  ES: 'es',
  MX: 'es',
  AR: 'es',
  CL: 'es',
  CO: 'es',
  PE: 'es',
};

/** The language of a supplier's country, by its ISO 3166-1 code. */
export function languageOf(country: string): AdviceLanguage {
  return byCountry[country] ?? 'en';
}

/**
 * Tells a supplier which invoices a payment is for, what was taken off each, and by what they find it on their statement.
 *
 * @param paid - to one account, in one currency; at least one invoice.
 */
export function writeAdvice(paid: AdvisedPayments, language: AdviceLanguage): Advice {
  const words = wordings[language];
  const currency = paid.invoices[0]?.paid.currency ?? '';
  const total = sum(
    paid.invoices.map((invoice) => invoice.paid),
    currency,
  );
  const say = (money: Money): string => sayMoney(money, language);
  const lines = paid.invoices.flatMap((invoice) => [
    `${words.invoice} ${invoice.number}${invoice.issuedOn === null ? '' : ` ${words.of} ${sayDay(invoice.issuedOn, language)}`}`,
    `  ${words.amount}: ${say(invoice.gross)}`,
    ...(invoice.discount.minor === 0n ? [] : [`  ${words.discount}: ${say({ ...invoice.discount, minor: -invoice.discount.minor })}`]),
    `  ${words.paid}: ${say(invoice.paid)}`,
    `  ${words.reference}: ${invoice.endToEndId}`,
    '',
  ]);
  return {
    subject: words.subject(say(total), paid.payer),
    text: [
      words.greeting(paid.supplier),
      '',
      words.opening({ payer: paid.payer, total: say(total), day: sayDay(paid.executeOn, language), account: shortIban(paid.iban) }),
      '',
      ...lines,
      `${words.total}: ${say(total)}`,
      '',
      words.closing,
      '',
      paid.payer,
      '',
    ].join('\n'),
  };
}

interface Wording {
  readonly subject: (total: string, payer: string) => string;
  readonly greeting: (supplier: string) => string;
  readonly opening: (facts: { readonly payer: string; readonly total: string; readonly day: string; readonly account: string }) => string;
  readonly invoice: string;
  readonly of: string;
  readonly amount: string;
  readonly discount: string;
  readonly paid: string;
  readonly reference: string;
  readonly total: string;
  readonly closing: string;
}

const wordings: Readonly<Record<AdviceLanguage, Wording>> = {
  en: {
    subject: (total, payer) => `Remittance advice: ${total} from ${payer}`,
    greeting: (supplier) => `To ${supplier}`,
    opening: ({ payer, total, day, account }) => `${payer} pays you ${total}, from ${day} on, to your account ${account}. It is for:`,
    invoice: 'Invoice',
    of: 'of',
    amount: 'Amount of the invoice',
    discount: 'Cash discount',
    paid: 'Paid',
    reference: 'Reference on your statement',
    total: 'In all',
    closing: 'If something in it is not right, please answer within a few days.',
  },
  de: {
    subject: (total, payer) => `Zahlungsavis: ${total} von ${payer}`,
    greeting: (supplier) => `An ${supplier}`,
    opening: ({ payer, total, day, account }) => `${payer} zahlt Ihnen ${total}, ab dem ${day}, auf Ihr Konto ${account}. Es ist für:`,
    invoice: 'Rechnung',
    of: 'vom',
    amount: 'Rechnungsbetrag',
    discount: 'Skonto',
    paid: 'Gezahlt',
    reference: 'Referenz auf Ihrem Kontoauszug',
    total: 'Zusammen',
    closing: 'Wenn daran etwas nicht stimmt, antworten Sie bitte in den nächsten Tagen.',
  },
  fr: {
    subject: (total, payer) => `Avis de paiement : ${total} de ${payer}`,
    greeting: (supplier) => `À ${supplier}`,
    opening: ({ payer, total, day, account }) =>
      `${payer} vous paie ${total}, à partir du ${day}, sur votre compte ${account}. Cela concerne :`,
    invoice: 'Facture',
    of: 'du',
    amount: 'Montant de la facture',
    discount: 'Escompte',
    paid: 'Payé',
    reference: 'Référence sur votre relevé',
    total: 'En tout',
    closing: 'Si quelque chose n’est pas juste, merci de répondre dans les prochains jours.',
  },
  es: {
    subject: (total, payer) => `Aviso de pago: ${total} de ${payer}`,
    greeting: (supplier) => `A ${supplier}`,
    opening: ({ payer, total, day, account }) => `${payer} le paga ${total}, a partir del ${day}, en su cuenta ${account}. Corresponde a:`,
    invoice: 'Factura',
    of: 'del',
    amount: 'Importe de la factura',
    discount: 'Descuento por pronto pago',
    paid: 'Pagado',
    reference: 'Referencia en su extracto',
    total: 'En total',
    closing: 'Si algo no es correcto, le rogamos que responda en los próximos días.',
  },
};

/** As the language writes figures: `1.234,50 EUR`. */
function sayMoney(money: Money, language: AdviceLanguage): string {
  if (language === 'en') return describeMoney(money);
  const [thousands, point] = language === 'fr' ? ['\u00a0', ','] : ['.', ','];
  const [whole = '', fraction] = formatMoney(money).split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, thousands);
  return `${fraction === undefined ? grouped : `${grouped}${point}${fraction}`} ${money.currency}`;
}

const months = 'January February March April May June July August September October November December'.split(' ');

/** `5 March 2026`, `05.03.2026`, `05/03/2026`. */
function sayDay(day: string, language: AdviceLanguage): string {
  const [year = '', month = '', date = ''] = day.split('-');
  if (language === 'en') return `${Number(date)} ${months[Number(month) - 1] ?? month} ${year}`;
  return [date, month, year].join(language === 'de' ? '.' : '/');
}
