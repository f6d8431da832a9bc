import * as z from 'zod';

/** What the strip at the head or foot of each page may say, as the office calls it. */
export const stampLine = z.enum([
  'index-number', // 索引号
  'office', // 发布机构
  'published-on', // 公开日期
  'valid-until', // 有效期至
  'verify', // 核验网址和核验码
  'page-number', // 第 n 页 共 m 页
]);
export type StampLine = z.infer<typeof stampLine>;

/** 水印: the words across each page. What ended is marked so by its 效力状况, whatever a policy says (release/marking.ts). */
export const watermarkWords = z.enum(['公示', '征求意见稿', '仅供内部', '已废止', '已失效', '已撤回']);
export type WatermarkWords = z.infer<typeof watermarkWords>;

/** 章中图案: the star, nothing, or the office's own emblem as one SVG path in a square of `size` units. */
export const emblem = z.union([
  z.enum(['star', 'none']),
  z.strictObject({
    path: z
      .string()
      .max(20_000)
      .regex(/^[MmLlHhVvCcSsQqTtAaZz0-9eE\s,.+-]+$/),
    size: z.number().positive(),
  }),
]);
export type Emblem = z.infer<typeof emblem>;

/** Where a drawn seal goes when no 署名 and 成文日期 of this office are found: nowhere, or the last page's lower right. */
const otherwise = z.enum(['nowhere', 'lower-right']);

/**
 * 图形印章: a picture of a seal, drawn. It is no electronic seal (GB/T 38540) and proves nothing by itself; the signature
 * and the verification page do. Off unless the office says otherwise.
 */
const drawnSeal = z.strictObject({
  enabled: z.boolean().default(false),
  /** On the arc; the office's name when absent. The 署名 must be the same. */
  name: z.string().min(2).max(30).optional(),
  /** Below, following the ring: a seal's registered number. */
  code: z
    .string()
    .regex(/^[0-9A-Z]{6,18}$/)
    .optional(),
  emblem: emblem.default('star'),
  /** 42 mm is the size of a township's; seals of other ranks are larger. */
  diameterMm: z.number().min(20).max(60).default(42),
  otherwise: otherwise.default('nowhere'),
  /** 骑缝章 over the right edges of all pages. */
  paging: z.boolean().default(false),
});

const watermark = z.union([z.literal('none'), watermarkWords]);

/** 加盖: what a release carries beside the document itself. */
export const stamping = z.strictObject({
  enabled: z.boolean().default(true),
  lines: z.array(stampLine).default([...stampLine.options]),
  qr: z.boolean().default(true),
  watermark: watermark.default('none'),
  seal: drawnSeal.prefault({}),
});
export type Stamping = z.output<typeof stamping>;

/** What one column does otherwise than its office. */
export const columnStamping = z.strictObject({
  enabled: z.boolean().optional(),
  lines: z.array(stampLine).optional(),
  qr: z.boolean().optional(),
  watermark: watermark.optional(),
  seal: z
    .strictObject({
      enabled: z.boolean().optional(),
      otherwise: otherwise.optional(),
      paging: z.boolean().optional(),
    })
    .optional(),
});
type ColumnStamping = z.output<typeof columnStamping>;

const said = <T extends object>(part: T | undefined): Partial<T> =>
  Object.fromEntries(Object.entries(part ?? {}).filter(([, value]) => value !== undefined)) as Partial<T>;

/** How what stands in this column is stamped: the office's rule, with what the column says over it. */
export const stampingIn = (
  policy: {
    readonly stamp: Stamping;
    readonly columns: readonly { readonly key: string; readonly stamp?: ColumnStamping | undefined }[];
  },
  column: string,
): Stamping => {
  const own = policy.columns.find(({ key }) => key === column)?.stamp;
  const { seal, ...rest } = own ?? {};
  return { ...policy.stamp, ...said(rest), seal: { ...policy.stamp.seal, ...said(seal) } } as Stamping;
};
