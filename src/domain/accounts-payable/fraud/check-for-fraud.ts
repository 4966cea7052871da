import type { Money } from '#domain/money';
import { firstMailFinding } from './first-mail.ts';
import { firstPaymentFinding } from './first-payment.ts';
import type { GateFinding, GateName, GateSeverity } from './gate.ts';
import { ibanCountryFinding } from './iban-country.ts';
import { lookAlikeFinding } from './look-alike-sender.ts';
import { numberSequenceFinding } from './number-sequence.ts';
import type { PastInvoice } from './past-invoice.ts';
import { domainOf, replyToFinding } from './reply-to.ts';
import { senderAuthenticationFinding } from './sender-authentication.ts';
import { splitInvoicesFinding } from './split-invoices.ts';
import { nearLimitFinding, roundAmountFinding, type ApprovalLimits } from './suspicious-amount.ts';
import { unusualAmountFinding } from './unusual-amount.ts';
import { unusualDateFinding } from './unusual-date.ts';

/** What an organization may set about fraud gates, as data. */
export interface FraudPolicy {
  /** After an account was confirmed and before it may be paid. The database reads it under this name too. */
  readonly coolingHours: number;
  /** Names under which our own mail servers write Authentication-Results; empty: the topmost is believed. */
  readonly trustedServers: readonly string[];
  readonly nearLimitBasisPoints: number;
  /** Where a gate shall hold that warns, warn that holds, or be silent. */
  readonly severities: Readonly<Partial<Record<GateName, GateSeverity | 'off'>>>;
}

export const usualFraudPolicy: FraudPolicy = { coolingHours: 24, trustedServers: [], nearLimitBasisPoints: 200, severities: {} };

/** The mail an invoice came in; null for what was uploaded. */
export interface MailClues {
  readonly sender: string | null;
  readonly replyTo: string | null;
  readonly authenticationResults: string | null;
}

export interface FraudQuestion {
  readonly supplier: { readonly name: string; readonly country: string; readonly emailDomains: readonly string[] };
  /** Mail domains of all suppliers; a look-alike may pretend to be any of them. */
  readonly knownDomains: readonly { readonly domain: string; readonly supplierName: string }[];
  readonly mail: MailClues | null;
  /** Mail domains of the office itself: a colleague who forwards is no supplier. */
  readonly ownDomains: readonly string[];
  readonly invoice: {
    readonly number: string;
    readonly issuedOn: string;
    readonly gross: Money;
    readonly iban: string | null;
    readonly isOrdered: boolean;
  };
  readonly isAccountVerified: boolean;
  readonly past: readonly PastInvoice[];
  /** Senders of this supplier's settled invoices, one entry a mail. */
  readonly earlierSenders: readonly string[];
  readonly paid: { readonly toSupplier: number; readonly inAll: number };
  readonly limits: ApprovalLimits;
  readonly today: string;
}

/** Asks every gate about one invoice; holds first. Pure: the same facts, the same findings. */
export function checkForFraud(question: FraudQuestion, policy: FraudPolicy): readonly GateFinding[] {
  const { supplier, invoice, past } = question;
  const findings = [
    ...senderFindings(question, policy),
    firstPaymentFinding(question.paid, supplier.name),
    nearLimitFinding(invoice.gross, past, question.limits, policy.nearLimitBasisPoints),
    roundAmountFinding(invoice.gross, past, supplier.name),
    unusualAmountFinding(invoice.gross, past, supplier.name),
    unusualDateFinding(invoice.issuedOn, past, { today: question.today, supplierName: supplier.name }),
    question.isAccountVerified ? null : ibanCountryFinding(invoice.iban, supplier),
    numberSequenceFinding(invoice, past, supplier.name),
    splitInvoicesFinding(invoice, past, question.limits, supplier.name),
  ];
  return findings
    .filter((finding) => finding !== null)
    .flatMap((finding) => withSeverity(finding, policy))
    .toSorted((one, other) => Number(other.severity === 'hold') - Number(one.severity === 'hold'));
}

function senderFindings({ mail, supplier, ...question }: FraudQuestion, policy: FraudPolicy): readonly (GateFinding | null)[] {
  if (mail === null) return [];
  const authentication = senderAuthenticationFinding(mail.sender, mail.authenticationResults, policy.trustedServers);
  const domain = domainOf(mail.sender);
  const isColleague = domain !== null && question.ownDomains.some((own) => own.toLowerCase() === domain);
  if (isColleague) return [authentication];
  const knownDomains = supplier.emailDomains;
  return [
    authentication,
    lookAlikeFinding(domain, question.knownDomains),
    replyToFinding({ sender: mail.sender, replyTo: mail.replyTo, knownDomains, supplierName: supplier.name }),
    firstMailFinding({ sender: mail.sender, earlier: question.earlierSenders, knownDomains, supplierName: supplier.name }),
  ];
}

function withSeverity(finding: GateFinding, { severities }: FraudPolicy): readonly GateFinding[] {
  const severity = severities[finding.gate] ?? finding.severity;
  return severity === 'off' ? [] : [{ ...finding, severity }];
}
