import type { Signal } from '../flow.ts';

/** Something about this workflow's subject changed: a task was decided, a value corrected. The state is in the database. */
export const news: Signal<News> = { name: 'news' };

export interface News {
  readonly about: string;
  /** `moments`: nothing about the subject changed, only when a person is to be reminded of it. */
  readonly only?: 'moments';
}

/** One day: how long runs from before tasks had clocks wait until Deskhand reminds a person. */
export const reminderMs = 86_400_000;
