import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { everyone, holdersOf, load, visible } from '@gongkai/core';
import { type Command, WrongUse } from './command.ts';
import { withHost } from './with-host.ts';

const sha256Of = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
};

export const verify: Command = {
  name: 'verify',
  usage: 'verify FILE.pdf',
  zh: '核对一个文件是不是本单位发布的，现在状态如何',
  en: 'tells whether a file is what was published, and what became of it',
  run: (given) => {
    const [path, more] = given.words;
    if (path === undefined || more !== undefined) throw new WrongUse('FILE');
    if (!existsSync(path)) throw new WrongUse(`${path}: 没有这个文件 / no such file`);
    return withHost(given, async ({ office, configuration }) => {
      const sha256 = await sha256Of(path);
      const holder = (await holdersOf(office, sha256)).find(({ as }) => as === 'release');
      const loaded = holder && (await load(office, holder.publication));
      const now = office.clock.now();
      const standing = loaded ? visible(loaded.item, everyone, now) : 'hidden';
      if (!loaded || standing === 'hidden') {
        given.say(
          { ok: false, sha256, published: false },
          `${sha256}\n没有发布过这个文件。 / This file was never published here.`,
        );
        return 1;
      }
      const { item } = loaded;
      given.say(
        {
          ok: true,
          sha256,
          published: true,
          standing,
          state: item.state,
          id: item.id,
          ...(standing === 'visible' ? { title: item.metadata.title } : {}),
          indexNumber: item.numbers?.indexNumber,
          publishedAt: item.publishedAt,
          until: item.until,
        },
        [
          sha256,
          standing === 'visible'
            ? `是本单位发布的文件：${item.metadata.title} / published: ${item.numbers?.indexNumber}`
            : `曾经发布，现已停止公开（${item.state}） / was published, is no longer public (${item.state})`,
          `${configuration.publicUrl ?? ''}/verify/${item.numbers?.code}`,
        ],
      );
      return 0;
    });
  },
};
