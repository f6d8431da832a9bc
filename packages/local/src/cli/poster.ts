import { existsSync } from 'node:fs';
import { type PosterAsked, posterOf, posterPapers, refusal } from '@gongkai/core';
import { type Command, WrongUse } from './command.ts';
import { keepFile } from './keep-file.ts';
import { withHost } from './with-host.ts';

export const poster: Command = {
  name: 'poster',
  usage:
    'poster [ID…] [--columns finance-board,fees-board] [--paper a4|a3|a2] [--heading 政务公开栏] --out 海报.pdf',
  zh: '公示栏海报：列出的信息，或整个栏目各成一栏（不写则用规则中的公开栏）；只列此刻正在公开的',
  en: 'a poster for the notice board: these items, or whole columns as boards; only what is public now',
  options: {
    columns: { type: 'string' },
    paper: { type: 'string' },
    heading: { type: 'string' },
    out: { type: 'string' },
  },
  run: (given) => {
    const out = given.value('out');
    if (!out) throw new WrongUse('--out');
    const paper = posterPapers.find((one) => one === (given.value('paper') ?? 'a3'));
    if (!paper) throw new WrongUse(`--paper ${posterPapers.join(' | ')}`);
    if (given.words.length > 0 && given.value('columns') !== undefined) throw new WrongUse('ID… | --columns');
    return withHost(given, async ({ office }) => {
      if (existsSync(out))
        return given.refuse(refusal('invalid-input', { detail: `${out} 已存在 / exists` }));
      const columns = given.value('columns')?.split(',') ?? office.policy.boards;
      if (given.words.length === 0 && columns.length === 0)
        return given.refuse(
          refusal('invalid-input', {
            detail:
              '规则文件没有设公开栏（boards），请写信息编号或 --columns / the policy has no boards: give IDs or --columns',
          }),
        );
      const what = given.words.length > 0 ? { items: given.words } : { columns };
      const asked: PosterAsked = { paper, heading: given.value('heading'), ...what };
      const filled = await posterOf(office, asked);
      if (!filled.ok) return given.refuse(filled.error);
      const made = await office.renderer.form('notice-poster', filled.value, office.clock.now());
      if (!made.ok) return given.refuse(made.error);
      await keepFile(office.blobs, made.value, out);
      const site = office.publicUrl;
      given.say(
        { ok: true, out, sha256: made.value.sha256, site },
        `${out}  sha256 ${made.value.sha256}\n二维码通往 / its codes lead to ${site}`,
      );
      return 0;
    });
  },
};
