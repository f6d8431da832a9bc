import { compose, type Office, ok } from '@gongkai/core';
import { inspectText } from '@gongkai/inspect';
import { describe, expect, it } from 'vitest';

/** The detectors themselves before a press that only counts. */
const press = () => {
  const set: string[] = [];
  const office = {
    clock: { now: () => '2026-03-03T01:00:00.000Z' },
    inspector: { inspectText: async (text: string, part: string) => inspectText(text, part) },
    renderer: {
      form: async (form: string) => {
        set.push(form);
        return ok({ area: 'renditions', sha256: '0'.repeat(64) });
      },
    },
  } as unknown as Office;
  return { office, set };
};

const head = '---\n发文机关: 三村镇人民政府\n发文字号: 三政发〔2026〕8号\n成文日期: 2026-03-03\n---\n';
const title = '# 关于印发要点的通知\n\n';
const body = '现将有关事项通知如下。\n\n';
const letter = (markdown: string) => ({ form: 'official-letter', markdown: head + markdown }) as const;

describe('what bears the mark of a state secret is not set in type', () => {
  it.each([
    ['at the head of the title', `# 机密★5年关于印发要点的通知\n\n${body}`],
    ['as the title', `# 机密★5年\n\n${body}`],
    ['first in the text', `${title}机密★5年\n\n${body}`],
    ['spaced, on a line of its own', `${title}${body}机 密 ★ 5 年\n`],
    ['in a heading', `${title}${body}## 机密★5年\n\n${body}`],
    ['partly bold', `${title}${body}机**密**★5年\n\n${body}`],
    ['with a sign that Markdown takes away', `${title}${body}机密\\★5年\n\n${body}`],
    ['with a tag in it, as pasted from a page', `${title}${body}<u>机</u>密<!-- -->★5年\n\n${body}`],
    ['in signs of HTML', `${title}${body}机&#x5BC6;&#9733;5年\n\n${body}`],
    ['partly a link', `${title}${body}机[密](https://a.cn)★5年\n\n${body}`],
    ['in a cell of a table', `${title}${body}| 密级 | 事项 |\n|---|---|\n| 机密★5年 | 财务 |\n`],
  ])('%s', async (_, markdown) => {
    const { office, set } = press();
    expect(await compose(office, letter(markdown))).toMatchObject({
      ok: false,
      error: { code: 'form-secret' },
    });
    expect(set).toEqual([]);
  });

  it('in the name or the text of an attachment', async () => {
    const data = {
      offices: ['三村镇人民政府'],
      number: '三政发〔2026〕8号',
      title: '关于印发要点的通知',
      body: '现将有关事项通知如下。',
      date: '2026-03-03',
    };
    for (const attachment of [{ title: '机密★5年 分工表' }, { title: '分工表', body: '机密★5年' }]) {
      const { office } = press();
      const asked = { form: 'official-letter', data: { ...data, attachments: [attachment] } } as const;
      expect(await compose(office, asked)).toMatchObject({ ok: false, error: { code: 'form-secret' } });
    }
  });

  it('while a rule that speaks of marks is', async () => {
    const { office, set } = press();
    const rule = `${title}文件上标注“机密★5年”的，不得在互联网计算机上处理。\n`;
    expect(await compose(office, letter(rule))).toMatchObject({ ok: true });
    expect(set).toEqual(['official-letter']);
  });
});
