import type { Role } from '@gongkai/core';
import type { words } from './words.ts';

type Entry = { readonly path: string; readonly word: keyof typeof words; readonly roles?: readonly Role[] };

const withDocuments: readonly Role[] = [
  'maker',
  'first-reviewer',
  'second-reviewer',
  'principal',
  'secrecy-officer',
  'records-officer',
  'supervisor',
];

const entries: readonly Entry[] = [
  { path: '/', word: 'work', roles: withDocuments },
  { path: '/upload', word: 'upload', roles: ['maker'] },
  { path: '/compose', word: 'compose', roles: ['maker'] },
  { path: '/publications', word: 'publications', roles: withDocuments },
  {
    path: '/dictionary',
    word: 'dictionary',
    roles: withDocuments.filter((role) => role !== 'maker').concat('administrator'),
  },
  { path: '/dead-letters', word: 'deadLetters', roles: ['administrator', 'maker', 'supervisor'] },
  { path: '/people', word: 'people', roles: ['administrator', 'supervisor'] },
  { path: '/audit', word: 'audit', roles: ['supervisor', 'records-officer'] },
];

/** What a person with these roles finds in the menu. The server decides again at every call. */
export const menuFor = (roles: readonly Role[]): readonly Entry[] =>
  entries.filter((entry) => !entry.roles || entry.roles.some((role) => roles.includes(role)));
