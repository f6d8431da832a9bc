import type { Instant } from '../ports/index.ts';

/** Offices keep Beijing time; UTC+8 without summer time since 1991. */
const offset = 8 * 3_600_000;

/** The day, `YYYY-MM-DD`, that the office's calendar shows at this instant. */
export const dayOf = (at: Instant): string => new Date(Date.parse(at) + offset).toISOString().slice(0, 10);

/** The instant at which a day begins in the office. */
export const startOfDay = (day: string): Instant =>
  new Date(Date.parse(`${day}T00:00:00.000Z`) - offset).toISOString();
