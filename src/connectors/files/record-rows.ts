import { isValidBIC, isValidIBAN } from 'ibantools';
import { z } from 'zod';
import { usAccountOf } from '#domain/accounts-payable';
import { isCurrency } from '#domain/money';
import { readNumber, type NumberStyle } from './number-style.ts';

/** Columns of each kind of import, in the order of the templates. */
export const importColumns = {
  suppliers: [
    'number',
    'name',
    'aliases',
    'vatId',
    'country',
    'emailDomains',
    'currency',
    'netDays',
    'discountDays',
    'discountPercent',
    'iban',
    'bic',
    'phone',
    'email',
    'chargesForeignTax',
  ],
  'purchase-orders': [
    'number',
    'supplierNumber',
    'currency',
    'orderedOn',
    'requesterEmail',
    'isReceiptRequired',
    'position',
    'itemCode',
    'description',
    'unit',
    'quantity',
    'unitPrice',
  ],
  'goods-receipts': ['number', 'purchaseOrderNumber', 'receivedOn', 'position', 'quantity'],
  accounts: ['number', 'name', 'isActive'],
  'cost-centres': ['number', 'name', 'isActive'],
  projects: ['number', 'name', 'isActive'],
  'tax-codes': ['number', 'name', 'isActive', 'taxRate'],
  'past-bookings': [
    'supplierNumber',
    'invoiceNumber',
    'line',
    'description',
    'taxRate',
    'bookedOn',
    'account',
    'costCentre',
    'project',
    'taxCode',
  ],
  agreements: [
    'supplierNumber',
    'kind',
    'name',
    'reference',
    'every',
    'instalments',
    'amount',
    'currency',
    'bandAmount',
    'bandPercent',
    'total',
    'firstOn',
    'validUntil',
    'graceDays',
  ],
} as const;

/** Columns a file must have; the others may be left out or empty. */
export const requiredColumns = {
  suppliers: ['number', 'name', 'country', 'currency', 'netDays'],
  'purchase-orders': ['number', 'supplierNumber', 'currency', 'orderedOn', 'position', 'description', 'unit', 'quantity', 'unitPrice'],
  'goods-receipts': ['number', 'purchaseOrderNumber', 'receivedOn', 'position', 'quantity'],
  accounts: ['number', 'name'],
  'cost-centres': ['number', 'name'],
  projects: ['number', 'name'],
  'tax-codes': ['number', 'name'],
  'past-bookings': ['supplierNumber', 'invoiceNumber', 'line', 'description', 'bookedOn', 'account'],
  agreements: ['supplierNumber', 'name', 'currency'],
} as const;

export const decimalColumns = {
  suppliers: ['discountPercent'],
  'purchase-orders': ['quantity', 'unitPrice'],
  'goods-receipts': ['quantity'],
  accounts: [],
  'cost-centres': [],
  projects: [],
  'tax-codes': ['taxRate'],
  'past-bookings': ['taxRate'],
  agreements: ['amount', 'bandAmount', 'bandPercent', 'total', 'instalments'],
} as const;

/* The return types are what zod infers from these shapes; writing them out would say everything twice. */
/* eslint-disable @typescript-eslint/explicit-module-boundary-types */

/** Shape of one row of each kind; `style` tells how the file writes decimals. */
export function rowShapes(style: NumberStyle) {
  const taxRate = optional(decimal(style, 3, (value) => value >= 0 && value < 100, 'must lie between 0 and 100'));
  const code = z.object({ number: text(40), name: text(200), isActive: yesOrNo(true) });
  return {
    suppliers: z.object({
      number: text(60),
      name: text(200),
      aliases: list(optionalText(200)),
      vatId: optionalCode(20),
      country: country(),
      emailDomains: list(domain()),
      currency: currency(),
      netDays: wholeNumber(0, 365),
      discountDays: list(wholeNumber(0, 365)),
      discountPercent: list(decimal(style, 2, (value) => value > 0 && value < 100, 'must lie between 0 and 100')),
      iban: optional(iban()),
      bic: optional(bic()),
      phone: optional(phone()),
      email: optional(email()),
      chargesForeignTax: optional(yesOrNo(false)),
    }),
    'purchase-orders': z.object({
      number: text(60),
      supplierNumber: text(60),
      currency: currency(),
      orderedOn: day(),
      requesterEmail: optional(email()),
      isReceiptRequired: yesOrNo(true),
      position: wholeNumber(1, 1_000_000),
      itemCode: optionalText(100),
      description: text(500),
      unit: text(20),
      // As many places as the tables keep: numeric(18, 4) and numeric(18, 6). More would be rounded unseen.
      quantity: decimal(style, 4, (value) => value > 0, 'must be greater than 0'),
      unitPrice: decimal(style, 6, (value) => value >= 0, 'must not be negative'),
    }),
    'goods-receipts': z.object({
      number: text(60),
      purchaseOrderNumber: text(60),
      receivedOn: day(),
      position: wholeNumber(1, 1_000_000),
      quantity: decimal(style, 4, (value) => value !== 0, 'must not be 0; a return is negative'),
    }),
    accounts: code,
    'cost-centres': code,
    projects: code,
    'tax-codes': code.extend({ taxRate }),
    'past-bookings': z.object({
      supplierNumber: text(60),
      invoiceNumber: text(100),
      line: wholeNumber(0, 100_000),
      description: optionalText(500),
      taxRate,
      bookedOn: day(),
      account: text(40),
      costCentre: optionalText(40),
      project: optionalText(40),
      taxCode: optionalText(40),
    }),
    agreements: z.object({
      supplierNumber: text(60),
      kind: agreementKind(),
      name: text(120),
      reference: optionalText(60),
      every: optional(rhythm()),
      instalments: list(instalment(style)),
      amount: optional(amount(style)),
      currency: currency(),
      bandAmount: optional(decimal(style, 4, (value) => value >= 0, 'must not be negative')),
      bandPercent: optional(decimal(style, 2, (value) => value >= 0 && value <= 100, 'must lie between 0 and 100')),
      total: optional(amount(style)),
      firstOn: optional(day()),
      validUntil: optional(day()),
      graceDays: optional(wholeNumber(0, 366)),
    }),
  };
}

function text(maxLength: number) {
  return z
    .string()
    .min(1, 'is missing')
    .max(maxLength, `must not be longer than ${maxLength} characters`)
    .refine(isPlain, 'holds control characters');
}

function phone() {
  return z.string().regex(/^\+?[\d\s()./-]{6,30}$/, 'is no telephone number; write it as +49 40 5550 1200');
}

function optionalText(maxLength: number) {
  return optional(z.string().max(maxLength, `must not be longer than ${maxLength} characters`).refine(isPlain, 'holds control characters'));
}

function optionalCode(maxLength: number) {
  return optional(
    z
      .string()
      .transform((value) => value.replace(/[\s.-]/g, '').toUpperCase())
      .pipe(
        z
          .string()
          .regex(/^[A-Z0-9]+$/, 'must have letters and digits only')
          .max(maxLength, `must not be longer than ${maxLength} characters`),
      ),
  );
}

/** An empty cell is nothing, not an empty text. */
function optional<Shape extends z.ZodType<unknown, string>>(shape: Shape) {
  return z.string().transform((value, context) => {
    if (value === '') return null;
    return pass(shape.safeParse(value), context);
  });
}

/** Several values in one cell, separated by `|`. */
function list<Shape extends z.ZodType<unknown, string>>(shape: Shape) {
  return z.string().transform((value, context) => {
    const entries = value
      .split('|')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== '');
    return entries.map((entry) => pass(shape.safeParse(entry), context));
  });
}

function pass<Value>(result: z.ZodSafeParseResult<Value>, context: z.RefinementCtx): Value {
  if (result.success) return result.data;
  for (const issue of result.error.issues) context.addIssue({ code: 'custom', message: issue.message });
  return z.NEVER;
}

function wholeNumber(least: number, most: number) {
  return z
    .string()
    .regex(/^\d{1,7}$/, `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be a whole number from ${least} to ${most}`);
}

function decimal(style: NumberStyle, places: number, isAllowed: (value: number) => boolean, rule: string) {
  return z
    .string()
    .min(1, 'is missing')
    .transform((value, context) => {
      const number = readNumber(value, style);
      const fault =
        number === null
          ? 'is not a number; write it like 1234.50'
          : number === 'ambiguous'
            ? 'can be read in two ways; write it without thousands separator and with two decimals'
            : !new RegExp(`^-?\\d{1,12}(\\.\\d{1,${places}})?$`).test(number)
              ? `must have at most 12 digits before and ${places} after the decimal point`
              : isAllowed(Number(number))
                ? null
                : rule;
      if (fault === null && number !== null) return number;
      context.addIssue({ code: 'custom', message: fault ?? rule });
      return z.NEVER;
    });
}

function amount(style: NumberStyle) {
  return decimal(style, 4, (value) => value > 0, 'must be greater than 0');
}

function agreementKind() {
  return z.string().transform((value, context) => {
    const kind = value === '' ? 'recurring-bill' : value.toLowerCase().replaceAll(/[\s_]+/g, '-');
    if (kind === 'contract' || kind === 'payment-plan' || kind === 'recurring-bill') return kind;
    context.addIssue({ code: 'custom', message: 'must be contract, payment-plan or recurring-bill' });
    return z.NEVER;
  });
}

const rhythms: Readonly<Record<string, { readonly rhythm: 'months' | 'days'; readonly many: number }>> = {
  month: { rhythm: 'months', many: 1 },
  quarter: { rhythm: 'months', many: 3 },
  year: { rhythm: 'months', many: 12 },
  week: { rhythm: 'days', many: 7 },
  day: { rhythm: 'days', many: 1 },
};

/** `1 month`, `quarter`, `14 days`. */
function rhythm() {
  return z.string().transform((value, context) => {
    const [, count = '1', unit = ''] = /^(\d{1,3})?\s*(month|quarter|year|week|day)s?$/.exec(value.toLowerCase()) ?? [];
    const found = rhythms[unit];
    if (found !== undefined && Number(count) > 0) return { rhythm: found.rhythm, every: found.many * Number(count) };
    context.addIssue({ code: 'custom', message: 'is no rhythm; write it like 1 month, 1 quarter or 14 days' });
    return z.NEVER;
  });
}

/** `2026-02-01=400.00`. */
function instalment(style: NumberStyle) {
  return z.string().transform((value, context) => {
    const [on = '', much = ''] = value.split('=').map((part) => part.trim());
    return { dueOn: pass(day().safeParse(on), context), amount: pass(amount(style).safeParse(much), context) };
  });
}

function currency() {
  return z
    .string()
    .transform((value) => value.toUpperCase())
    .refine(isCurrency, 'must be a currency code of ISO 4217 such as EUR');
}

function country() {
  const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const isCountry = (value: string): boolean => /^[A-Z]{2}$/.test(value) && regions.of(value) !== undefined;
  return z
    .string()
    .transform((value) => value.toUpperCase())
    .refine(isCountry, 'must be a country code of ISO 3166 such as DE');
}

function iban() {
  return z
    .string()
    .transform((value) => value.replace(/\s/g, '').toUpperCase())
    .refine((value) => isValidIBAN(value) || usAccountOf(value) !== null, 'is not a valid IBAN; compare its digits with the supplier');
}

function bic() {
  return z
    .string()
    .transform((value) => value.replace(/\s/g, '').toUpperCase())
    .refine(isValidBIC, 'is not a valid BIC');
}

function email() {
  return z
    .string()
    .transform((value) => value.toLowerCase())
    .pipe(z.email('is not an e-mail address'));
}

function domain() {
  return z
    .string()
    .transform((value) => value.toLowerCase().replace(/^@/, ''))
    .refine(
      (value) => /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/.test(value) && value.length <= 253,
      'is not a domain such as supplier.com',
    );
}

/** `2026-03-31`, or `31.3.2026`; 03/04/2026 is two dates, so it is refused. */
function day() {
  return z.string().transform((value, context) => {
    const local = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(value);
    const iso = local === null ? value : `${local[3]}-${local[2]?.padStart(2, '0')}-${local[1]?.padStart(2, '0')}`;
    const date = new Date(`${iso}T00:00:00Z`);
    if (/^\d{4}-\d{2}-\d{2}$/.test(iso) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso)) return iso;
    context.addIssue({ code: 'custom', message: 'is not a date; write it like 2026-03-31' });
    return z.NEVER;
  });
}

function yesOrNo(otherwise: boolean) {
  return z.string().transform((value, context) => {
    const word = value.toLowerCase();
    if (word === '') return otherwise;
    if (['true', 'yes', 'y', '1', 'ja', 'oui', 'sí', 'si', 'x'].includes(word)) return true;
    if (['false', 'no', 'n', '0', 'nein', 'non'].includes(word)) return false;
    context.addIssue({ code: 'custom', message: 'must be yes or no' });
    return z.NEVER;
  });
}

function isPlain(value: string): boolean {
  // Tab and line break may stand in a description; other control characters come from broken exports.
  return !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(value);
}
