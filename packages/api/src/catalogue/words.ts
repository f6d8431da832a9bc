import { dayOf, daysBetween, type Instant, lastDayOf, type Publication } from '@gongkai/core';

export const validityWords: Record<Publication['metadata']['validity'], string> = {
  effective: '有效',
  repealed: '废止',
  expired: '失效',
};

export const disclosureWords: Record<Publication['metadata']['disclosure'], string> = {
  proactive: '主动公开',
  'on-request': '依申请公开',
};

/** `2026-07-19 07:16` in the office's zone, as the page's meta tags want it. */
export const localMinute = (at: Instant): string => {
  const day = dayOf(at);
  const minutes = Math.floor((Date.parse(at) - Date.parse(`${day}T00:00:00.000+08:00`)) / 60_000);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${day} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
};

/** 2026年7月19日 */
export const writtenDay = (day: string): string => {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
};

const isMidnight = (at: Instant): boolean => localMinute(at).endsWith(' 00:00') && at.endsWith(':00.000Z');

/** 还有 5 天, counted in whole days of the office's calendar. */
export const daysLeft = (until: Instant, now: Instant): string => {
  const days = daysBetween(dayOf(now), lastDayOf(until));
  if (days > 0) return `还有 ${days} 天`;
  return isMidnight(until) ? '今天 24 时止' : `今天 ${localMinute(until).slice(11)} 止`;
};

export const fileSize = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
