import * as z from 'zod';
import { isoDay, line, named } from './field.ts';

/**
 * 公文 (GB/T 9704-2012). There is no field for 密级: the law keeps state secrets off this machine (保守国家秘密法 §31), so a
 * letter that needs one is not written here.
 */
export const officialLetter = z.strictObject({
  layout: named('格式', 'Layout', z.enum(['document', 'letter']).default('document'), {
    choices: { document: ['文件格式（红头文件）', 'Document'], letter: ['信函格式', 'Letter'] },
  }),
  offices: named('发文机关', 'Issuing offices, the leading one first', z.array(line).min(1).max(5)),
  mark: named('发文机关标志（不填按发文机关）', 'Head in red, if not the offices', line.optional()),
  copyNumber: named(
    '份号（六位）',
    'Copy number, six digits',
    z
      .string()
      .regex(/^\d{6}$/)
      .optional(),
  ),
  urgency: named('紧急程度', 'Urgency', z.enum(['特急', '加急']).optional()),
  number: named(
    '发文字号（如 三政发〔2026〕8号）',
    'Document number',
    // 六角括号, the whole year, no 第, no leading zero (7.2.5).
    z
      .string()
      .trim()
      .regex(/^[\p{Script=Han}A-Za-z]+〔\d{4}〕[1-9]\d*号$/u),
  ),
  signers: named('签发人（上行文）', 'Signed for issue by (upward)', z.array(line).max(6).default([])),
  title: named('标题', 'Title', line),
  recipients: named('主送机关', 'Addressees', z.string().trim().max(600).default('')),
  body: named('正文（Markdown）', 'Body (Markdown)', z.string().trim().min(1).max(400_000), { lines: 16 }),
  attachments: named(
    '附件',
    'Attachments',
    z
      .array(
        z.strictObject({
          title: named('名称', 'Name', line),
          body: named(
            '内容（Markdown，不填则只列名称）',
            'Content (Markdown)',
            z.string().max(400_000).default(''),
            { lines: 6 },
          ),
        }),
      )
      .max(50)
      .default([]),
  ),
  date: named('成文日期', 'Date', isoDay),
  sealed: named('加盖印章', 'Will be sealed', z.boolean().default(true)),
  note: named('附注（如 此件公开发布）', 'Note', line.optional()),
  copies: named('抄送', 'Copies to', z.string().trim().max(600).optional()),
  printedBy: named('印发机关', 'Printed by', line.optional()),
  printedOn: named('印发日期', 'Printed on', isoDay.optional()),
});
