export { carry, type DayView, type Staff } from './office-day.ts';
export { type Credential, credentials, foundStaff, isDemonstration } from './people.ts';
export { type Entry, programme } from './programme.ts';
