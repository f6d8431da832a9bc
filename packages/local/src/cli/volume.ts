import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { bindVolume, refusal, usualThickness, type VolumePlan, volumesOf } from '@gongkai/core';
import { type Command, WrongUse } from './command.ts';
import { keepFile } from './keep-file.ts';
import { withHost } from './with-host.ts';

const whole = (text: string | undefined, name: string): number => {
  const number = Number(text);
  if (text === undefined || !Number.isInteger(number)) throw new WrongUse(`--${name}`);
  return number;
};

const fileOf = (folder: string, name: number | string, { volume, of }: VolumePlan): string =>
  join(folder, of === 1 ? `${name}.pdf` : `${name}-${String(volume).padStart(String(of).length, '0')}.pdf`);

export const volume: Command = {
  name: 'volume',
  usage: 'volume (--year 2026 [--columns finance-board,fees-board] | ID…) [--pages 400] --out 文件夹',
  zh: '年终装订成册：封面、目录、隔页、发布件、索引，按厚度（页数）分卷；撤回的只列目录',
  en: 'binds a year: cover, contents, releases, index, divided by thickness; what was withdrawn is only listed',
  options: {
    year: { type: 'string' },
    columns: { type: 'string' },
    pages: { type: 'string' },
    out: { type: 'string' },
  },
  run: (given) => {
    const out = given.value('out');
    if (!out) throw new WrongUse('--out');
    const items = given.words;
    if (items.length > 0 && (given.value('year') ?? given.value('columns')) !== undefined)
      throw new WrongUse('ID… | --year');
    const year = items.length > 0 ? undefined : whole(given.value('year'), 'year');
    const pages = whole(given.value('pages') ?? String(usualThickness), 'pages');
    return withHost(given, async ({ office }) => {
      const what = year === undefined ? { items } : { year, columns: given.value('columns')?.split(',') };
      const plans = await volumesOf(office, { ...what, pages });
      if (!plans.ok) return given.refuse(plans.error);
      mkdirSync(out, { recursive: true });
      const taken = plans.value
        .map((plan) => fileOf(out, year ?? '选编', plan))
        .find((path) => existsSync(path));
      if (taken !== undefined)
        return given.refuse(refusal('invalid-input', { detail: `${taken} 已存在 / exists` }));
      const made = [];
      for (const plan of plans.value) {
        const bound = await bindVolume(office, plan);
        if (!bound.ok) return given.refuse(bound.error);
        const path = fileOf(out, year ?? '选编', plan);
        await keepFile(office.blobs, bound.value.volume, path);
        const { pages, size, volume } = bound.value;
        made.push({ path, pages, size, sha256: volume.sha256, entries: plan.entries.length });
      }
      given.say(
        { ok: true, volumes: made },
        made.map(
          ({ path, pages, entries, sha256 }) => `${path}  ${entries} 件  ${pages} 页/pages  sha256 ${sha256}`,
        ),
      );
      return 0;
    });
  },
};
