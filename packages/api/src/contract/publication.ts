import {
  box,
  decision,
  display,
  disposition,
  fileEntry,
  finding,
  formerAnswer,
  metadata,
  place,
  placesAsked,
  publication,
  recognition,
  redaction,
  state,
} from '@gongkai/core';
import * as z from 'zod';

/** A line in a list: what waits, what is published. */
export const publicationLine = z.object({
  id: z.string(),
  version: z.number(),
  title: z.string(),
  documentNumber: z.string(),
  column: z.string(),
  state,
  major: z.boolean(),
  makerName: z.string(),
  /** Since when it waits in this state. */
  since: z.string(),
  files: z.number(),
  pages: z.number(),
  unanswered: z.number(),
  /** What the signed-in person can do next, in the office's words: 起草、初审、复核、审定、… */
  next: z.enum(['answer-findings', 'submit', 'review', 'wait', 'mend-file', 'none']),
  publishedAt: z.string().optional(),
  until: z.string().optional(),
  trouble: z.string().optional(),
});

export const publicationPage = z.object({ items: z.array(publicationLine), cursor: z.string().optional() });

/** GET /api/work: what waits for me (oldest and most urgent first), what of mine is late or was sent back, what I did. */
export const work = z.object({
  waiting: z.array(publicationLine.extend({ overdue: z.boolean() })),
  mine: z.array(publicationLine),
  expiring: z.array(publicationLine),
  did: z.array(z.object({ publication: z.string(), title: z.string(), action: z.string(), at: z.string() })),
  deadLetters: z.number(),
});

/** GET /api/publications/{id} */
export const publicationView = z.object({
  item: publication,
  version: z.number(),
  /** Send it back with a decision: it proves what was on screen. */
  binding: z.string(),
  /** Whole findings of each file, in the order of `item.files`. */
  findings: z.array(z.array(finding)),
  /** 文字识别, of each file: the pages that were read from pictures, how sure of them (0 to 1), and the words that it is not sure of. */
  recognition: z.array(z.array(recognition.extend({ page: z.number() }))),
  /** Other publications that hold the same bytes as file n. */
  duplicates: z.array(z.object({ file: z.string(), publication: z.string(), title: z.string() })),
  /**
   * A machine gave up on it: it stands among the dead letters (异常队列) until somebody runs it again. `nextAt`: not yet, it
   * has failed and is tried again by itself.
   */
  stuck: z
    .object({
      station: z.string(),
      attempts: z.number(),
      since: z.string(),
      why: z.object({ zh: z.string(), en: z.string() }),
      nextAt: z.string().optional(),
    })
    .optional(),
  unanswered: z.array(z.string()),
  /** By finding: what was answered to the same thing in an earlier version. Nothing of it stands until somebody takes it. */
  offers: z.record(
    z.string(),
    formerAnswer.omit({ value: true, person: true }).extend({ personName: z.string() }),
  ),
  /** The office's dictionary is newer than the one that the files were inspected with: the gate will look again. */
  olderDictionary: z.object({ inspectedWith: z.number(), now: z.number() }).optional(),
  /** What this person may do now; the server decides again at each command. */
  may: z.array(
    z.enum([
      'edit',
      'submit',
      'approve',
      'return',
      'refuse',
      'recall',
      'withdraw',
      'end-display',
      'discard',
      'replace',
    ]),
  ),
  /** Why the person may not review although it waits for their role. */
  mayNot: z.object({ zh: z.string(), en: z.string() }).optional(),
  timeline: z.array(
    z.object({
      at: z.string(),
      action: z.string(),
      actor: z.string(),
      details: z.record(z.string(), z.unknown()),
    }),
  ),
  /** 展示期限 as it would be or is, with its reasons. */
  standing: z
    .object({
      until: z.string().optional(),
      floorUntil: z.string().optional(),
      why: z.object({ zh: z.string(), en: z.string() }),
      provisional: z.boolean(),
    })
    .optional(),
  /** 图形印章: where drawn seals will stand, and where none will although the policy wants one. */
  sealing: z.array(z.object({ file: z.number().int(), placed: z.boolean(), zh: z.string(), en: z.string() })),
  publicUrl: z.string().optional(),
  /** Why a file was refused (key: the file's id) and why it came back (key: `trouble`), in sentences. */
  refusals: z.record(z.string(), z.object({ zh: z.string(), en: z.string() })),
});

/** A name of the policy, or the office's own: no longer than that. What stands in records stays readable. */
const name = z.string().max(100);
const typed = metadata.extend({ theme: name.default(''), genre: name.default(''), column: name.default('') });

export const createPublication = z.object({
  metadata: typed.partial().optional(),
  display: display.optional(),
  major: z.boolean().optional(),
  replaces: z.string().optional(),
});

/** PATCH /api/publications/{id}; needs `If-Match: <version>`. */
export const editPublication = z.object({
  metadata: typed.optional(),
  display: display.optional(),
  major: z.boolean().optional(),
  publishAt: z.iso
    .datetime({ offset: true })
    .transform((at) => new Date(at).toISOString())
    .nullable()
    .optional(),
  redactions: z.array(redaction).optional(),
  demanded: z.array(redaction).optional(),
  dispositions: z.record(z.string(), disposition.pick({ answer: true, reason: true }).nullable()).optional(),
});

/** POST /api/publications/{id}/decisions; needs `If-Match: <version>` and a confirmed session. */
export const decide = z.object({
  verdict: decision.shape.verdict,
  binding: z.string(),
  reason: z.string().max(2000).optional(),
  ground: z.string().optional(),
  demanded: z.array(redaction).optional(),
});

/** POST /publications/{id}/places: where words, a kind of finding or a pattern (in all files) or a table's column (below a box of one file) stand. */
export const findPlaces = z.union([
  placesAsked.options[0],
  placesAsked.options[1].extend({ file: z.number().int().min(0) }),
  placesAsked.options[2],
  placesAsked.options[3],
]);
export const places = z.object({ items: z.array(place.extend({ file: z.number() })) });

export const withdraw = z.object({ reason: z.string().max(2000), notice: z.string().max(2000) });

/** POST /api/publications/{id}/uploads */
export const beginUpload = z.object({
  name: z.string().min(1).max(300),
  size: z.number().int().min(0),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
});
/** Then PATCH /api/uploads/{upload} with `Upload-Offset` and the bytes; HEAD tells the offset; POST …/finish. */
export const upload = z.object({
  upload: z.string(),
  offset: z.number(),
  /**
   * Where the bytes may go straight to the store: post `fields` and then `file`, once and within five minutes, then finish.
   * Nobody has to: PATCH takes the same bytes.
   */
  ticket: z.object({ url: z.url(), fields: z.record(z.string(), z.string()) }).optional(),
});

export const changed = z.object({ id: z.string(), version: z.number(), state });

export { box, fileEntry };
