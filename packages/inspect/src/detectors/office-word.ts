import { type OfficeWords, plainWord, type Severity } from '@gongkai/core';
import { occurrences } from '../text/occurrences.ts';
import { currentWords } from '../text/office-words.ts';
import { anyOf } from '../text/words.ts';
import type { Detector } from './detector.ts';

type Compiled = { readonly pattern: RegExp; readonly severities: ReadonlyMap<string, Severity> };

const compiled = new WeakMap<OfficeWords, Compiled>();

const compile = (words: OfficeWords): Compiled => {
  const known = compiled.get(words);
  if (known) return known;
  const made = {
    pattern: new RegExp(anyOf(words.words.map(({ word }) => word)), 'gi'),
    severities: new Map(words.words.map(({ word, severity }) => [plainWord(word).toLowerCase(), severity])),
  };
  compiled.set(words, made);
  return made;
};

/** 本单位词典: what only this office knows must not be said (docs/use.md). */
export const officeWord: Detector = {
  rule: 'office-word',
  kind: 'office-word',
  severity: 'high',
  why: {
    zh: '本单位词典中的词，公开前须确认。',
    en: 'A word of the office’s own dictionary; make sure that it may be public.',
  },
  detect: ({ text }) => {
    const words = currentWords();
    if (words.words.length === 0) return [];
    const { pattern, severities } = compile(words);
    return occurrences(text, pattern, (match) => {
      const severity = severities.get(plainWord(match[0]).toLowerCase());
      const place = { start: match.index, end: match.index + match[0].length, sure: 1 };
      return severity === undefined ? place : { ...place, severity };
    });
  },
};
