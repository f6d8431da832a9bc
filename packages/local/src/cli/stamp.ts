import { createWriteStream, existsSync } from 'node:fs';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { localDate, noWords, refusal } from '@gongkai/core';
import { readPolicy } from '../configuration.ts';
import { type Command, WrongUse } from './command.ts';
import { withLooseFiles } from './loose-files.ts';

export const stamp: Command = {
  name: 'stamp',
  usage:
    'stamp FILE --out OUT.pdf [--policy default] [--index-number N] [--date 2026-02-10] [--verify-url URL] [--code CODE]',
  zh: '把文件转换为 PDF 并盖上公开标识，不登记、不发布',
  en: 'converts a file to PDF and stamps it; registers and publishes nothing',
  options: {
    out: { type: 'string' },
    policy: { type: 'string' },
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
    const publishedOn = given.value('date') ?? localDate(new Date().toISOString());
    const code = given.value('code') ?? '';
    return withLooseFiles(async (machines, put, blobs) => {
      const blob = await put(path);
      const examined = await machines.inspector.examine(blob, basename(path), noWords);
      if (!examined.ok) return given.refuse(examined.error);
      const converted = await machines.converter.convert(blob, examined.value.type, basename(path));
      if (!converted.ok) return given.refuse(converted.error);
      const made = await machines.renderer.render(converted.value.pdf, {
        redactions: [],
        stamp: {
          indexNumber: given.value('index-number') ?? '',
          office: policy.office.name,
          publishedOn,
          verifyUrl: given.value('verify-url') ?? `${policy.office.url.replace(/\/$/, '')}/verify/${code}`,
          code,
        },
        metadata: {
          title: given.value('title') ?? basename(path).replace(/\.[^.]+$/, ''),
          author: policy.office.name,
          language: 'zh-CN',
        },
        createdAt: `${publishedOn}T00:00:00.000Z`,
      });
      if (!made.ok) return given.refuse(made.error);
      const bytes = await blobs.open(made.value.release);
      if (!bytes) throw new Error('the release is gone');
      await pipeline(Readable.from(bytes), createWriteStream(out, { flags: 'wx' }));
      given.say(
        { ok: true, out, pages: made.value.pages, size: made.value.size, sha256: made.value.release.sha256 },
        `${out}  ${made.value.pages} 页/pages  sha256 ${made.value.release.sha256}`,
      );
      return 0;
    }, policyName);
  },
};
