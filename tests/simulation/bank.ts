import { DeskhandError } from '#domain/errors';
import type { SubmissionAnswer, SubmissionFinding } from '#domain/ports';
import type { Clockwork } from './clockwork.ts';
import type { Faults } from './faults.ts';
import type { PaymentFile, Transfer } from './office/records.ts';

const unreachable = { code: 'DH_CONNECTORS_BANK_UNREACHABLE', kind: 'unavailable', retryable: true } as const;

/** After this long a file that is on its way has arrived. */
export const arrivesWithinMs = 600_000;

export interface Booking extends Transfer {
  readonly messageId: string;
  readonly at: number;
}

/** A bank that carries out every file it gets, also one that it had before, and whose answers get lost. */
export interface Bank {
  readonly ledger: readonly Booking[];
  /** Files that were handed in, carried out or not. */
  readonly handedIn: number;
  submit(file: PaymentFile, turn: (label: string, afterMs?: number) => Promise<void>): Promise<SubmissionAnswer>;
  find(messageId: string, turn: (label: string) => Promise<void>): Promise<SubmissionFinding>;
  /** What a person sees on the account. */
  has(messageId: string): boolean;
}

export function createBank(clockwork: Clockwork, faults: Faults, onBooking: (booking: Booking) => void): Bank {
  const ledger: Booking[] = [];
  const refused = new Set<string>();
  let handedIn = 0;
  const carryOut = ({ messageId, transfers }: PaymentFile): void => {
    for (const transfer of transfers) {
      const booking = { ...transfer, messageId, at: clockwork.now() };
      ledger.push(booking);
      onBooking(booking);
    }
  };
  const has = (messageId: string): boolean => ledger.some((booking) => booking.messageId === messageId);
  return {
    ledger,
    get handedIn() {
      return handedIn;
    },
    has,
    async submit(file, turn) {
      await turn('file leaves');
      if (faults.happens('bank unreachable')) throw new DeskhandError(unreachable, 'The bank did not answer; nothing was sent.');
      handedIn += 1;
      if (faults.happens('bank drops')) return doubt('The connection broke.');
      if (faults.happens('bank late')) {
        // On its way whatever happens to the sender.
        clockwork.punctually(clockwork.between(1000, arrivesWithinMs), 'a late file arrives', () => carryOut(file));
        return doubt('No answer in time.');
      }
      if (faults.happens('bank refuses')) {
        refused.add(file.messageId);
        await turn('bank says no');
        return { outcome: 'refused', reason: 'The account is blocked.' };
      }
      carryOut(file);
      await turn('bank answers');
      if (faults.happens('bank answer lost')) return doubt('The answer was lost.');
      return { outcome: 'accepted', bankReference: `ref-${file.messageId}` };
    },
    async find(messageId, turn) {
      await turn('bank is asked');
      if (faults.happens('bank cannot be asked')) throw new DeskhandError(unreachable, 'The bank did not answer.');
      if (faults.happens('bank answers nonsense')) return doubt('The answer was no answer.');
      if (has(messageId)) return { outcome: 'accepted', bankReference: `ref-${messageId}` };
      return refused.has(messageId) ? { outcome: 'refused', reason: 'The account is blocked.' } : { outcome: 'absent' };
    },
  };
}

function doubt(why: string): { readonly outcome: 'unknown'; readonly why: string } {
  return { outcome: 'unknown', why };
}
