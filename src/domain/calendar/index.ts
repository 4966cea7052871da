export { addBusinessMs, businessMsBetween } from './business-time.ts';
export { addDays, daysBetween, isCalendarDay, weekdayName, weekdayOf } from './calendar-days.ts';
export type { Weekday } from './calendar-days.ts';
export { addBusinessDays, businessDaysBetween, closingTime, openingTime, whyClosed } from './business-days.ts';
export { dayIn, isTimeZone } from './local-time.ts';
export type { Holiday, WorkCalendar, WorkingWeek } from './work-calendar.ts';
export { usualWeek } from './work-calendar.ts';
