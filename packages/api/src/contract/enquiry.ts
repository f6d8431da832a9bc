import { examination, finding } from '@gongkai/core';
import * as z from 'zod';

const sentence = z.object({ zh: z.string(), en: z.string() });

/** GET /api/search */
export const search = z.object({
  hits: z.array(
    z.object({
      id: z.string(),
      state: z.string(),
      title: z.array(z.object({ text: z.string(), hit: z.boolean() })),
      snippet: z.array(z.object({ text: z.string(), hit: z.boolean() })),
      publishedAt: z.string().optional(),
      url: z.string(),
    }),
  ),
  facets: z.record(z.string(), z.array(z.object({ value: z.string(), count: z.number() }))),
  cursor: z.string().optional(),
});

/** GET /api/deadline */
export const deadline = z.object({
  due: z.string(),
  provisional: z.boolean(),
  calendarVersion: z.string(),
  inputs: z.record(z.string(), z.unknown()),
  reasons: z.array(z.record(z.string(), z.unknown())),
});

/** GET /api/display */
export const standing = z.object({
  until: z.string().optional(),
  lastDay: z.string().optional(),
  floorUntil: z.string().optional(),
  why: sentence,
  provisional: z.boolean(),
});

/** POST /api/inspect: nothing of the file is kept. */
export const inspected = z.object({
  outcome: z.enum(['clean', 'findings', 'refused']),
  reason: z.string().optional(),
  sentence: sentence.optional(),
  type: examination.shape.type.optional(),
  sha256: z.string(),
  pages: z.number().optional(),
  findings: z.array(finding),
});
