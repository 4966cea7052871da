import type { Signal } from '../flow.ts';

/** Something about this workflow's subject changed: a task was decided, a value corrected. The state is in the database. */
export const news: Signal<{ readonly about: string }> = { name: 'news' };

/** One day: how long a person may take before Deskhand reminds them. */
export const reminderMs = 86_400_000;
