import { createWriteStream, existsSync } from 'node:fs';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { endedWordings, localDate, noWords, refusal, sealingViews, sealOf, stampingIn } from '@gongkai/core';
import { readPolicy } from '../configuration.ts';
import { type Command, WrongUse } from './command.ts';
import { withLooseFiles } from './loose-files.ts';

export const stamp: Command = {
  name: 'stamp',
  usage:
    'stamp FILE --out OUT.pdf [--policy default] [--column KEY] [--mark 已废止|已失效|已撤回] [--index-number N] [--date 2026-02-10] [--verify-url URL] [--code CODE]',
  zh: '把文件转换为 PDF 并按政策加盖（标识、水印、图形印章），或把已停止公开的注明（--mark）；不登记、不发布',
  en: 'converts a file to PDF and stamps it as the policy says (strip, watermark, drawn seal), or marks it as over (--mark); registers and publishes nothing',
  options: {
    out: { type: 'string' },
    policy: { type: 'string' },
    column: { type: 'string' },
    mark: { type: 'string' },
    'index-number': { type: 'string' },
    date: { type: 'string' },
    'verify-url': { type: 'string' },
    code: { type: 'string' },
    title: { type: 'string' },
  },
  run: async (given) => {
    const [path, more] = given.words;
    const out = given.value('out');
    if (path === undefined || more !== undefined || !out) throw new WrongUse('FILE --out OUT.pdf');
    if (!existsSync(path)) throw new WrongUse(`${path}: 没有这个文件 / no such file`);
    // The original is somebody's only copy.
    if (existsSync(out)) return given.refuse(refusal('invalid-input', { detail: `${out} 已存在 / exists` }));
    const policyName = given.value('policy') ?? 'default';
    const policy = readPolicy(policyName);
    const column = given.value('column') ?? '';
    if (column !== '' && !policy.columns.some(({ key }) => key === column))
      throw new WrongUse(`--column ${column}: 政策里没有这个栏目 / the policy has no such column`);
    const mark = given.value('mark');
    const words = endedWordings.find((one) => one === mark);
    if (mark !== undefined && words === undefined) throw new WrongUse(`--mark ${endedWordings.join('|')}`);
    const stamping = stampingIn(policy, column);
    const publishedOn = given.value('date') ?? localDate(new Date().toISOString());
    const code = given.value('code') ?? '';
    return withLooseFiles(async (machines, put, blobs) => {
      const blob = await put(path);
      const examined = await machines.inspector.examine(blob, basename(path), noWords);
      if (!examined.ok) return given.refuse(examined.error);
      const converted = await machines.converter.convert(blob, examined.value.type, basename(path));
      if (!converted.ok) return given.refuse(converted.error);
      // A file that is marked as over has been stamped before: it gets the words and nothing else.
      const read =
        words || !stamping.seal.enabled
          ? undefined
          : await machines.inspector.inspect(converted.value.pdf, noWords);
      if (read && !read.ok) return given.refuse(read.error);
      const item = { metadata: { column }, redactions: [] };
      const watermark = words ?? (stamping.watermark === 'none' ? undefined : stamping.watermark);
      const made = await machines.renderer.render(converted.value.pdf, {
        redactions: [],
        ...(watermark ? { watermark } : {}),
        ...(read ? sealOf({ policy }, item, 0, read.value) : {}),
        ...(words || !stamping.enabled
          ? {}
          : {
              stamp: {
                lines: stamping.lines,
                qr: stamping.qr,
                indexNumber: given.value('index-number') ?? '',
                office: policy.office.name,
                publishedOn,
                verifyUrl:
                  given.value('verify-url') ?? `${policy.office.url.replace(/\/$/, '')}/verify/${code}`,
                code,
              },
            }),
        metadata: {
          title: given.value('title') ?? basename(path).replace(/\.[^.]+$/, ''),
          author: policy.office.name,
          language: 'zh-CN',
        },
        createdAt: `${publishedOn}T00:00:00.000Z`,
      });
      if (!made.ok) return given.refuse(made.error);
      const said = sealingViews({ policy }, item, [read?.value]);
      const bytes = await blobs.open(made.value.release);
      if (!bytes) throw new Error('the release is gone');
      await pipeline(Readable.from(bytes), createWriteStream(out, { flags: 'wx' }));
      given.say(
        {
          ok: true,
          out,
          pages: made.value.pages,
          size: made.value.size,
          sha256: made.value.release.sha256,
          ...(said.length > 0 ? { sealing: said.map(({ placed, zh, en }) => ({ placed, zh, en })) } : {}),
        },
        [
          `${out}  ${made.value.pages} 页/pages  sha256 ${made.value.release.sha256}`,
          ...said.map(({ zh, en }) => `${zh} / ${en}`),
        ],
      );
      return 0;
    }, policyName);
  },
};
