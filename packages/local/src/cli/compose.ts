import { existsSync, readFileSync } from 'node:fs';
import {
  type ComposeAsked,
  composable,
  composableForms,
  compose,
  formFromYaml,
  refusal,
} from '@gongkai/core';
import { SystemClock } from '@gongkai/embedded';
import { type Command, WrongUse } from './command.ts';
import { keepFile } from './keep-file.ts';
import { withLooseFiles } from './loose-files.ts';

export const composeCommand: Command = {
  name: 'compose',
  usage: `compose 正文.md|数据.yaml|数据.json [--form ${composableForms.join('|')}] --out 公文.pdf`,
  zh: '按 GB/T 9704 把 Markdown 或数据排成公文（PDF）；不登记、不发布',
  en: 'sets Markdown or data as an official document (PDF); registers and publishes nothing',
  options: { form: { type: 'string' }, out: { type: 'string' } },
  run: async (given) => {
    const [path, more] = given.words;
    const out = given.value('out');
    if (path === undefined || more !== undefined || !out) throw new WrongUse('正文.md --out 公文.pdf');
    if (!existsSync(path)) throw new WrongUse(`${path}: 没有这个文件 / no such file`);
    if (existsSync(out)) return given.refuse(refusal('invalid-input', { detail: `${out} 已存在 / exists` }));
    const form = composableForms.find((one) => one === (given.value('form') ?? 'official-letter'));
    if (!form) throw new WrongUse(`--form ${composableForms.join(' | ')}`);
    const text = readFileSync(path, 'utf8');
    // JSON is YAML.
    const data = /\.(ya?ml|json)$/i.test(path)
      ? await formFromYaml(composable[form].schema, text)
      : undefined;
    if (data?.ok === false) return given.refuse(data.error);
    const asked: ComposeAsked = data ? { form, data: data.value } : { form, markdown: text };
    return withLooseFiles(async ({ renderer, inspector }, _, blobs) => {
      const made = await compose({ renderer, inspector, clock: new SystemClock() }, asked);
      if (!made.ok) return given.refuse(made.error);
      const { pdf, title } = made.value;
      await keepFile(blobs, pdf, out);
      given.say({ ok: true, out, title, sha256: pdf.sha256 }, `${out}  ${title}  sha256 ${pdf.sha256}`);
      return 0;
    });
  },
};
