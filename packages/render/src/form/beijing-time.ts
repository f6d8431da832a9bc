const HOURS = 8; // China has one time zone and no summer time since 1991

const shifted = (at: string): string => new Date(Date.parse(at) + HOURS * 3_600_000).toISOString();

/** `2026-11-23 16:05`, as it stands on forms. `at` is an ISO instant. */
export const minute = (at: string): string => shifted(at).slice(0, 16).replace('T', ' ');

/** `2026年11月3日`: no leading zeros (GB/T 9704-2012, 7.3.5). Takes a date or an instant. */
export const day = (at: string): string => {
  const [year, month, date] = (at.includes('T') ? shifted(at) : at).slice(0, 10).split('-').map(Number);
  return `${year}年${month}月${date}日`;
};
