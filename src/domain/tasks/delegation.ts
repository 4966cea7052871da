import { mayApprove } from '#domain/accounts-payable';
import type { Role } from '#domain/identity';

/** Who stands in for whom, from the first to the last day, both included. */
export interface Delegation {
  readonly fromId: string;
  readonly toId: string;
  readonly startsOn: string;
  readonly endsOn: string;
}

/** Whether one may stand in for the other at all: at least one of their steps must be open to what they are themselves. */
export function mayStandIn(standIn: readonly Role[], absent: readonly Role[]): boolean {
  return absent.some((role) => mayApprove({ memberId: '', roles: standIn }, { role }, []).allowed);
}

/**
 * The way by which work of one person reaches another on some day of a delegation, as ids with both ends; null when it
 * does not. A delegation from `toId` back to `fromId` would close a circle exactly when there is such a way.
 */
export function chainBetween(
  delegations: readonly Delegation[],
  fromId: string,
  toId: string,
  period: { readonly startsOn: string; readonly endsOn: string },
): readonly string[] | null {
  if (fromId === toId) return [fromId];
  for (const next of delegations) {
    if (next.fromId !== fromId) continue;
    const startsOn = next.startsOn > period.startsOn ? next.startsOn : period.startsOn;
    const endsOn = next.endsOn < period.endsOn ? next.endsOn : period.endsOn;
    if (startsOn > endsOn) continue;
    const rest = chainBetween(
      delegations.filter((other) => other !== next),
      next.toId,
      toId,
      { startsOn, endsOn },
    );
    if (rest !== null) return [fromId, ...rest];
  }
  return null;
}

/** Who decides for this person on this day, over any number of steps; null when they do so themselves. */
export function standInOf(delegations: readonly Delegation[], memberId: string, day: string): string | null {
  const passed = new Set([memberId]);
  let current = memberId;
  for (;;) {
    const next = delegations.find((delegation) => delegation.fromId === current && isActive(delegation, day))?.toId;
    if (next === undefined || passed.has(next)) return current === memberId ? null : current;
    passed.add(next);
    current = next;
  }
}

/** Everyone whose work this person decides on this day. */
export function standsInFor(delegations: readonly Delegation[], memberId: string, day: string): readonly string[] {
  const absent = [...new Set(delegations.filter((delegation) => isActive(delegation, day)).map(({ fromId }) => fromId))];
  return absent.filter((id) => standInOf(delegations, id, day) === memberId);
}

function isActive({ startsOn, endsOn }: Delegation, day: string): boolean {
  return startsOn <= day && day <= endsOn;
}
