import { existsSync } from 'node:fs';
import { compose, monthlyListOf, refusal } from '@gongkai/core';
import { type Command, WrongUse } from './command.ts';
import { keepFile } from './keep-file.ts';
import { withHost } from './with-host.ts';

export const monthlyList: Command = {
  name: 'monthly-list',
  usage: 'monthly-list 2026-03 --out 月报.pdf',
  zh: '主动公开目录月报：这个月公开、此刻仍在公开的',
  en: 'the list of a month: what was published in it and is public now',
  options: { out: { type: 'string' } },
  run: (given) => {
    const [month, more] = given.words;
    const out = given.value('out');
    if (month === undefined || more !== undefined || !out) throw new WrongUse('2026-03 --out 月报.pdf');
    return withHost(given, async ({ office }) => {
      if (existsSync(out))
        return given.refuse(refusal('invalid-input', { detail: `${out} 已存在 / exists` }));
      const filled = await monthlyListOf(office, month);
      if (!filled.ok) return given.refuse(filled.error);
      const made = await compose(office, { form: 'monthly-list', data: filled.value });
      if (!made.ok) return given.refuse(made.error);
      await keepFile(office.blobs, made.value.pdf, out);
      given.say({ ok: true, out, sha256: made.value.pdf.sha256 }, `${out}  sha256 ${made.value.pdf.sha256}`);
      return 0;
    });
  },
};
