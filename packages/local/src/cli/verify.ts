import { createHash, X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { everyone, holdersOf, load, type PdfSignature, signatureWords, visible } from '@gongkai/core';
import { readSignatures } from '@gongkai/inspect/signature';
import { sm2Holds } from '@gongkai/render/signature';
import * as z from 'zod';
import { dataFolder } from '../configuration.ts';
import type { Host } from '../host.ts';
import { isBegun } from '../office-files.ts';
import { type Command, type Given, WrongUse } from './command.ts';
import { withHost } from './with-host.ts';

const fileAt = (path: string): Buffer => {
  if (!existsSync(path)) throw new WrongUse(`${path}: 没有这个文件 / no such file`);
  return readFileSync(path);
};

/** Every certificate of a PEM file. */
const certificatesIn = (path: string): X509Certificate[] => {
  const blocks = fileAt(path)
    .toString('latin1')
    .match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g);
  if (!blocks) throw new WrongUse(`${path}: 不是 PEM 证书 / no certificate in it`);
  return blocks.map((one) => new X509Certificate(one));
};

const beside = z.object({ publicKey: z.string(), userId: z.string(), signature: z.string() });

/** What the file says of itself, without asking anybody. */
const bySignature = (given: Given, bytes: Buffer) => {
  const authorities = given.value('authorities');
  const signatures = readSignatures(bytes, authorities === undefined ? [] : certificatesIn(authorities));
  const place = given.value('sm2');
  const detached =
    place === undefined ? undefined : beside.safeParse(JSON.parse(fileAt(place).toString('utf8')));
  if (detached?.success === false) throw new WrongUse(`${place}: 不是国密签名文件 / no SM2 signature`);
  const sm2 = detached && { publicKey: detached.data.publicKey, holds: sm2Holds(bytes, detached.data) };
  return { signatures, ...(sm2 ? { sm2 } : {}) };
};
type BySignature = ReturnType<typeof bySignature>;

const sayOne = (one: PdfSignature): string => {
  const [zh, en] = signatureWords(one);
  const facts = [
    one.signedAt === undefined ? '' : `${one.signedAt}${one.timestamped ? '（时间戳 / timestamped）' : ''}`,
    one.issuer === undefined ? '' : `颁发者 / issuer: ${one.issuer}`,
    one.certificate === undefined ? '' : `证书 / certificate SHA-256: ${one.certificate}`,
  ].filter((fact) => fact !== '');
  return [`${zh} / ${en}`, ...facts.map((fact) => `    ${fact}`)].join('\n');
};

const lines = ({ signatures, sm2 }: BySignature): string[] => [
  ...(signatures.length === 0
    ? ['文件里没有电子签名；页面上的印章图形不是电子签章。 / No signature in the file; a drawn seal is none.']
    : signatures.map(sayOne)),
  ...(sm2 === undefined
    ? []
    : sm2.holds
      ? [`国密签名（SM2）相符，公钥 ${sm2.publicKey} / the SM2 signature holds`]
      : ['国密签名（SM2）不符：文件或签名被改动 / the SM2 signature does not hold']),
];

const isSound = ({ signatures, sm2 }: BySignature): boolean =>
  signatures.every(({ state }) => state === 'intact') && sm2?.holds !== false;

/** Whether these bytes are what this office published, and what became of it. */
const byRecord = async ({ office, configuration }: Host, sha256: string) => {
  const holder = (await holdersOf(office, sha256)).find(({ as }) => as === 'release');
  const loaded = holder && (await load(office, holder.publication));
  const standing = loaded ? visible(loaded.item, everyone, office.clock.now()) : 'hidden';
  if (!loaded || standing === 'hidden') return undefined;
  const { item } = loaded;
  return {
    json: {
      standing,
      state: item.state,
      id: item.id,
      ...(standing === 'visible' ? { title: item.metadata.title } : {}),
      indexNumber: item.numbers?.indexNumber,
      publishedAt: item.publishedAt,
      until: item.until,
    },
    lines: [
      standing === 'visible'
        ? `是本单位发布的文件：${item.metadata.title} / published: ${item.numbers?.indexNumber}`
        : `曾经发布，现已停止公开（${item.state}） / was published, is no longer public (${item.state})`,
      `${configuration.publicUrl ?? ''}/verify/${item.numbers?.code}`,
    ],
  };
};

export const verify: Command = {
  name: 'verify',
  usage: 'verify FILE.pdf [--authorities CERTIFICATES.pem] [--sm2 SIGNATURE.json] [--alone]',
  zh: '核对一个文件：电子签名是否有效、是不是本单位发布的、现在状态如何；不需要网络',
  en: 'tells whether its signature holds, whether it is what was published here, and what became of it; needs no network',
  options: {
    authorities: { type: 'string' },
    sm2: { type: 'string' },
    /** Anybody's machine: only what the file says of itself. */
    alone: { type: 'boolean' },
  },
  run: async (given) => {
    const [path, more] = given.words;
    if (path === undefined || more !== undefined) throw new WrongUse('FILE');
    const bytes = fileAt(path);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const said = bySignature(given, bytes);
    const sound = isSound(said);
    if (given.flag('alone') || !isBegun(dataFolder(given.value('data')))) {
      const signed = said.signatures.length > 0 || said.sm2 !== undefined;
      given.say({ ok: sound && signed, sha256, ...said }, [sha256, ...lines(said)]);
      return sound && signed ? 0 : 1;
    }
    return withHost(given, async (host) => {
      const found = await byRecord(host, sha256);
      given.say(
        { ok: found !== undefined && sound, sha256, published: found !== undefined, ...said, ...found?.json },
        [
          sha256,
          ...(found?.lines ?? ['没有发布过这个文件。 / This file was never published here.']),
          ...lines(said),
        ],
      );
      return found !== undefined && sound ? 0 : 1;
    });
  },
};
