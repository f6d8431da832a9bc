import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { display, metadata } from '@gongkai/core';
import { parse } from 'yaml';
import * as z from 'zod';
import { ApiClient, ApiRefusal } from '../client/index.ts';
import { type Command, WrongUse } from './command.ts';

/** What `--item` may say; a mistyped key is an error, not a silent default. */
const itemFile = z.strictObject({
  metadata: z.strictObject(metadata.partial().shape).default({}),
  display: display.optional(),
  major: z.boolean().optional(),
  publishAt: z.iso.datetime({ offset: true }).optional(),
});

const readItem = (file: string | undefined) => {
  if (file === undefined) return itemFile.parse({});
  if (!existsSync(file)) throw new WrongUse(`${file}: 没有这个文件 / no such file`);
  const read = itemFile.safeParse(parse(readFileSync(file, 'utf8')));
  if (!read.success) throw new WrongUse(`${file}: ${z.prettifyError(read.error)}`);
  return read.data;
};

const settled = new Set(['inspected', 'refused']);

export const publish: Command = {
  name: 'publish',
  usage: 'publish 正文.docx [附件…] --item item.yaml [--server http://127.0.0.1:8080]',
  zh: '以 GONGKAI_TOKEN 的身份上传、登记并送审（与控制台同一接口；审查仍由人完成）',
  en: 'uploads, describes and submits for review as GONGKAI_TOKEN (the same API; people still review)',
  options: { item: { type: 'string' }, server: { type: 'string' } },
  run: async (given) => {
    if (given.words.length === 0) throw new WrongUse('FILE…');
    for (const path of given.words)
      if (!existsSync(path)) throw new WrongUse(`${path}: 没有这个文件 / no such file`);
    const token = process.env.GONGKAI_TOKEN;
    if (!token)
      throw new WrongUse('GONGKAI_TOKEN：请在控制台“令牌”中生成 / make one in the console under Tokens');
    const { publishAt, ...item } = readItem(given.value('item'));
    const client = new ApiClient(given.value('server') ?? 'http://127.0.0.1:8080', { token });
    let id = '';
    try {
      ({ id } = await client.create(item));
      for (const path of given.words) await client.upload(id, basename(path), readFileSync(path));
      let view = await client.waitUntil(
        id,
        ({ item }) => item.files.every(({ progress }) => settled.has(progress)) || item.state === 'stopped',
        300,
      );
      if (publishAt !== undefined && view.item.state === 'draft') {
        await client.edit(id, view.version, { publishAt });
        view = await client.view(id);
      }
      const refused = view.item.files.find(({ progress }) => progress === 'refused');
      const submitted =
        !refused && view.item.state === 'draft' && view.unanswered.length === 0
          ? await client.decide(id, view.version, { verdict: 'approve', binding: view.binding })
          : undefined;
      const state = submitted?.state ?? view.item.state;
      given.say(
        {
          ok: submitted !== undefined,
          id,
          state,
          unanswered: view.unanswered.length,
          files: view.item.files.map(({ name, progress, refusal }) => ({ name, progress, refusal })),
        },
        [
          `${id}  ${state}`,
          ...(view.unanswered.length > 0
            ? [`还有 ${view.unanswered.length} 处发现要在控制台里答复 / findings to answer in the console`]
            : []),
          ...(refused ? [`${refused.name}: ${view.refusals[refused.id]?.zh ?? refused.refusal?.code}`] : []),
        ],
      );
      return submitted ? 0 : 1;
    } catch (cause) {
      if (!(cause instanceof ApiRefusal)) throw cause;
      // What was begun stays as a draft; whoever mends it needs its name.
      const begun = id === '' ? [] : [`草稿已保留，可在控制台继续：${id} / kept as a draft: ${id}`];
      given.say({ ok: false, ...cause.problem, ...(id === '' ? {} : { id }) }, [
        cause.problem.zh,
        cause.problem.en,
        ...begun,
      ]);
      return 1;
    }
  },
};
