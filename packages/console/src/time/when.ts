/** Times as the office reads them: always its own zone, wherever the browser is. */
const zone = 'Asia/Shanghai';

const parts = (instant: string) => {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return Object.fromEntries(format.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
};

/** `2026-11-23` */
export const day = (instant: string): string => {
  const { year, month, day: date } = parts(instant);
  return `${year}-${month}-${date}`;
};

/** `2026-11-23 14:05` */
export const minute = (instant: string): string => {
  const { hour, minute: min } = parts(instant);
  return `${day(instant)} ${hour}:${min}`;
};

/** For `<input type="datetime-local">`, and back. The office's zone knows no summer time. */
export const toField = (instant: string | undefined): string =>
  instant === undefined ? '' : minute(instant).replace(' ', 'T');
export const fromField = (value: string): string | null =>
  value === '' ? null : new Date(`${value}:00+08:00`).toISOString();

/** The last whole day of a display that ends at this instant (24:00 of that day). */
export const lastDay = (until: string): string => day(new Date(Date.parse(until) - 1).toISOString());

const steps = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** `3天前`, `in 2 hours`. */
export const ago = (instant: string, now: number, language: 'zh' | 'en'): string => {
  const seconds = Math.round((Date.parse(instant) - now) / 1000);
  const format = new Intl.RelativeTimeFormat(language === 'zh' ? 'zh-CN' : 'en', { numeric: 'auto' });
  for (const [unit, length] of steps)
    if (Math.abs(seconds) >= length) return format.format(Math.trunc(seconds / length), unit);
  return language === 'zh' ? '刚刚' : 'just now';
};
