import * as z from 'zod';
import { officeWord } from './dictionary.ts';

/** 试运行: which published documents hold certain words. It reads and reports; no publication is changed. */
export const trial = z.object({
  id: z.string(),
  words: z.array(officeWord.pick({ word: true, severity: true })),
  state: z.enum(['running', 'done']),
  at: z.string(),
  person: z.string(),
  personName: z.string(),
  /** How far it is: pages of the list that are read, publications looked through, of them with a word in it. */
  page: z.number().int(),
  seen: z.number().int(),
  found: z.number().int(),
  /** Publications whose file could not be read: to be looked at by a person. */
  unread: z.number().int(),
  /** When the last one that was looked through was published; everything up to then is done. */
  upTo: z.string().optional(),
  cursor: z.string().optional(),
  doneAt: z.string().optional(),
});
export type Trial = z.infer<typeof trial>;

export const trialHit = z.object({
  publication: z.string(),
  title: z.string(),
  publishedAt: z.string(),
  /** Each word with how often and on which pages (0: in the title or summary) it stands; empty: could not be read. */
  words: z.array(z.object({ word: z.string(), count: z.number().int(), pages: z.array(z.number().int()) })),
});
export type TrialHit = z.infer<typeof trialHit>;
