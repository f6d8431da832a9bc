import * as z from 'zod';
import themeFile from '../../data/themes.json' with { type: 'json' };
import { columnDelivery } from './delivery.ts';
import { key, named, rule } from './rule.ts';
import { columnStamping } from './stamping.ts';

/** The four first-level sections of 政府信息公开 (国办公开办函〔2019〕61号). */
export const section = z.strictObject({
  ...named,
  key: z.enum(['guide', 'system', 'content', 'report']),
  ...rule,
});

/** 栏目: where a publication stands. `display` names one of the display rules; `stamp` and `delivery` are what it does otherwise. */
export const column = z.strictObject({
  ...named,
  section: section.shape.key,
  display: key,
  stamp: columnStamping.optional(),
  delivery: columnDelivery.optional(),
  ...rule,
});
export type Column = z.infer<typeof column>;

/** 公文种类 (党政机关公文处理工作条例 §8). */
export const genre = z.strictObject(named);

/** 主题分类, two levels; metadata writes `level 1/level 2`. */
export const theme = z.strictObject({
  name: z.string().min(1),
  children: z.array(z.string().min(1)).default([]),
});
export type Theme = z.infer<typeof theme>;

/** gov.cn's 22 themes; a policy may bring its own. */
export const themes: readonly Theme[] = z.array(theme).parse(themeFile.themes);

/** 不予公开: a legal ground for withholding or redacting. */
export const ground = z.strictObject({
  ...named,
  /** Printed into the redaction box, at most 8 characters: 个人隐私. */
  label: z.string().min(1).max(8),
  /** `shall-not`: 不得公开 / 不予公开; `may`: 可以不予公开. */
  force: z.enum(['shall-not', 'may']),
  /** Whether consent or a major public interest lifts it (条例 §15). */
  lifted: z.boolean().default(false),
  /** Whether a part may be covered and the rest published (条例 §37). State secrets never: they may not be here at all. */
  redactable: z.boolean().default(true),
  ...rule,
});
export type Ground = z.infer<typeof ground>;
