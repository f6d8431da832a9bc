import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { sentence } from '../refusal/index.ts';
import { checkForm, composable, formFromMarkdown, formFromYaml, officialLetter } from './index.ts';

const letter = `---
发文机关: 三村镇人民政府
发文字号: 三政发〔2026〕8号
份号: 000012
主送机关: 各村民委员会
成文日期: 2026-03-03
加盖印章: 否
格式: 信函格式
附件:
  - 任务分工表
  - 名称: 成员名单
    内容: 李小明
---

# 关于做好政务公开工作的通知

现将有关事项通知如下。

# 一、要求
`;

describe('a letter in Markdown', () => {
  it.each(['__proto__', 'constructor', 'toString'])('has no field %s, and says so', async (name) => {
    const read = await formFromMarkdown(officialLetter, letter.replace('份号: 000012', `${name}: {a: 1}`));
    expect(checkForm(officialLetter, read.ok ? read.value : {})).toMatchObject({
      error: { code: 'form-field', details: { detailZh: '表单里没有这一栏' } },
    });
  });

  it('has its fields at the head, in the words of the office', async () => {
    const read = await formFromMarkdown(officialLetter, letter);
    const checked = read.ok ? checkForm(officialLetter, read.value) : read;
    expect(checked).toMatchObject({
      ok: true,
      value: {
        title: '关于做好政务公开工作的通知',
        offices: ['三村镇人民政府'],
        number: '三政发〔2026〕8号',
        copyNumber: '000012',
        date: '2026-03-03',
        sealed: false,
        layout: 'letter',
        attachments: [
          { title: '任务分工表', body: '' },
          { title: '成员名单', body: '李小明' },
        ],
        body: '现将有关事项通知如下。\n\n# 一、要求',
      },
    });
  });

  it.each([
    ['没有的栏', '---\n密级: 机密\n---\n正文', '“密级”：表单里没有这一栏'],
    ['日期', letter.replace('2026-03-03', '2026年3月3日'), '成文日期'],
    ['文号', letter.replace('〔2026〕8', '[2026]8'), '发文字号（如 三政发〔2026〕8号）'],
    ['没有标题', letter.replace('# 关于做好政务公开工作的通知', ''), '标题'],
  ])('that is wrong is answered with the field: %s', async (_, text, field) => {
    const read = await formFromMarkdown(officialLetter, text);
    const checked = read.ok ? checkForm(officialLetter, read.value) : read;
    if (checked.ok) expect.unreachable();
    else {
      const { zh, en } = sentence(checked.error);
      expect(checked.error.code).toBe('form-field');
      expect(zh).toContain(field);
      expect(zh).toMatch(/\p{Script=Han}/u);
      expect(en).not.toMatch(/\{\w+\}|undefined/);
    }
  });

  it.each(['---\n- 一\n- 二\n---\n正文', '---\n标题: [\n---\n正文', `---\n甲: &a 乙\n丙: *a\n---\n正文`])(
    'whose head is no list of fields is refused in a sentence: %j',
    async (text) => {
      expect(await formFromMarkdown(officialLetter, text)).toMatchObject({
        ok: false,
        error: { code: 'form-head' },
      });
    },
  );

  it('never throws, whatever is typed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
        for (const given of [text, `---\n${text}\n---\n正文`]) {
          const read = await formFromMarkdown(officialLetter, given);
          if (read.ok) checkForm(officialLetter, read.value);
        }
      }),
    );
  });
});

describe('data', () => {
  it('comes as YAML or JSON, which is the same', async () => {
    const data = { offices: ['甲镇'], sealed: true, attachments: [{ title: '表' }] };
    expect(await formFromYaml(officialLetter, JSON.stringify(data))).toEqual({ ok: true, value: data });
  });

  it('that is wrong gets a sentence for every field of every form', () => {
    for (const { schema } of Object.values(composable))
      for (const [key, field] of Object.entries(schema.shape)) {
        const checked = checkForm(z.object({ [key]: field }), { [key]: { no: 'such' } });
        if (checked.ok) continue;
        const { zh, en } = sentence(checked.error);
        expect(zh, key).toMatch(/^“[^”]*\p{Script=Han}[^”]*”：.+。/u);
        expect(en, key).toMatch(/^“[A-Z]/);
      }
  });
});
