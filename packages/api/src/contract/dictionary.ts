import { allowableKind, allowance, dictionaryLimits, officeWord, trial, trialHit } from '@gongkai/core';
import * as z from 'zod';

/** GET /api/dictionary: words, whitelist, and who changed what, the latest first. */
export const dictionary = z.object({
  /** Send it back with a change (If-Match): it proves what was on screen. */
  version: z.number(),
  words: z.array(officeWord),
  allowances: z.array(allowance),
  changes: z.array(
    z.object({
      at: z.string(),
      actor: z.string(),
      action: z.string(),
      /** The word, or kind and value, that it is about. */
      about: z.string(),
      /** The dictionary's version after it; absent for a trial, which changes nothing. */
      version: z.number().optional(),
    }),
  ),
  /** What the signed-in person may do; the server decides again at each command. */
  may: z.object({ addWord: z.boolean(), removeWord: z.boolean(), allow: z.boolean(), disallow: z.boolean() }),
  limits: z.object({ words: z.number(), allowances: z.number() }),
});

/** POST /api/dictionary/words; needs `If-Match: <version>`. DELETE /api/dictionary/words/{id} likewise. */
export const addWord = z.object({
  word: z.string().min(1).max(200),
  severity: officeWord.shape.severity,
  note: z.string().max(200).default(''),
});

/** POST /api/dictionary/allowances; needs `If-Match: <version>`. DELETE /api/dictionary/allowances/{id} likewise. */
export const addAllowance = z.object({
  kind: allowableKind,
  value: z
    .string()
    .min(1)
    .max(dictionaryLimits.valueCharacters * 2),
  reason: z.string().max(200),
});

export const dictionaryChanged = z.object({ version: z.number() });

/** POST /api/dictionary/trials: looks through everything that is published, in the background. */
export const tryWords = z.object({
  words: z.array(z.object({ word: z.string().min(1).max(200), severity: officeWord.shape.severity })).max(50),
});
export const trialBegun = z.object({ id: z.string() });

const told = trial.omit({ cursor: true, page: true });
/** GET /api/dictionary/trials: the last twenty. */
export const trials = z.object({ items: z.array(told) });
/** GET /api/dictionary/trials/{id} ?cursor= */
export const trialView = z.object({
  trial: told,
  hits: z.array(trialHit.extend({ url: z.string() })),
  cursor: z.string().optional(),
});
