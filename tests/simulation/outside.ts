import type { Clockwork } from './clockwork.ts';
import type { Faults } from './faults.ts';
import { receiveMessage } from './office/commands.ts';
import { importOrder } from './office/document-activities.ts';
import type { Records } from './office/records.ts';
import type { Paper } from './plan.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

interface Outside {
  readonly records: Records;
  readonly clockwork: Clockwork;
  readonly faults: Faults;
  readonly isUp: () => boolean;
}

export interface Message {
  readonly externalId: string;
  readonly papers: readonly Paper[];
}

/** Mails at their hours, two papers in some; fetched until the office has them, and sometimes once more. */
export function sendMails(outside: Outside, papers: readonly Paper[]): readonly Message[] {
  const byHour = Map.groupBy(papers, ({ afterHours }) => Math.floor(afterHours / 4));
  const messages = [...byHour].map(([hour, own]) => ({ externalId: `mail-${hour}`, afterMs: hour * 4 * hourMs, papers: own }));
  for (const { afterMs, ...message } of messages) {
    const lateMs = outside.faults.happens('mail late') ? 30 * hourMs : 0;
    outside.clockwork.after(afterMs + lateMs, 'mail arrives', () => fetchMail(outside, message));
  }
  return messages;
}

function fetchMail(outside: Outside, message: Message): void {
  const { records, clockwork, faults, isUp } = outside;
  const again = (afterMs: number): void => void clockwork.after(afterMs, 'mail is fetched again', () => fetchMail(outside, message));
  if (!isUp() || faults.happens('mailbox away')) return again(minuteMs);
  receiveMessage(records, message);
  // The message was stored, and the place in the mailbox was not.
  if (faults.happens('mail fetched again')) again(clockwork.between(minuteMs, 20 * hourMs));
}

/** The orders of an ERP, exported whenever it likes. */
export function exportOrders(outside: Outside, papers: readonly Paper[]): void {
  const { clockwork, faults } = outside;
  for (const { kind, grossMinor, afterHours } of papers) {
    if (kind !== 'price' && kind !== 'order-to-come') continue;
    const number = `PO-${kind}-${grossMinor}`;
    const agreedMinor = kind === 'price' ? grossMinor + 500 : grossMinor;
    const lateMs = (kind === 'order-to-come' ? 10 * hourMs : 0) + (faults.happens('erp late') ? 40 * hourMs : 0);
    const at = afterHours * hourMs + lateMs;
    const send = (afterMs: number, version: number, minor: number): void =>
      void clockwork.after(afterMs, 'orders come in', () => importWhenUp(outside, { number, minor, version }));
    send(at, 2, agreedMinor);
    if (faults.happens('erp sends twice')) send(at + hourMs, 2, agreedMinor);
    if (faults.happens('erp sends old after new')) send(at + 2 * hourMs, 1, agreedMinor + 7700);
  }
}

function importWhenUp(outside: Outside, order: { readonly number: string; readonly minor: number; readonly version: number }): void {
  if (outside.isUp()) importOrder(outside.records, order.number, order.minor, order.version);
  else outside.clockwork.after(minuteMs, 'orders come in', () => importWhenUp(outside, order));
}
