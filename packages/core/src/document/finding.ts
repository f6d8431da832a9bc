import * as z from 'zod';
import { box } from './box.ts';

/** What kind of thing was found. One detector reports one or a few kinds; a new detector adds its kind here. */
export const findingKind = z.enum([
  'state-secret-mark', // 密级标志
  'declassified-mark', // 已解密
  'secrecy-prose', // a text that talks about 秘密 without being marked
  'internal-mark', // 内部资料、工作秘密、不予公开、过程稿
  'resident-id', // 居民身份证号
  'mobile',
  'landline',
  'bank-card',
  'email',
  'passport',
  'travel-permit', // 港澳台通行证、居留证
  'officer-card', // 军官证、警官证
  'driving-licence', // 驾驶证档案编号
  'social-account', // 微信、QQ
  'licence-plate',
  'credit-code', // 统一社会信用代码
  'name-with-address',
  'address', // 住址到门牌
  'person-name',
  'birth-date',
  'medical', // 医疗健康
  'minor', // 未成年人
  'salary', // 姓名与工资
  'aggregation', // 几项合起来可识别到人
  'case-number', // 案号
  'commercial-secret', // 商业秘密
  'office-word', // a word of the office's own dictionary
  'comment',
  'tracked-change',
  'hidden-text',
  'hidden-sheet',
  'hidden-rows-columns',
  'speaker-notes',
  'metadata',
  'attachment',
  'covered-text',
  'off-page-text',
  'active-content',
  'external-link',
  'earlier-revision',
  'form-value',
  'signature',
  'face', // 人脸, a hint: the machine sees frontal ones and takes a pattern for one now and then
  'not-searched', // a page without text: it was not searched, a person must look
  'file-name',
]);
export type FindingKind = z.infer<typeof findingKind>;

/** What says less than a finding around it is not asked a second time: kind → kinds that say more. */
export const saysMore: ReadonlyMap<FindingKind, readonly FindingKind[]> = new Map<
  FindingKind,
  readonly FindingKind[]
>([
  ['address', ['name-with-address', 'aggregation']],
  ['birth-date', ['aggregation']],
  ['person-name', ['name-with-address', 'aggregation', 'minor', 'salary']],
]);

/**
 * - `stop`: the document is refused at once (state-secret marking).
 * - `high` / `medium`: must be answered by a disposition before anyone can approve.
 * - `low`: shown, need not be answered (public by nature, e.g. an office's landline or credit code).
 */
export const severity = z.enum(['stop', 'high', 'medium', 'low']);
export type Severity = z.infer<typeof severity>;

/** 发现: something that inspect saw. `id` is stable for the same rule at the same place in the same bytes. */
export const finding = z.object({
  id: z.string(),
  kind: findingKind,
  severity,
  /** The detector that reports it, e.g. `resident-id`. */
  rule: z.string(),
  /** How sure the detector is, 0 to 1. */
  sure: z.number().min(0).max(1),
  /** The found text as it stands in the document (at most 500 characters). */
  text: z.string(),
  /** One box a line of text; empty when the thing has no place on a page (metadata, a file name). */
  boxes: z.array(box),
  /** Where it is when not on a page: `docProps/core.xml`, `sheet 工资 (hidden)`, `Info/Author`. */
  part: z.string().optional(),
  /** Whether drawing the page again takes it away (metadata, comments): then no person has to answer it. */
  removedByRender: z.boolean().default(false),
  /** The entry of the office's whitelist that made it `low`, why, who answers for it, and what it would be. */
  allowed: z.object({ entry: z.string(), reason: z.string(), by: z.string(), was: severity }).optional(),
  /** Why it matters, in Chinese and in English; cites the clause where there is one. */
  why: z.object({ zh: z.string(), en: z.string() }),
});
export type Finding = z.infer<typeof finding>;
