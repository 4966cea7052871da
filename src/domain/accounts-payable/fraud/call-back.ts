/** A call to a supplier about an account, as whoever called recorded it. */
export interface AccountCall {
  readonly memberId: string;
  readonly memberName: string;
  readonly phone: string;
  /** How the number was known before this paper came: `on file since 2026-01-12`, `our contract of 2024`. */
  readonly phoneSource: string;
  readonly spokeWith: string | null;
  readonly outcome: 'confirmed' | 'denied' | 'not-reached';
  /** RFC 3339. */
  readonly calledAt: string;
}

/** What a person says of a call; `phone` and `phoneSource` only where no number is on file. */
export interface CallReport {
  readonly spokeWith: string;
  readonly outcome: AccountCall['outcome'];
  readonly calledAt: string;
  readonly phone?: string | undefined;
  readonly phoneSource?: string | undefined;
}

/** Shorter runs of digits stand on every paper. */
const fewestDigits = 6;
/** A country's code and the zero before an area code are written or not; what follows is the number. */
const comparedDigits = 8;

/**
 * Whether a text prints this number, however it is grouped: `+49 40 5550-1200` and `040 55501200` are one. A number that
 * the paper or its mail gives leads to whoever wrote it.
 */
export function printsNumber(text: string, phone: string): boolean {
  const wanted = phone.replaceAll(/\D/g, '').slice(-comparedDigits);
  if (wanted.length < fewestDigits) return false;
  return (text.match(/\+?\d[\d\s()./–-]{4,}\d/g) ?? []).some((found) => found.replaceAll(/\D/g, '').endsWith(wanted));
}

/** `Ana called +49 40 5550 1200 (on file since 2026-01-12) on 2026-11-30 at 14:02 UTC and spoke with Frau Keller: the account is theirs.` */
export function describeCall(call: AccountCall): string {
  const when = `${call.calledAt.slice(0, 10)} at ${call.calledAt.slice(11, 16)} UTC`;
  const called = `${call.memberName} called ${call.phone} (${call.phoneSource}) on ${when}`;
  if (call.outcome === 'not-reached') return `${called} and reached nobody.`;
  const said = call.outcome === 'confirmed' ? 'the account is theirs' : 'the account is not theirs';
  return `${called} and spoke with ${call.spokeWith ?? 'somebody'}: ${said}.`;
}

/** Whom to call, in one sentence: never a number from the paper in question. */
export function whomToCall(supplier: {
  readonly name: string;
  readonly phone?: string | null | undefined;
  readonly phoneSince?: string | null | undefined;
}): string {
  if (supplier.phone == null || supplier.phone === '')
    return `No number of ${supplier.name} is on file: take one from a contract or an older paper, never from this invoice or its mail.`;
  const since = supplier.phoneSince == null ? '' : `, on file since ${supplier.phoneSince.slice(0, 10)}`;
  return `Call ${supplier.name} at ${supplier.phone}${since}; never at a number from this invoice or its mail.`;
}

/** Four eyes: whoever typed the account in or called about it does not confirm it. */
export function mayConfirmAccount(
  memberId: string,
  account: { readonly proposedBy?: string | null | undefined; readonly calls?: readonly AccountCall[] | undefined },
): { readonly allowed: boolean; readonly reason: string } {
  if (account.proposedBy === memberId) return { allowed: false, reason: 'You put this account on file; somebody else must confirm it.' };
  if ((account.calls ?? []).some((call) => call.memberId === memberId))
    return { allowed: false, reason: 'You called about this account; somebody else must confirm it.' };
  return { allowed: true, reason: 'Another person proposed it and called.' };
}

/** The last call that reached somebody, since the account was refused last. */
export function lastAnswer(calls: readonly AccountCall[] | undefined): AccountCall | null {
  return calls?.findLast((call) => call.outcome !== 'not-reached') ?? null;
}
