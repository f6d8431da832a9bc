import type { Finding } from './finding.ts';

const number = /^[+(\d][\d\p{Dash}()x]{4,}$/u;

/** 13800138000, 138-0013-8000 and +86 138 0013 8000 are one number. */
const digits = (text: string): string =>
  number.test(text) ? text.replace(/[\p{Dash}()]/gu, '').replace(/^(?:\+|00)86(?=\d{10})/u, '') : text;

/**
 * What was found, however it was written: full-width, broken by spaces or line ends, with dashes. Two findings of one kind
 * with one value are the same thing in two places. Undefined where each stands for itself: pages that no machine searched
 * are looked at one by one, and what could not be read is not known to be the same.
 */
export const foundValue = ({ kind, text }: Pick<Finding, 'kind' | 'text'>): string | undefined => {
  if (kind === 'not-searched') return undefined;
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{Cf}\s]/gu, '');
  return plain === '' ? undefined : `${kind}\u0000${digits(plain)}`;
};
