import type { Element } from '../extraction/e-invoice/xml-tree.ts';
import { codeRules } from './code-rules.ts';
import { bodyRules, headRules, lineRules } from './presence-rules.ts';
import type { Rule } from './rule.ts';
import type { SemanticInvoice } from './semantic-invoice.ts';
import { semanticInvoiceOf } from './semantic-invoice-of.ts';
import { decimalRules, lineSumRules, sumRules } from './sum-rules.ts';
import { taxCategoryRules } from './tax-category-rules.ts';

/** A rule that a document breaks. */
export interface BrokenRule {
  /** E.g. `BR-CO-15`. */
  readonly id: string;
  readonly says: string;
  /** Which of several, e.g. `line 3`; empty where there is one only. */
  readonly places: readonly string[];
}

/** How much of EN 16931 a document promises to hold. */
export type Profile = 'minimum' | 'without-lines' | 'full' | 'extended' | 'unknown';

export interface RuleCheck {
  readonly profile: Profile;
  /** BT-24, as written. */
  readonly specification: string | null;
  readonly broken: readonly BrokenRule[];
}

/**
 * Holds an e-invoice against the business rules of EN 16931-1:2017+A1:2019, as far as its profile promises to keep them. Null for
 * what does not claim to follow the standard: orders, ZUGFeRD 1, and UBL of other customizations.
 */
export function checkInvoice(root: string, element: Element): RuleCheck | null {
  const invoice = bind(root, element);
  if (invoice === null) return null;
  const { specification } = invoice;
  const profile = profileOf(specification);
  return { profile, specification, broken: rulesFor(profile).flatMap((rule) => brokenBy(rule, invoice)) };
}

function bind(root: string, element: Element): SemanticInvoice | null {
  const invoice = semanticInvoiceOf(root, element);
  const isOurs = invoice?.syntax === 'CII' || invoice?.specification?.startsWith('urn:cen.eu:en16931') === true;
  return isOurs ? invoice : null;
}

function profileOf(specification: string | null): Profile {
  const name = specification?.toLowerCase() ?? '';
  if (/[:#](?:minimum)$/.test(name)) return 'minimum';
  if (/[:#](?:basicwl)$/.test(name)) return 'without-lines';
  if (/#conformant#|[:#]extended/.test(name)) return 'extended';
  return name === '' || name.startsWith('urn:cen.eu:en16931') ? 'full' : 'unknown';
}

const bare: readonly Rule[] = [...headRules, ...codeRules.filter(({ id }) => id !== 'BR-CL-18')];
const withoutLines: readonly Rule[] = [...bare, ...bodyRules, ...sumRules, ...decimalRules, ...taxCategoryRules(false)];
const full: readonly Rule[] = [
  ...headRules,
  ...codeRules,
  ...bodyRules,
  ...sumRules,
  ...decimalRules,
  ...taxCategoryRules(true),
  ...lineRules,
  ...lineSumRules,
];

function rulesFor(profile: Profile): readonly Rule[] {
  if (profile === 'minimum') return bare;
  return profile === 'without-lines' ? withoutLines : full;
}

function brokenBy({ id, says, breaks }: Rule, invoice: SemanticInvoice): BrokenRule[] {
  const broken = breaks(invoice);
  const where = typeof broken === 'boolean' ? [] : broken;
  return broken === true || where.length > 0 ? [{ id, says, places: where }] : [];
}
