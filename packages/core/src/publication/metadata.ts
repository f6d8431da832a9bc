import * as z from 'zod';

const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** The descriptive fields of the catalogue entry (domain.md §3: the 14 usual fields; 索引号 and 公开日期 are assigned). */
export const metadata = z.object({
  /** 名称 */
  title: z.string().max(300).default(''),
  /** 文号 */
  documentNumber: z.string().max(100).default(''),
  /** 发布机构 */
  office: z.string().max(100).default(''),
  /** 生成日期 */
  generatedOn: date.or(z.literal('')).default(''),
  /** 内容概述, at most 500 characters */
  summary: z.string().max(500).default(''),
  /** 主题分类, `level 1/level 2` */
  theme: z.string().default(''),
  /** 体裁 */
  genre: z.string().default(''),
  /** 关键词 */
  keywords: z.array(z.string().max(50)).max(20).default([]),
  /** 栏目, a key of the policy's columns */
  column: z.string().default(''),
  /** 公开方式 */
  disclosure: z.enum(['proactive', 'on-request']).default('proactive'),
  /** 公开范围 */
  audience: z.string().max(100).default('面向社会'),
  /** 效力状况 */
  validity: z.enum(['effective', 'repealed', 'expired']).default('effective'),
});
export type Metadata = z.infer<typeof metadata>;

/** What the policy itself names: 妇女儿童工作 is no person's name. */
type Named = {
  readonly office: { readonly name: string };
  readonly genres: readonly { readonly key: string; readonly name: string }[];
  readonly themes: readonly { readonly name: string; readonly children: readonly string[] }[];
};

/** All of it that a person wrote in words and the catalogue shows, a line each: it may hold no more than pages may. */
export const saidInCatalogue = (given: Metadata, { office, genres, themes }: Named): string => {
  const known = new Set([
    office.name,
    ...genres.flatMap(({ key, name }) => [key, name]),
    ...themes.flatMap(({ name, children }) => [name, ...children.map((child) => `${name}/${child}`)]),
  ]);
  const { title, documentNumber, summary, keywords } = given;
  const free = [given.office, given.theme, given.genre, given.audience].filter((one) => !known.has(one));
  return [title, documentNumber, summary, ...keywords, ...free].join('\n');
};

/** 公示期 as asked for; what it comes to is computed when it is published. */
export const display = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('days'), amount: z.number().int().min(1).max(3660) }),
  z.object({ kind: z.literal('working-days'), amount: z.number().int().min(1).max(2000) }),
  z.object({ kind: z.literal('until'), date }),
  z.object({ kind: z.literal('long-term') }),
]);
export type Display = z.infer<typeof display>;
