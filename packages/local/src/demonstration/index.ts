export { carry, type DayView, type Staff, signedIn } from './office-day.ts';
export { type Credential, credentials, foundStaff, isDemonstration, readCredentials } from './people.ts';
export { type Entry, programme } from './programme.ts';
