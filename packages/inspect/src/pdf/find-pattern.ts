import {
  err,
  type Finding,
  ok,
  type Place,
  type RecognisedPage,
  type Refusal,
  type Result,
  refusal,
} from '@gongkai/core';
import { claimsItsPlace, detectors } from '../detectors/index.ts';
import { normalise } from '../text/normalised-text.ts';
import { placedText } from './placed-text.ts';
import { type PageCharacters, readPages } from './read-pages.ts';

/** More places than anybody could look through. */
const mostPlaces = 2000;

type Range = { readonly start: number; readonly end: number };
type Look = (page: PageCharacters) => readonly Place[];

const placesIn = (
  page: PageCharacters,
  rangesIn: (text: ReturnType<typeof normalise>) => readonly Range[],
): Place[] => {
  const { normalised, source, locate } = placedText(page.page, page.characters);
  return rangesIn(normalised).flatMap(({ start, end }) => {
    const boxes = locate(start, end);
    return boxes.length === 0 ? [] : [{ text: source(start, end).join('').trim(), boxes }];
  });
};

/** Every place of a kind, whatever its detector thinks of it; what is a graver number is no lighter one (an ID no bank card). */
const ofKind = (kind: Finding['kind']): Look => {
  const wanted = detectors.filter((one) => one.kind === kind);
  const first = wanted.some(({ rule }) => claimsItsPlace.has(rule))
    ? detectors
        .slice(0, detectors.indexOf(wanted[0] as (typeof detectors)[number]))
        .filter(({ rule }) => claimsItsPlace.has(rule))
    : [];
  return (page) =>
    placesIn(page, (text) => {
      const taken = first.flatMap((one) => one.detect(text));
      return wanted
        .flatMap((one) => one.detect(text).filter((match) => (match.kind ?? one.kind) === kind))
        .filter(({ start, end }) => !taken.some((other) => start < other.end && end > other.start));
    });
};

/** `#` is a digit, anything else itself; spaces say nothing. A run of digits is matched whole, never a part of a longer one. */
export const patternOf = (pattern: string): RegExp => {
  const signs = [...normalise(pattern).text].filter((sign) => sign.trim() !== '');
  const digit = (sign: string | undefined): boolean => sign !== undefined && /[#\d]/.test(sign);
  const body = signs
    .map((sign) => (sign === '#' ? '\\d' : sign.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')))
    .join('[ \\t]?');
  return new RegExp(
    `${digit(signs[0]) ? '(?<!\\d)' : ''}${body}${digit(signs.at(-1)) ? '(?!\\d)' : ''}`,
    'giu',
  );
};

const ofPattern = (pattern: string): Look => {
  const wanted = patternOf(pattern);
  return (page) =>
    placesIn(page, ({ text }) =>
      [...text.matchAll(wanted)].map((match) => ({ start: match.index, end: match.index + match[0].length })),
    );
};

/** 按种类、按样式: every place of a kind, or of what looks like a pattern, on all pages. Refuses as `findWords`. */
export const findPattern = async (
  path: string,
  asked: { readonly kind: Finding['kind'] } | { readonly pattern: string },
  recognised: readonly RecognisedPage[] = [],
): Promise<Result<readonly Place[], Refusal>> => {
  const look = 'kind' in asked ? ofKind(asked.kind) : ofPattern(asked.pattern);
  const places: Place[] = [];
  const read = await readPages(path, 1, recognised, (page) => {
    places.push(...look(page));
    return places.length > mostPlaces ? 'enough' : 'on';
  });
  if (!read.ok) return read;
  const name = 'kind' in asked ? asked.kind : asked.pattern;
  return places.length > mostPlaces
    ? err(refusal('invalid-input', { detail: `“${name}”: > ${mostPlaces}` }))
    : ok(places);
};
