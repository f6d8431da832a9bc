import * as z from 'zod';
import { type Calendar, holidayNotice } from '../calendar/index.ts';
import { metadata } from '../publication/metadata.ts';
import { isIndexNumberTemplate } from '../release/index-number.ts';
import { checkpoint } from '../review/decision.ts';
import { column, genre, ground, section, theme, themes } from './catalogue.ts';
import { consistent } from './consistency.ts';
import { deadlineRule } from './deadline-rule.ts';
import { delivery } from './delivery.ts';
import { displayRule } from './display-rule.ts';
import { key, rule } from './rule.ts';
import { stamping } from './stamping.ts';

const count = z.number().int().min(1);

/** 政策文件: every rule that an office may set, as data. policies/default.yaml is the commented example. */
export const policySchema = z
  .strictObject({
    schema: z.literal('gongkai-policy/1'),
    key,
    name: z.string().min(1),
    basis: z.string().min(1),
    validFrom: rule.validFrom,
    validUntil: rule.validUntil,

    office: z.strictObject({
      name: z.string().min(1),
      /** 统一社会信用代码 or 组织机构代码; a check digit that does not hold is a warning, not an error. */
      orgCode: z.string().regex(/^[0-9A-Z]{1,18}$/),
      url: z.url(),
      address: z.string().default(''),
      hours: z.string().default(''),
      phone: z.string().default(''),
      email: z.string().default(''),
    }),

    sections: z.array(section).length(4),
    columns: z.array(column).min(1),
    /** 公开栏: the columns that also hang on the wall outside, a board each, in order (seed 2: 三栏). */
    boards: z.array(key).default([]),
    genres: z.array(genre).min(1),
    themes: z
      .array(theme)
      .min(1)
      .default([...themes]),
    grounds: z.array(ground).min(1),

    /** 审查环节, in order, as the office calls them. Who may decide is in `review`; that no two are one person is law here, not a setting. */
    checkpoints: z.array(
      z.strictObject({
        key: checkpoint,
        name: z.string().min(1),
        en: z.string().min(1),
        when: z.enum(['always', 'major']),
        /** The office's own body that decides here, for the forms: 党政办. */
        body: z.string().default(''),
        remindAfterWorkingDays: count.default(2),
        ...rule,
      }),
    ),
    requiredMetadata: z.array(metadata.keyof()),

    displayRules: z.array(displayRule).min(1),
    deadlines: z.array(deadlineRule),
    /** 节假日安排 beyond those that ship, in the form of holiday-cn: next year's notice, or an amended one. */
    holidays: z.array(holidayNotice).default([]),
    timers: z.strictObject({
      /** Working days before the last day of a display at which its maker is told. */
      reminderDays: count.default(1),
    }),

    indexNumber: z.string().refine(isIndexNumberTemplate, { error: '{orgCode}/{year}-{serial:5}' }),
    /** 加盖; a column may say otherwise in its own `stamp`. */
    stamp: stamping.prefault({}),
    /** 交付格式; a column may say otherwise in its own `delivery`. */
    delivery: delivery.prefault({}),
    retention: z.strictObject({
      /** 保管期限 of the record of a publication. */
      record: z.union([z.literal('permanent'), count]),
      /** How long refused uploads stay in quarantine. */
      quarantineDays: count.default(30),
      ...rule,
    }),

    /** 遮盖依据: in the box, and beside the line where a box has no room for it; or always in the margin. */
    groundsShown: z.enum(['box', 'margin']).default('box'),
    limits: z.strictObject({
      uploadBytes: count.default(100 * 1024 * 1024),
      pages: count.default(2000),
      /** Pages of a release that recognition reads once more at the gate: those with a redaction first. 2 s each. */
      pagesReadBack: count.default(24),
      filesPerPublication: count.default(50),
      /** Bytes that one person may upload in a day. */
      dailyBytesPerPerson: count.default(5 * 1024 * 1024 * 1024),
      scanner: z.enum(['required', 'when-installed']),
    }),
    people: z.strictObject({ newReviewerWaitHours: z.number().min(0).default(24) }),
    session: z.strictObject({
      idleMinutes: count.default(30),
      absoluteHours: count.default(12),
      /** How long a confirmed identity counts for the steps that ask again. */
      reauthenticationMinutes: count.default(10),
    }),
    password: z.strictObject({
      minLength: z.number().int().min(8).max(128).default(12),
      maxFailures: count.default(5),
      lockMinutes: count.default(15),
      secondFactor: z.enum(['required', 'optional']),
    }),
  })
  .superRefine(consistent);

export type PolicyData = z.output<typeof policySchema>;

/** A checked policy, with the calendar that its own holiday notices complete. */
export type Policy = PolicyData & { readonly calendar: Calendar };
