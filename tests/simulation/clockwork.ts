import type { Scheduler } from '../support/fake-engine/index.ts';
import { seededRandom } from '../support/random.ts';

interface Turn {
  readonly timeMs: number;
  readonly label: string;
  readonly work: () => void;
  /** Of the world outside, which no slow machine of ours holds up. */
  readonly isPunctual: boolean;
  isTakenBack: boolean;
}

// Ana's Monday.
const firstMoment = Date.parse('2026-11-23T08:00:00Z');
// Sometimes a deadline passes while work is still to be done: machines are slow, too.
const hurryShare = 0.02;
const mostHurryMs = 600_000;

/** A virtual clock and a seeded choice of who comes next: the same seed takes the same turns on every machine. */
export class Clockwork implements Scheduler {
  readonly random: () => number;
  turns = 0;
  #now = firstMoment;
  readonly #ready: Turn[] = [];
  // In order of time; few enough that a list does.
  readonly #timers: Turn[] = [];

  constructor(seed: number) {
    this.random = seededRandom(seed);
  }

  now(): number {
    return this.#now;
  }

  soon(label: string, work: () => void): void {
    this.#ready.push(this.#turn(this.#now, label, work));
  }

  at(timeMs: number, label: string, work: () => void): () => void {
    const turn = this.#turn(Math.max(timeMs, this.#now), label, work);
    this.#insert(turn);
    return () => {
      turn.isTakenBack = true;
    };
  }

  #insert(turn: Turn): void {
    let place = this.#timers.length;
    while (place > 0 && (this.#timers[place - 1]?.timeMs ?? 0) > turn.timeMs) place -= 1;
    this.#timers.splice(place, 0, turn);
  }

  /** Exactly then: what others promised to do by a time. */
  punctually(ms: number, label: string, work: () => void): void {
    this.#insert(this.#turn(this.#now + ms, label, work, true));
  }

  after(ms: number, label: string, work: () => void): () => void {
    return this.at(this.#now + ms, label, work);
  }

  /** Between the two, the first included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.random() * (high - low));
  }

  pick<One>(all: readonly One[]): One {
    return all[this.between(0, all.length)] as One;
  }

  /** Takes the next turn: any that is ready, or else the next in time. @returns what it was; null when nothing is left. */
  next(): Turn | null {
    const first = this.#firstTimer();
    const isHurried = first !== undefined && first.timeMs - this.#now < mostHurryMs && this.random() < hurryShare;
    if (first !== undefined && (this.#ready.length === 0 || isHurried)) this.#now = first.timeMs;
    for (let due = this.#firstTimer(); due !== undefined && due.timeMs <= this.#now; due = this.#firstTimer()) {
      this.#ready.push(due);
      this.#timers.shift();
    }
    const punctual = this.#ready.findIndex(({ isPunctual }) => isPunctual);
    const place = punctual < 0 ? this.between(0, this.#ready.length) : punctual;
    const turn = this.#ready[place];
    if (turn === undefined) return null;
    this.#ready.splice(place, 1);
    if (turn.isTakenBack) return this.next();
    this.turns += 1;
    return turn;
  }

  #firstTimer(): Turn | undefined {
    while (this.#timers[0]?.isTakenBack === true) this.#timers.shift();
    return this.#timers[0];
  }

  #turn(timeMs: number, label: string, work: () => void, isPunctual = false): Turn {
    return { timeMs, label, work, isPunctual, isTakenBack: false };
  }
}
