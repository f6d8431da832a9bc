import { AsyncLocalStorage } from 'node:async_hooks';
import { noWords, type OfficeWords } from '@gongkai/core';

/**
 * The office's own words while one job runs. Text is searched in a dozen places of a file (pages, comments, bookmarks,
 * earlier revisions): each must know them, and none may forget to hand them on.
 */
const current = new AsyncLocalStorage<OfficeWords>();

export const withOfficeWords = <T>(words: OfficeWords, job: () => Promise<T>): Promise<T> =>
  current.run(words, job);

export const currentWords = (): OfficeWords => current.getStore() ?? noWords;
